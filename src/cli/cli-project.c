/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-data-report.h"
#include "cli-dataset.h"
#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "numeral-decimal.h"
#include "numeral-file.h"
#include "numeral-model-data.h"
#include "numeral-projection.h"

/* The options of the command line. */
typedef struct
{
  char *model, *split, *out;
  int layer, components, count;
  gboolean json;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_free (wanted->model);
  g_free (wanted->split);
  g_free (wanted->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

/* A row for each sample: index, label, c1, c2, ... */
static gboolean
write_csv (const NumeralProjection *projection,
           const NnDataset *dataset,
           const char *path,
           GError **error)
{
  const guint k = projection->pca->n_components;
  g_autoptr (GString) text = g_string_new ("index,label");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < k; i++)
    g_string_append_printf (text, ",c%u", i + 1);
  g_string_append (text, "\r\n");
  for (gsize s = 0; s < projection->n; s++)
    {
      numeral_decimal_append_uint (text, s);
      g_string_append_c (text, ',');
      numeral_decimal_append_uint (text, dataset->labels[s]);
      for (guint i = 0; i < k; i++)
        {
          g_string_append_c (text, ',');
          numeral_decimal_append_float (text, projection->coordinates[s * k + i]);
        }
      g_string_append (text, "\r\n");
    }
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  return numeral_file_write (file, bytes, NULL, error);
}

static void
print_floats (CliJson *json, const char *key, const float *values, gsize n)
{
  cli_json_key (json, key);
  cli_json_begin_array (json);
  for (gsize i = 0; i < n; i++)
    cli_json_float (json, values[i]);
  cli_json_end_array (json);
}

static void
print_json (const NumeralProjection *projection, double seconds)
{
  const NnPca *pca = projection->pca;
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "count");
  cli_json_uint (&json, projection->n);
  cli_json_key (&json, "layer");
  cli_json_uint (&json, projection->layer);
  cli_json_key (&json, "seconds");
  cli_json_double (&json, seconds);
  cli_json_key (&json, "variance");
  cli_json_double (&json, pca->total);
  cli_json_key (&json, "explained_variance");
  cli_json_begin_array (&json);
  for (guint i = 0; i < pca->n_components; i++)
    cli_json_double (&json, pca->variance[i]);
  cli_json_end_array (&json);
  cli_json_key (&json, "explained_variance_ratio");
  cli_json_begin_array (&json);
  for (guint i = 0; i < pca->n_components; i++)
    cli_json_double (&json, nn_pca_ratio (pca, i));
  cli_json_end_array (&json);
  print_floats (&json, "mean", pca->mean, pca->n_features);
  cli_json_key (&json, "components");
  cli_json_begin_array (&json);
  for (guint i = 0; i < pca->n_components; i++)
    {
      cli_json_begin_array (&json);
      for (guint j = 0; j < pca->n_features; j++)
        cli_json_float (&json, pca->components[(gsize) i * pca->n_features + j]);
      cli_json_end_array (&json);
    }
  cli_json_end_array (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const NumeralProjection *projection)
{
  double sum = 0;

  cli_print (_ ("samples   %zu\n"), projection->n);
  cli_print (_ ("\ncomponent  explained variance  sum\n"));
  for (guint i = 0; i < projection->pca->n_components; i++)
    {
      const double share = nn_pca_ratio (projection->pca, i);

      sum += share;
      cli_print ("%9u %18.2f %% %6.2f %%\n", i + 1, 100 * share, 100 * sum);
    }
}

static NnDataset *
load (const Wanted *wanted, const char *path, NumeralSplit split, GError **error)
{
  NumeralDataReport *report = numeral_data_report_new ();
  const NumeralDataRequest request = { .split = split, .report = report };
  g_autoptr (NnDataset) dataset = cli_dataset_load (path, &request, error);
  g_autofree guint32 *indices = NULL;

  if (dataset != NULL)
    cli_data_report_print (report, path);
  numeral_data_report_free (report);
  if (dataset == NULL || wanted->count == 0 || (gsize) wanted->count >= dataset->n)
    return g_steal_pointer (&dataset);
  indices = g_new (guint32, wanted->count);
  for (guint i = 0; i < (guint) wanted->count; i++)
    indices[i] = i;
  return nn_dataset_subset (dataset, indices, (gsize) wanted->count);
}

static gboolean
project (const Wanted *wanted, const char *path, NumeralSplit split, GError **error)
{
  const NumeralProjectionConfig config = { .layer = (guint) wanted->layer,
                                           .n_components = (guint) wanted->components };
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NumeralProjection) projection = NULL;
  gint64 start;
  double seconds;

  if (wanted->layer > 0 && (model = cli_load_model (wanted->model, error)) == NULL)
    return FALSE;
  dataset = load (wanted, path, split, error);
  if (dataset == NULL)
    return FALSE;
  start = g_get_monotonic_time ();
  if (model == NULL || numeral_model_adapt_data (model, dataset, error))
    projection = numeral_projection_new (model != NULL ? model->network : NULL, dataset, &config,
                                         NULL, error);
  if (projection == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  seconds = 1e-6 * (double) (g_get_monotonic_time () - start);
  if (wanted->out != NULL && !write_csv (projection, dataset, wanted->out, error))
    return FALSE;
  if (wanted->json)
    print_json (projection, seconds);
  else
    print_text (projection);
  return TRUE;
}

/* @paths: (nullable): the data sets, of which there must be one */
static int
run (const Wanted *wanted, char **paths)
{
  g_autoptr (GError) error = NULL;
  NumeralSplit split;

  if (paths == NULL || g_strv_length (paths) != 1)
    return cli_usage_error ("project", _ ("exactly one data set is expected"));
  if (!cli_dataset_parse_split (wanted->split, &split, &error))
    return cli_usage_error ("project", "%s", error->message);
  if (wanted->components < 1 || wanted->layer < 0 || wanted->count < 0)
    return cli_usage_error ("project", _ ("--components is at least 1, --layer and --count at "
                                          "least 0"));
  if (wanted->model != NULL && wanted->layer == 0)
    return cli_usage_error ("project", _ ("--model goes with --layer"));
  if (project (wanted, paths[0], split, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}

int
cli_project (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_auto (Wanted) wanted = { .components = NUMERAL_PROJECTION_COMPONENTS };
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &wanted.model,
      N_ ("Project a layer of this model instead of the one that ships"), N_ ("FILE") },
    { "layer", 0, 0, G_OPTION_ARG_INT, &wanted.layer,
      N_ ("Project the output of layer N, from 1 and with activations, instead of the pixels"),
      N_ ("N") },
    { "components", 0, 0, G_OPTION_ARG_INT, &wanted.components,
      N_ ("Number of components (default 2)"), N_ ("N") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &wanted.split,
      N_ ("Part of a directory of IDX files or pictures: train or test (default test)"),
      N_ ("SPLIT") },
    { "count", 0, 0, G_OPTION_ARG_INT, &wanted.count, N_ ("Only the first N samples"), N_ ("N") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &wanted.out,
      N_ ("Write the coordinates into this CSV file"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wanted.json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("DATASET") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "project", _ ("Finds the principal components of a data set, or of the output of a layer."),
    NULL,      entries,
    NULL,
  };
  int status;

  return cli_options_parse (&options, argc, argv, &status) ? run (&wanted, paths) : status;
}
