/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-settings.h"

#include <glib/gi18n-lib.h>
#include <pthread.h>

#include "ink-generator.h"
#include "numeral-fail.h"
#include "numeral-left-out.h"
#include "numeral-sample-counts.h"

G_STATIC_ASSERT (sizeof (NumeralSourceKind) == sizeof (guint));

/* Filled from the table of sources. */
static const char *source_list[NUMERAL_N_SOURCES], *source_titles[NUMERAL_N_SOURCES];
static const NnNames source_names = { source_list, NUMERAL_N_SOURCES };

#define URI "file:"

/* A name that is not UTF-8 is a URI in texts, which then are UTF-8, and so is one that looks like
 * a URI. */
static char *
path_to_text (gconstpointer member)
{
  const char *path = *(char *const *) member;
  g_autofree char *full = NULL;

  if (path == NULL || (g_utf8_validate (path, -1, NULL) && !g_str_has_prefix (path, URI)))
    return g_strdup (path);
  full = g_canonicalize_filename (path, NULL);
  return g_filename_to_uri (full, NULL, NULL);
}

static gboolean
path_from_text (const char *text, gpointer member, GError **error)
{
  char **path = member;
  char *name =
      g_str_has_prefix (text, URI) ? g_filename_from_uri (text, NULL, NULL) : g_strdup (text);

  if (name == NULL)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("“%s” is not the name of a file"), text);
  g_free (*path);
  *path = name;
  return TRUE;
}

static const NnSettingText path_text = { path_to_text, path_from_text };

static char *
left_out_to_text (gconstpointer member)
{
  return g_strdup (*(char *const *) member);
}

static gboolean
left_out_from_text (const char *text, gpointer member, GError **error)
{
  char **left_out = member;

  if (!numeral_left_out_check (text, NULL, error))
    return FALSE;
  g_free (*left_out);
  *left_out = g_strdup (text);
  return TRUE;
}

static const NnSettingText left_out_text = { left_out_to_text, left_out_from_text };

static char *
samples_to_text (gconstpointer member)
{
  return g_strdup (*(char *const *) member);
}

static gboolean
samples_from_text (const char *text, gpointer member, GError **error)
{
  char **samples = member;
  guint counts[NN_MAX_CLASSES];

  if (!numeral_sample_counts_parse (text, NN_MAX_CLASSES, counts, error))
    return FALSE;
  g_free (*samples);
  *samples = g_strdup (text);
  return TRUE;
}

static const NnSettingText samples_text = { samples_to_text, samples_from_text };

/* Whether the chosen source reads the setting of this name. */
static gboolean
uses (const NumeralRunConfig *config, const char *setting)
{
  const NumeralSourceClass *kind = numeral_source_get_kind (config->source);

  return kind != NULL && g_strcmp0 (kind->setting, setting) == 0;
}

static gboolean
is_gan (gconstpointer config)
{
  return ((const NumeralRunConfig *) config)->source == NUMERAL_SOURCE_GAN;
}

static gboolean
is_generated (gconstpointer config)
{
  return uses (config, "generated") || is_gan (config);
}

/* The version is that of the built-in generator. */
static gboolean
is_built_in (gconstpointer config)
{
  return uses (config, "generated");
}

static gboolean
is_path (gconstpointer config)
{
  return uses (config, "path");
}

static gboolean
has_left_out (gconstpointer config)
{
  return ((const NumeralRunConfig *) config)->left_out != NULL;
}

#define MEMBER(id, kind)                               \
  .name = #id, .type = kind, .group = NN_SETTING_DATA, \
  .offset = G_STRUCT_OFFSET (NumeralRunConfig, id)

static const NnSetting data_settings[] = {
  { MEMBER (source, NN_SETTING_CHOICE), .names = &source_names, .titles = source_titles,
    .title = N_ ("Source"), .hint = N_ ("Origin of the samples") },
  { MEMBER (path, NN_SETTING_TEXT), .text = &path_text, .title = N_ ("File or Folder"),
    .hint = N_ ("File or folder with the samples"), .matters = is_path },
  { MEMBER (generated, NN_SETTING_COUNT), .low = NUMERAL_GENERATED_MIN,
    .high = NUMERAL_GENERATED_MAX, .initial = 20000, .step = 1000, .title = N_ ("Generated Digits"),
    .hint = N_ ("Number of digits that a generator writes"), .matters = is_generated },
  { MEMBER (generator, NN_SETTING_COUNT), .low = 1, .high = INK_GENERATOR_VERSION,
    .initial = INK_GENERATOR_VERSION, .step = 1, .title = N_ ("Version of the Generator"),
    .hint = N_ ("2 also writes angular ones, sevens and fours, as on forms"),
    .matters = is_built_in },
  { MEMBER (samples, NN_SETTING_TEXT), .text = &samples_text, .title = N_ ("Samples by Class"),
    .hint = N_ ("Number of samples that a trained generator makes, such as 3=600,7=600"),
    .matters = is_gan },
  { MEMBER (left_out, NN_SETTING_TEXT), .text = &left_out_text, .title = N_ ("Left Out"),
    .hint = N_ ("Samples that the run does not learn from"), .matters = has_left_out },
};

#define N_SETTINGS (G_N_ELEMENTS (data_settings) + NN_N_TRAIN_SETTINGS + NN_N_AUGMENT_FIELDS)

static void
add (NumeralRunSetting *to, guint *n_to, const NnSetting *settings, guint n, gsize base)
{
  for (guint i = 0; i < n; i++)
    to[(*n_to)++] = (NumeralRunSetting){ &settings[i], base, settings != nn_augment_settings };
}

static NumeralRunSetting list[N_SETTINGS];

static void
make_list (void)
{
  guint n = 0;

  for (guint i = 0; i < NUMERAL_N_SOURCES; i++)
    {
      source_list[i] = numeral_source_get_kind (i)->name;
      source_titles[i] = numeral_source_get_kind (i)->title;
    }
  add (list, &n, data_settings, G_N_ELEMENTS (data_settings), 0);
  add (list, &n, nn_train_settings, NN_N_TRAIN_SETTINGS, G_STRUCT_OFFSET (NumeralRunConfig, train));
  add (list, &n, nn_augment_settings, NN_N_AUGMENT_FIELDS,
       G_STRUCT_OFFSET (NumeralRunConfig, train.augment));
}

const NumeralRunSetting *
numeral_run_settings (guint *n)
{
  /* Not GOnce, which ThreadSanitizer cannot see into. */
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, make_list);
  *n = N_SETTINGS;
  return list;
}

const NumeralRunSetting *
numeral_run_setting (const char *name)
{
  guint n;
  const NumeralRunSetting *settings = numeral_run_settings (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (settings[i].setting->name, name))
      return &settings[i];
  g_return_val_if_reached (NULL);
}

gpointer
numeral_run_setting_object (const NumeralRunSetting *setting, const NumeralRunConfig *config)
{
  return (guint8 *) config + setting->base;
}
