/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-data.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-data-report.h"
#include "cli-dataset.h"
#include "ink-generator.h"
#include "numeral-left-out.h"
#include "numeral-source.h"

/* Prefix of "generated:N", which is not the name of a file. */
#define GENERATED "generated"

static gboolean
parse_spec (const char *spec, char **path, guint *repeat, GError **error)
{
  const char *colon = strrchr (spec, ':');
  guint64 number;

  *repeat = 1;
  if (colon == NULL || colon == spec || strspn (colon + 1, "0123456789") != strlen (colon + 1) ||
      g_file_test (spec, G_FILE_TEST_EXISTS))
    {
      *path = g_strdup (spec);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (colon + 1, 10, 1, CLI_MAX_REPEAT, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("%s: a data set can be repeated 1 to %d times"), spec, CLI_MAX_REPEAT);
      return FALSE;
    }
  *path = g_strndup (spec, (gsize) (colon - spec));
  *repeat = (guint) number;
  return TRUE;
}

static gboolean
is_generated (const char *spec)
{
  return g_str_has_prefix (spec, GENERATED ":") && !g_file_test (spec, G_FILE_TEST_EXISTS);
}

/* Whether a trained generator makes the samples, as far as @spec can be read. */
static gboolean
is_gan (const char *spec)
{
  g_autoptr (NumeralSource) source = NULL;

  return cli_dataset_parse_gan (spec, 0, &source, NULL) && source != NULL;
}

/* (transfer full) (nullable): the source that @spec names. */
static NumeralSource *
parse_source (const char *spec, guint64 seed, guint *repeat, GError **error)
{
  NumeralSourceOptions options = { .generator = INK_GENERATOR_VERSION, .seed = seed };
  g_autofree char *path = NULL;
  NumeralSource *gan;
  guint64 n;

  *repeat = 1;
  if (!cli_dataset_parse_gan (spec, seed, &gan, error))
    return NULL;
  if (gan != NULL)
    return gan;
  if (!is_generated (spec))
    {
      if (!parse_spec (spec, &path, repeat, error))
        return NULL;
      options.path = path;
      return numeral_source_new (cli_dataset_is_handwriting (path) ? NUMERAL_SOURCE_HANDWRITING :
                                                                     NUMERAL_SOURCE_PATH,
                                 &options);
    }
  if (g_ascii_string_to_unsigned (spec + strlen (GENERATED ":"), 10, NUMERAL_GENERATED_MIN,
                                  NUMERAL_GENERATED_MAX, &n, NULL))
    {
      options.generated = (guint) n;
      return numeral_source_new (NUMERAL_SOURCE_GENERATED, &options);
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s: from %d to %d digits can be generated"), spec, NUMERAL_GENERATED_MIN,
               NUMERAL_GENERATED_MAX);
  return NULL;
}

/* How the parts are loaded. @lazy: whether generated digits may be written while the run trains on
 * them; @left_out: (nullable). */
typedef struct
{
  const NumeralModel *model;
  gboolean lazy;
  const char *left_out;
} Loading;

static NumeralRunPart *
load_part (const char *spec, const NumeralRunSplit *split, const Loading *loading, GError **error)
{
  const NumeralModel *model = loading->model;
  NumeralRunFeed feed = { model, 0, NUMERAL_TURN_UNKNOWN };
  NumeralRunPart *part = numeral_run_part_new (NULL);
  const NumeralSourceRequest request = { .split = NUMERAL_SPLIT_TRAIN,
                                         .lazy = loading->lazy,
                                         .n_rejected = &part->n_rejected,
                                         .report = part->report };
  g_autoptr (NumeralSource) source = parse_source (spec, split->seed, &part->repeat, error);
  NnDataset *dataset = NULL;

  if (source != NULL)
    {
      part->name = numeral_source_dup_label (source);
      dataset = numeral_run_feed_load (&feed, source, &request, error);
      if (dataset == NULL && model != NULL && g_error_matches (*error, NN_ERROR, NN_ERROR_SHAPE))
        g_prefix_error (error, "%s: ", part->name);
    }
  if (dataset != NULL)
    dataset = numeral_run_part_leave_out (part, loading->left_out, dataset, error);
  if (dataset == NULL || !numeral_run_part_split (part, dataset, split, error))
    g_clear_pointer (&part, numeral_run_part_free);
  else
    cli_data_report_print (part->report, part->name);
  return part;
}

NumeralRunData *
cli_train_data_load (const char *const *specs,
                     const NumeralRunSplit *split,
                     const NumeralModel *model,
                     GError **error)
{
  return cli_train_data_load_without (specs, split, model, NULL, error);
}

NumeralRunData *
cli_train_data_load_without (const char *const *specs,
                             const NumeralRunSplit *split,
                             const NumeralModel *model,
                             const char *left_out,
                             GError **error)
{
  /* Samples that are left out are known by their pixels. */
  const Loading loading = { model, specs[1] == NULL && left_out == NULL, left_out };
  g_autoptr (GPtrArray) parts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_run_part_free);
  gboolean any_writers = FALSE, any_left_out = FALSE;

  for (guint i = 0; specs[i] != NULL; i++)
    {
      NumeralRunSplit part_split = *split;
      NumeralRunPart *part;

      /* Generated digits are not used for validation together with handwriting, because they say
       * little about its accuracy. */
      if (specs[1] != NULL && (is_generated (specs[i]) || is_gan (specs[i])))
        part_split.share = 0;
      part = load_part (specs[i], &part_split, &loading, error);
      if (part == NULL)
        return NULL;
      g_ptr_array_add (parts, part);
      any_writers = any_writers || part->by_writer;
      any_left_out = any_left_out || part->n_left_out > 0;
    }
  if (left_out != NULL && !any_left_out)
    {
      numeral_left_out_fail (error);
      return NULL;
    }
  if (split->writers != NULL && !any_writers)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("none of the data sets says who wrote what, so no writers can be held out; "
                      "only UNIPEN files with writers do"));
      return NULL;
    }
  return numeral_run_data_new (parts, error);
}
