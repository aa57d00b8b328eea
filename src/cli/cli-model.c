/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"

/* Statistics of a block of weights. */
typedef struct
{
  double min, max, mean, deviation;
} Spread;

static Spread
measure_spread (const float *values, gsize n)
{
  Spread spread = { INFINITY, -INFINITY, 0, 0 };

  for (gsize i = 0; i < n; i++)
    {
      spread.min = MIN (spread.min, (double) values[i]);
      spread.max = MAX (spread.max, (double) values[i]);
      spread.mean += (double) values[i] / (double) n;
    }
  for (gsize i = 0; i < n; i++)
    {
      double d = (double) values[i] - spread.mean;

      spread.deviation += d * d / (double) n;
    }
  spread.deviation = sqrt (spread.deviation);
  return spread;
}

/* (transfer container): the keys of the metadata, sorted. */
static GList *
sorted_keys (const NumeralModel *model)
{
  return g_list_sort (g_hash_table_get_keys (model->metadata), (GCompareFunc) g_strcmp0);
}

static void
json_tensor (CliJson *json, guint layer, const char *part, const float *values, guint out, guint in)
{
  gsize n = (gsize) out * (in > 0 ? in : 1);
  Spread spread = measure_spread (values, n);
  g_autofree char *name = g_strdup_printf ("layers.%u.%s", layer, part);

  cli_json_begin_object (json);
  cli_json_key (json, "name");
  cli_json_string (json, name);
  cli_json_key (json, "shape");
  cli_json_begin_array (json);
  cli_json_uint (json, out);
  if (in > 0)
    cli_json_uint (json, in);
  cli_json_end_array (json);
  cli_json_key (json, "min");
  cli_json_double (json, spread.min);
  cli_json_key (json, "max");
  cli_json_double (json, spread.max);
  cli_json_key (json, "mean");
  cli_json_double (json, spread.mean);
  cli_json_key (json, "deviation");
  cli_json_double (json, spread.deviation);
  cli_json_end_object (json);
}

/* @novelty: (nullable) */
static void
json_novelty (CliJson *json, const NumeralNovelty *novelty)
{
  g_autofree char *architecture = NULL;

  if (novelty == NULL)
    {
      cli_json_null (json);
      return;
    }
  architecture = nn_architecture_to_string (&novelty->network->arch);
  cli_json_begin_object (json);
  cli_json_key (json, "architecture");
  cli_json_string (json, architecture);
  cli_json_key (json, "parameters");
  cli_json_uint (json, novelty->network->n_params);
  cli_json_key (json, "threshold");
  cli_json_double (json, novelty->threshold);
  cli_json_end_object (json);
}

static void
print_json (const NumeralModel *model, const char *source)
{
  const NnNetwork *network = model->network;
  g_autofree char *architecture = nn_architecture_to_string (&network->arch);
  g_autoptr (GList) keys = sorted_keys (model);
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "source");
  cli_json_string (&json, source);
  cli_json_key (&json, "architecture");
  cli_json_string (&json, architecture);
  cli_json_key (&json, "inputs");
  cli_json_uint (&json, nn_architecture_n_inputs (&network->arch));
  cli_json_key (&json, "classes");
  cli_json_uint (&json, nn_architecture_n_classes (&network->arch));
  cli_json_key (&json, "activation");
  cli_json_string (&json, nn_activation_name (nn_architecture_get_activation (&network->arch)));
  cli_json_key (&json, "loss");
  cli_json_string (&json, nn_loss_name (network->arch.loss));
  cli_json_key (&json, "parameters");
  cli_json_uint (&json, network->n_params);
  cli_json_key (&json, "precision");
  cli_json_string (&json, network->quantized != NULL ? "int8" : "float32");
  cli_json_key (&json, "tensors");
  cli_json_begin_array (&json);
  for (guint l = 0; l < network->n_weights; l++)
    {
      const NnWeights *layer = &network->weights[l];

      json_tensor (&json, l, "weight", layer->weight, layer->n_out, layer->n_in);
      json_tensor (&json, l, "bias", layer->bias, layer->n_out, 0);
    }
  cli_json_end_array (&json);
  cli_json_key (&json, "novelty");
  json_novelty (&json, model->novelty);
  cli_json_key (&json, "metadata");
  cli_json_begin_object (&json);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      cli_json_key (&json, l->data);
      cli_json_string (&json, g_hash_table_lookup (model->metadata, l->data));
    }
  cli_json_end_object (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_tensor (guint layer, const char *part, const char *shape, const float *values, gsize n)
{
  Spread spread = measure_spread (values, n);
  g_autofree char *name = g_strdup_printf ("layers.%u.%s", layer, part);

  cli_print ("  %-16s  %-12s  %9.4f  %9.4f  %9.4f  %9.4f\n", name, shape, spread.min, spread.max,
             spread.mean, spread.deviation);
}

static void
print_text (const NumeralModel *model, const char *source)
{
  const NnNetwork *network = model->network;
  g_autofree char *architecture = nn_architecture_to_string (&network->arch);
  g_autoptr (GList) keys = sorted_keys (model);

  cli_print ("%s\n", source);
  cli_print (_ ("architecture  %s\n"), architecture);
  cli_print (_ ("activation    %s\n"),
             nn_activation_name (nn_architecture_get_activation (&network->arch)));
  cli_print (_ ("loss          %s\n"), nn_loss_name (network->arch.loss));
  cli_print (_ ("parameters    %zu\n"), network->n_params);
  if (network->quantized != NULL)
    cli_print (_ ("precision     8 bits (int8)\n"));
  if (model->novelty != NULL)
    {
      g_autofree char *shape = nn_architecture_to_string (&model->novelty->network->arch);

      cli_print (_ ("novelty       %s, refuses above %g\n"), shape, model->novelty->threshold);
    }
  cli_print (_ ("\ntensors           %-14s  %9s  %9s  %9s  %9s\n"), _ ("  shape"), _ ("minimum"),
             _ ("maximum"), _ ("mean"), _ ("deviation"));
  for (guint l = 0; l < network->n_weights; l++)
    {
      const NnWeights *layer = &network->weights[l];
      g_autofree char *weight = g_strdup_printf ("%u x %u", layer->n_out, layer->n_in);
      g_autofree char *bias = g_strdup_printf ("%u", layer->n_out);

      print_tensor (l, "weight", weight, layer->weight, (gsize) layer->n_out * layer->n_in);
      print_tensor (l, "bias", bias, layer->bias, layer->n_out);
    }
  if (keys != NULL)
    cli_print (_ ("\nmetadata\n"));
  for (GList *l = keys; l != NULL; l = l->next)
    {
      /* Escape text from an untrusted file: it must not control the terminal. */
      g_autofree char *key = g_strescape (l->data, NULL);
      g_autofree char *value =
          g_strdelimit (g_strdup (g_hash_table_lookup (model->metadata, l->data)), "\r\n\t", ' ');

      for (char *c = value; *c != '\0'; c++)
        if (g_ascii_iscntrl (*c))
          *c = '?';
      cli_print ("  %-20s  %s\n", key, value);
    }
}

int
cli_model (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("[FILE]") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    .verb = "model",
    .summary =
        _ ("Shows the contents of a model file, or of the model that ships if none is named."),
    .entries = entries,
  };
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GError) error = NULL;
  const char *path, *source;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (paths != NULL && g_strv_length (paths) > 1)
    return cli_usage_error (options.verb, _ ("one model file is expected"));

  path = paths != NULL ? paths[0] : NULL;
  source = path != NULL ? path : _ ("the model that ships");
  model = cli_load_model (path, &error);
  if (model == NULL)
    {
      cli_error ("%s", error->message);
      return CLI_FAILED;
    }
  if (json)
    print_json (model, source);
  else
    print_text (model, source);
  return CLI_OK;
}
