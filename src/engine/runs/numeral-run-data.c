/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-data.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-left-out.h"
#include "numeral-model-data.h"

NumeralRunPart *
numeral_run_part_new (char *name)
{
  NumeralRunPart *part = g_new0 (NumeralRunPart, 1);

  part->name = name;
  part->repeat = 1;
  part->report = numeral_data_report_new ();
  return part;
}

void
numeral_run_part_free (NumeralRunPart *part)
{
  g_free (part->name);
  g_clear_pointer (&part->report, numeral_data_report_free);
  g_clear_pointer (&part->train, nn_dataset_unref);
  g_clear_pointer (&part->validation, nn_dataset_unref);
  g_free (part);
}

NnDataset *
numeral_run_part_leave_out (NumeralRunPart *part,
                            const char *left_out,
                            NnDataset *dataset,
                            GError **error)
{
  guint n;
  NnDataset *rest = numeral_left_out_apply (left_out, dataset, &n, error);

  part->n_left_out = n;
  if (n > 0)
    numeral_data_report_take_note (part->report,
                                   g_strdup_printf (ngettext ("%u sample is left out",
                                                              "%u samples are left out", n),
                                                    n));
  return rest;
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

NnDataset *
numeral_run_feed_load (NumeralRunFeed *feed,
                       NumeralSource *source,
                       const NumeralSourceRequest *request,
                       GError **error)
{
  g_autoptr (NnDataset) dataset = numeral_upright_load (source, request, &feed->turn, error);

  if (dataset == NULL)
    return NULL;
  if (feed->model != NULL && !numeral_model_adapt_data (feed->model, dataset, error))
    return NULL;
  nn_dataset_set_scale (dataset, feed->scale);
  feed->scale = dataset->scale;
  return g_steal_pointer (&dataset);
}

NumeralRunData *
numeral_run_data_load (const NumeralRunConfig *config,
                       const NumeralSourceRequest *request,
                       GError **error)
{
  return numeral_run_data_load_fed (config, request, NULL, error);
}

NumeralRunData *
numeral_run_data_load_fed (const NumeralRunConfig *config,
                           const NumeralSourceRequest *request,
                           NumeralRunFeed *feed,
                           GError **error)
{
  NumeralRunFeed own = { NULL, 0, NUMERAL_TURN_UNKNOWN };
  const NumeralRunSplit split = { .share = config->train.validation, .seed = config->train.seed };
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (NumeralSource) source = NULL;
  NumeralSourceRequest whole = *request;
  NumeralRunPart *part;
  NnDataset *dataset;

  if (!numeral_run_config_validate (config, error))
    return NULL;
  source = numeral_run_config_create_source (config);
  part = numeral_run_part_new (numeral_source_dup_label (source));
  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_run_part_free);
  g_ptr_array_add (parts, part);
  whole.split = NUMERAL_SPLIT_TRAIN;
  whole.n_rejected = &part->n_rejected;
  whole.report = part->report;
  /* The samples are known by their pixels. */
  whole.lazy = request->lazy && config->left_out == NULL;
  dataset = numeral_run_feed_load (feed != NULL ? feed : &own, source, &whole, error);
  if (dataset != NULL)
    dataset = numeral_run_part_leave_out (part, config->left_out, dataset, error);
  if (dataset != NULL && config->left_out != NULL && part->n_left_out == 0)
    {
      nn_dataset_unref (dataset);
      numeral_left_out_fail (error);
      return NULL;
    }
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
