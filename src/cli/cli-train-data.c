/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-data.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-load.h"
#include "numeral-data.h"
#include "numeral-generate.h"
#include "numeral-run-config.h"

/* "generated:N" is no file. */
#define GENERATED "generated"

static void
part_free (CliPart *part)
{
  g_free (part->path);
  g_clear_pointer (&part->train, nn_dataset_unref);
  g_clear_pointer (&part->validation, nn_dataset_unref);
  g_free (part);
}

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

/* @writers: (nullable) */
static gboolean
split_part (CliPart *part,
            NnDataset *dataset,
            double share,
            const GArray *writers,
            guint64 seed,
            GError **error)
{
  if (dataset->n == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("%s holds no sample that could be used"),
                   part->path);
      return FALSE;
    }
  if (writers == NULL || dataset->groups == NULL)
    {
      nn_dataset_split (dataset, share, seed, &part->train, &part->validation);
      return TRUE;
    }
  part->by_writer = TRUE;
  part->validation = cli_split_writers (dataset, part->path, writers, &part->train, error);
  if (part->validation == NULL)
    return FALSE;
  if (part->train == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("%s: all its writers are for validation, so there is nothing to train on"),
                   part->path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_generated (const char *spec)
{
  return g_str_has_prefix (spec, GENERATED ":") && !g_file_test (spec, G_FILE_TEST_EXISTS);
}

static NnDataset *
generate (const char *spec, guint64 seed, GError **error)
{
  guint64 n;

  if (g_ascii_string_to_unsigned (spec + strlen (GENERATED ":"), 10, NUMERAL_GENERATED_MIN,
                                  NUMERAL_GENERATED_MAX, &n, NULL))
    return numeral_generate_digits (n, seed, 0, NULL, NULL, NULL, error);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s: from %d to %d digits can be generated"), spec, NUMERAL_GENERATED_MIN,
               NUMERAL_GENERATED_MAX);
  return NULL;
}

static CliPart *
load_part (const char *spec, double share, const GArray *writers, guint64 seed, GError **error)
{
  CliPart *part = g_new0 (CliPart, 1);
  g_autoptr (NnDataset) dataset = NULL;

  if (is_generated (spec))
    {
      part->path = g_strdup (GENERATED);
      part->repeat = 1;
      dataset = generate (spec, seed, error);
    }
  else if (parse_spec (spec, &part->path, &part->repeat, error))
    dataset = numeral_data_load (part->path, NUMERAL_SPLIT_TRAIN, &part->n_rejected, NULL, error);
  if (dataset == NULL || !split_part (part, dataset, share, writers, seed, error))
    {
      part_free (part);
      return NULL;
    }
  return part;
}

/* The training samples, each part as often as asked, or the validation samples, each once. */
static gboolean
join (const GPtrArray *parts, gboolean validation, NnDataset **joined, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < parts->len; i++)
    {
      CliPart *part = g_ptr_array_index (parts, i);

      if (!validation)
        for (guint r = 0; r < part->repeat; r++)
          g_ptr_array_add (list, part->train);
      else if (part->validation != NULL)
        g_ptr_array_add (list, part->validation);
    }
  if (list->len == 0)
    return TRUE;
  if (list->len == 1)
    *joined = nn_dataset_ref (g_ptr_array_index (list, 0));
  else
    *joined = nn_dataset_concat ((NnDataset *const *) list->pdata, list->len, error);
  return *joined != NULL;
}

CliTrainData *
cli_train_data_load (
    const char *const *specs, double share, const GArray *writers, guint64 seed, GError **error)
{
  g_autoptr (CliTrainData) data = g_new0 (CliTrainData, 1);
  gboolean any_writers = FALSE;

  data->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  for (guint i = 0; specs[i] != NULL; i++)
    {
      /* Beside real handwriting, generated digits say little about how well it is read. */
      gboolean measures = g_strv_length ((char **) specs) == 1 || !is_generated (specs[i]);
      CliPart *part = load_part (specs[i], measures ? share : 0, writers, seed, error);

      if (part == NULL)
        return NULL;
      g_ptr_array_add (data->parts, part);
      any_writers = any_writers || part->by_writer;
    }
  if (writers != NULL && !any_writers)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("none of the data sets says who wrote what, so no writers can be held out; "
                      "only UNIPEN files with writers do"));
      return NULL;
    }
  if (!join (data->parts, FALSE, &data->train, error) ||
      !join (data->parts, TRUE, &data->validation, error))
    return NULL;
  return g_steal_pointer (&data);
}

CliTrainData *
cli_train_data_new_for_part (CliPart *part)
{
  CliTrainData *data = g_new0 (CliTrainData, 1);

  data->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  g_ptr_array_add (data->parts, part);
  data->train = nn_dataset_ref (part->train);
  if (part->validation != NULL)
    data->validation = nn_dataset_ref (part->validation);
  return data;
}

void
cli_train_data_free (CliTrainData *data)
{
  g_clear_pointer (&data->parts, g_ptr_array_unref);
  g_clear_pointer (&data->train, nn_dataset_unref);
  g_clear_pointer (&data->validation, nn_dataset_unref);
  g_free (data);
}
