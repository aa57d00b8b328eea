/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-explain-neighbours.h"

#include <glib/gi18n.h>

#include "cli-dataset.h"
#include "cli-json.h"
#include "cli-output.h"
#include "numeral-model-data.h"
#include "numeral-neighbours.h"

/* @seconds: time to look through the samples */
static void
print_json (const NumeralNeighbours *neighbours, const NnNeighbour *found, guint n, double seconds)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "count");
  cli_json_uint (&json, neighbours->dataset->n);
  cli_json_key (&json, "layer");
  cli_json_uint (&json, neighbours->layer);
  cli_json_key (&json, "seconds");
  cli_json_double (&json, seconds);
  cli_json_key (&json, "neighbours");
  cli_json_begin_array (&json);
  for (guint i = 0; i < n; i++)
    {
      cli_json_begin_object (&json);
      cli_json_key (&json, "index");
      cli_json_uint (&json, found[i].index);
      cli_json_key (&json, "label");
      cli_json_uint (&json, neighbours->dataset->labels[found[i].index]);
      cli_json_key (&json, "similarity");
      cli_json_float (&json, found[i].similarity);
      cli_json_end_object (&json);
    }
  cli_json_end_array (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const NumeralNeighbours *neighbours, const NnNeighbour *found, guint n)
{
  cli_print (_ ("   sample  label  similarity\n"));
  for (guint i = 0; i < n; i++)
    cli_print ("%9" G_GSIZE_FORMAT "  %5u  %10.4f\n", found[i].index,
               neighbours->dataset->labels[found[i].index], (double) found[i].similarity);
}

gboolean
cli_explain_neighbours (
    const NumeralModel *model, const float *tensor, const char *path, gboolean json, GError **error)
{
  const NumeralDataRequest request = { .split = NUMERAL_SPLIT_TRAIN };
  g_autoptr (NnDataset) dataset = cli_dataset_load (path, &request, error);
  g_autoptr (NumeralNeighbours) neighbours = NULL;
  NnNeighbour found[NUMERAL_NEIGHBOURS_WANTED];
  gint64 start;
  guint n;

  if (dataset == NULL)
    return FALSE;
  if (numeral_model_adapt_data (model, dataset, error))
    neighbours = numeral_neighbours_new (model->network, dataset, NULL, NULL, NULL, error);
  if (neighbours == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  start = g_get_monotonic_time ();
  n = numeral_neighbours_find (neighbours, tensor, found, NUMERAL_NEIGHBOURS_WANTED);
  if (json)
    print_json (neighbours, found, n, 1e-6 * (double) (g_get_monotonic_time () - start));
  else
    print_text (neighbours, found, n);
  return TRUE;
}
