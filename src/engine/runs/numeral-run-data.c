/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-data.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-generate.h"

typedef struct
{
  NumeralDataProgress func;
  gpointer user_data;
} Progress;

static void
on_progress (gsize done, gsize total, gpointer user_data)
{
  Progress *progress = user_data;

  if (progress->func != NULL && total > 0)
    progress->func ((double) done / (double) total, progress->user_data);
}

static NnDataset *
load (const NumeralRunConfig *config,
      gsize *n_rejected,
      GCancellable *cancellable,
      Progress *progress,
      GError **error)
{
  g_autofree char *mnist = NULL;

  switch (config->source)
    {
    case NUMERAL_SOURCE_MNIST:
      mnist = numeral_data_find_mnist ();
      if (mnist != NULL)
        return numeral_data_load (mnist, NUMERAL_SPLIT_TRAIN, n_rejected, cancellable, error);
      numeral_fail (error, NN_ERROR_CONFIG,
                    _ ("MNIST is not on this computer; download it, or choose other data"));
      return NULL;
    case NUMERAL_SOURCE_PATH:
      return numeral_data_load_full (config->path, NUMERAL_SPLIT_TRAIN, n_rejected, cancellable,
                                     progress->func, progress->user_data, error);
    case NUMERAL_SOURCE_GENERATED:
    default:
      return numeral_generate_digits (config->generated, config->train.seed, config->train.threads,
                                      cancellable, on_progress, progress, error);
    }
}

void
numeral_run_part_free (NumeralRunPart *part)
{
  g_free (part->name);
  g_clear_pointer (&part->train, nn_dataset_unref);
  g_clear_pointer (&part->validation, nn_dataset_unref);
  g_free (part);
}

gboolean
numeral_run_part_split (NumeralRunPart *part,
                        NnDataset *dataset,
                        const NumeralRunSplit *split,
                        GError **error)
{
  return numeral_run_split (dataset, part->name, split, &part->by_writer, &part->train,
                            &part->validation, error);
}

/* Joins the training samples, each part as often as it is repeated, or the validation samples,
 * each once. */
static gboolean
join (const GPtrArray *parts, gboolean validation, NnDataset **joined, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < parts->len; i++)
    {
      NumeralRunPart *part = g_ptr_array_index (parts, i);

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

NumeralRunData *
numeral_run_data_new (GPtrArray *parts, GError **error)
{
  g_autoptr (NumeralRunData) data = g_new0 (NumeralRunData, 1);

  data->parts = g_ptr_array_ref (parts);
  if (!join (parts, FALSE, &data->train, error) || !join (parts, TRUE, &data->validation, error))
    return NULL;
  return g_steal_pointer (&data);
}

static char *
name_source (const NumeralRunConfig *config)
{
  switch (config->source)
    {
    case NUMERAL_SOURCE_MNIST:
      return g_strdup ("MNIST");
    case NUMERAL_SOURCE_PATH:
      return g_strdup (config->path);
    case NUMERAL_SOURCE_GENERATED:
    default:
      return g_strdup ("generated digits");
    }
}

NumeralRunData *
numeral_run_data_load (const NumeralRunConfig *config,
                       GCancellable *cancellable,
                       NumeralDataProgress func,
                       gpointer user_data,
                       GError **error)
{
  const NumeralRunSplit split = { .share = config->train.validation, .seed = config->train.seed };
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  Progress progress = { func, user_data };
  NumeralRunPart *part;
  NnDataset *dataset;

  if (!numeral_run_config_validate (config, error))
    return NULL;
  part = g_new0 (NumeralRunPart, 1);
  part->name = name_source (config);
  part->repeat = 1;
  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_run_part_free);
  g_ptr_array_add (parts, part);
  dataset = load (config, &part->n_rejected, cancellable, &progress, error);
  if (dataset == NULL || !numeral_run_part_split (part, dataset, &split, error))
    return NULL;
  data = numeral_run_data_new (parts, error);
  if (data != NULL && config->train.patience > 0 && data->validation == NULL)
    {
      numeral_fail (error, NN_ERROR_CONFIG,
                    _ ("early stopping needs samples for validation, and there are too few to keep "
                       "some"));
      return NULL;
    }
  return g_steal_pointer (&data);
}

void
numeral_run_data_free (NumeralRunData *data)
{
  g_clear_pointer (&data->parts, g_ptr_array_unref);
  g_clear_pointer (&data->train, nn_dataset_unref);
  g_clear_pointer (&data->validation, nn_dataset_unref);
  g_free (data);
}
