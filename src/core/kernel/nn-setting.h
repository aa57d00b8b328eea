/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-names.h"

G_BEGIN_DECLS

/* The description of one member of a plain struct: its name, type, range, default and
 * explanation.
 *
 * Tables of these rows stand beside the structs that they describe: nn_augment_settings and
 * nn_train_settings. Validation, JSON, command line options, the rows of the window and the saved
 * state of a trainer all follow from the tables. */

typedef enum
{
  NN_SETTING_REAL,   /* double */
  NN_SETTING_COUNT,  /* guint */
  NN_SETTING_SEED,   /* guint64 of any value */
  NN_SETTING_CHOICE, /* an enumeration from 0 on, with @names */
  NN_SETTING_WIDTHS, /* guint n, followed by guint[max_items] */
  NN_SETTING_TEXT,   /* written and read as text by @text */
} NnSettingType;

typedef enum
{
  NN_UNIT_NONE,
  NN_UNIT_SHARE, /* 0 to 1; shown to people in percent */
  NN_UNIT_DEGREES,
  NN_UNIT_PIXELS,
  NN_UNIT_EPOCHS,
} NnUnit;

/* The group of settings in which people look for this one. */
typedef enum
{
  NN_SETTING_DATA,
  NN_SETTING_NETWORK,
  NN_SETTING_OPTIMIZER,
  NN_SETTING_LENGTH,
  NN_SETTING_AUGMENT,
  NN_SETTING_PRIVACY,
  NN_SETTING_N_GROUPS,
} NnSettingGroup;

typedef enum
{
  NN_SETTING_ABOVE_LOW = 1 << 0,  /* @low itself is out of the range */
  NN_SETTING_BELOW_HIGH = 1 << 1, /* @high itself is out of the range */
  NN_SETTING_NO_RESULT = 1 << 2,  /* does not change the result of a run */
} NnSettingFlags;

/* The place of a setting in the header of a trainer's saved state. The places are part of the file
 * format: they must not change. */
typedef enum
{
  NN_STATE_NONE,
  NN_STATE_SEED,
  NN_STATE_WHOLE, /* the first of NN_STATE_N_WHOLE */
  NN_STATE_REAL = NN_STATE_WHOLE + 5,
  NN_STATE_END = NN_STATE_REAL + 12,
} NnStatePlace;

#define NN_STATE_N_WHOLE (NN_STATE_REAL - NN_STATE_WHOLE)
#define NN_STATE_N_REAL (NN_STATE_END - NN_STATE_REAL)

typedef struct _NnSetting NnSetting;

/* How to write and read a member of type NN_SETTING_TEXT. @to_text: (transfer full) (nullable). */
typedef struct
{
  char *(*to_text) (gconstpointer member);
  gboolean (*from_text) (const char *text, gpointer member, GError **error);
} NnSettingText;

/**
 * NnSetting:
 * @name: the name in JSON and of the command line option
 * @offset: in its struct
 * @low: @high: range of a number or of each width; NaN is always out of range
 * @initial: default of numbers and choices, and the only width by default
 * @step: step of a spin button, in the unit that people see
 * @title: @hint: (nullable): a noun phrase, and a sentence without a period; marked for translation
 * @value: (nullable): name of the option's value in --help; marked for translation
 * @names: the values of a choice
 * @titles: of a choice: [names->n] the names for people, marked for translation
 * @max_items: maximum number of widths
 * @text: the functions of NN_SETTING_TEXT
 * @initial_text: its default
 * @allowed: (nullable): the texts that are allowed, for --help
 * @parts: (nullable): for NN_SETTING_TEXT: the settings of the struct that the text describes
 * @matters: (nullable): whether the setting has an effect, given the others in its struct
 */
struct _NnSetting
{
  const char *name;
  NnSettingType type;
  gsize offset;
  NnSettingGroup group;
  guint flags; /* NnSettingFlags */
  NnUnit unit;
  double low, high, initial, step;
  const char *title, *hint, *value;
  const NnNames *names;
  const char *const *titles;
  guint max_items;
  const NnSettingText *text;
  const char *initial_text, *allowed;
  const NnSetting *parts;
  guint n_parts;
  guint state; /* NnStatePlace + i */
  gboolean (*matters) (gconstpointer object);
};

/* In all functions @object is the struct that contains the member of @setting. */

/* A number or choice as a double; seeds above 2^53 are rounded. */
double nn_setting_get_number (const NnSetting *setting, gconstpointer object);
void nn_setting_set_number (const NnSetting *setting, gpointer object, double value);

/* (transfer full) (nullable): the value as on the command line; reading the text back gives the
 * same value. %NULL if a text is not set. */
char *nn_setting_get_text (const NnSetting *setting, gconstpointer object);
/* Does not check the range. On NN_ERROR_CONFIG @object is not changed. */
gboolean
nn_setting_set_text (const NnSetting *setting, gpointer object, const char *text, GError **error);

void nn_setting_reset (const NnSetting *setting, gpointer object);
gboolean nn_setting_equal (const NnSetting *setting, gconstpointer a, gconstpointer b);
/* Whether the value is in the range; if not, NN_ERROR_CONFIG with the text of
 * nn_setting_format_range(). */
gboolean nn_setting_check (const NnSetting *setting, gconstpointer object, GError **error);
gboolean nn_setting_matters (const NnSetting *setting, gconstpointer object);

/* All of these are translated; (transfer full). */

/* "Learning Rate must be above 0 and at most 1000" */
char *nn_setting_format_range (const NnSetting *setting);
/* "Dropout (%)" */
char *nn_setting_format_label (const NnSetting *setting);
/* "Activation function of the hidden layers: relu, tanh (default relu)" */
char *nn_setting_format_help (const NnSetting *setting);
/* The default as nn_setting_get_text() writes it. */
char *nn_setting_format_initial (const NnSetting *setting);
/* (transfer none) (nullable): the title of a choice; %NULL after the last one */
const char *nn_setting_choice_title (const NnSetting *setting, guint value);

/* The same for all rows of a table. */
void nn_settings_reset (const NnSetting *settings, guint n, gpointer object);
gboolean nn_settings_equal (const NnSetting *settings, guint n, gconstpointer a, gconstpointer b);
/* (transfer none) (nullable): the first setting that is out of its range, which may be a part of
 * another setting, and its error; %NULL if all are valid. */
const NnSetting *
nn_settings_find_problem (const NnSetting *settings, guint n, gconstpointer object, GError **error);
/* (transfer none) (nullable) */
const NnSetting *nn_settings_find (const NnSetting *settings, guint n, const char *name);

G_END_DECLS
