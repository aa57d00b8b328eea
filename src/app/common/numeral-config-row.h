/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-config.h"

G_BEGIN_DECLS

typedef enum
{
  NUMERAL_CONFIG_CHOICE, /* an enumeration */
  NUMERAL_CONFIG_COUNT,  /* a guint */
  NUMERAL_CONFIG_SEED,   /* a guint64 */
  NUMERAL_CONFIG_REAL,   /* a double */
  NUMERAL_CONFIG_SHARE,  /* a double, shown in percent */
} NumeralConfigKind;

/**
 * NumeralConfigField:
 * @title: @hint: to be translated; the hint explains, as a tooltip
 * @offset: in NumeralRunConfig
 * @min: @max: @step: of numbers, as they are shown
 * @choice: (nullable): titles of the values of an enumeration, %NULL beyond the last
 * @matters: (nullable): whether it changes anything with the other settings as they are
 *
 * One setting of a run: where it is kept and how it is asked for.
 */
typedef struct
{
  const char *title;
  const char *hint;
  NumeralConfigKind kind;
  gsize offset;
  double min, max, step;
  const char *(*choice) (guint value);
  gboolean (*matters) (const NumeralRunConfig *config);
} NumeralConfigField;

/* Called by a row when a person has set it to something else. */
typedef void (*NumeralConfigChanged) (const NumeralConfigField *field,
                                      double value,
                                      gpointer user_data);

/* (transfer floating): a row of a list that shows and sets @field; the field must stay. Its
 * tooltip is the hint, its widgets have the title as their name. */
GtkWidget *numeral_config_row_new (const NumeralConfigField *field,
                                   NumeralConfigChanged changed,
                                   gpointer user_data);
/* Shows what @config says; hidden where it does not matter. Calls nobody. */
void numeral_config_row_show (GtkWidget *row, const NumeralRunConfig *config);

/* Tells assistive technology whether what is set there can work. */
void numeral_config_set_invalid (gpointer widget, gboolean invalid);
/* Says under the row's title why its setting cannot work, in the colour of errors; @problem:
 * (nullable): it can. */
void numeral_config_row_set_problem (GtkWidget *row, const char *problem);
/* The same for a row that has a subtitle of its own when all is well. */
void numeral_action_row_set_problem (AdwActionRow *row, const char *subtitle, const char *problem);
const NumeralConfigField *numeral_config_row_get_field (GtkWidget *row);

/* Writes @value, as it is shown, where it belongs. Returns whether that is another value. */
gboolean
numeral_config_field_set (const NumeralConfigField *field, NumeralRunConfig *config, double value);
double numeral_config_field_get (const NumeralConfigField *field, const NumeralRunConfig *config);

/* (transfer floating): a spin button of figures as long as they need to be. */
GtkWidget *
numeral_config_spin_new (double min, double max, double step, gboolean whole, const char *name);

G_END_DECLS
