/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli-held-out.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "nn-bulk.h"
#include "nn-calibrate.h"
#include "nn-evaluate.h"
#include "nn-input-filter.h"
#include "nn-roc.h"
#include "numeral-model-file.h"

#define VERB "calibrate"

typedef struct
{
  char **words;
  char *out, *novelty_path;
  double refuse;
  gboolean half, smooth;
  CliHeldOut held_out;
} Options;

static void
options_clear (Options *o)
{
  g_strfreev (o->words);
  g_free (o->out);
  g_free (o->novelty_path);
  cli_held_out_clear (&o->held_out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static double
ece_of (const NnNetwork *network, const NnDataset *dataset)
{
  g_autoptr (NnEvaluation) evaluation = nn_evaluate (network, dataset, NULL);

  return evaluation != NULL ? evaluation->ece : 0;
}

static void
set_number (GHashTable *card, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_hash_table_insert (card, g_strdup (key),
                       g_strdup (g_ascii_formatd (text, sizeof text, "%.6g", value)));
}

/* Replaces the figures of the training, which were measured without the input filter and the
 * temperature. */
static gboolean
set_validation (GHashTable *card, NnNetwork *network, const NumeralRunData *data, GError **error)
{
  g_autoptr (NnEvaluation) evaluation = nn_evaluate (network, data->validation, error);

  if (evaluation == NULL)
    return FALSE;
  set_number (card, "validation_accuracy", evaluation->accuracy);
  set_number (card, "validation_loss", evaluation->loss);
  return TRUE;
}

/* (transfer full): the network with the input filter that gives the lowest validation loss, folded
 * into its first layer. */
static NnNetwork *
smooth (NnNetwork *network, const NumeralRunData *data, double *tap, GError **error)
{
  const NnDataset *validation = data->validation;
  g_autoptr (NnEvaluation) before = nn_evaluate (network, validation, error);
  NnNetwork *smoothed;
  double loss;

  if (before == NULL)
    return NULL;
  *tap = nn_input_filter_choose (network, validation, &loss, error);
  if (*tap < 0)
    return NULL;
  smoothed = nn_input_filter_apply (network, validation->width, validation->height, *tap);
  cli_print (_ ("smoothing    %.2f: validation loss %.5f before, %.5f after\n\n"), *tap,
             before->loss, loss);
  cli_print (_ ("accuracy               before    after\n"));
  for (guint i = 0; i < data->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (data->parts, i);
      g_autoptr (NnEvaluation) old = NULL, new = NULL;

      if (part->validation == NULL)
        continue;
      old = nn_evaluate (network, part->validation, NULL);
      new = nn_evaluate (smoothed, part->validation, NULL);
      cli_print ("%-20s %6.2f %% %6.2f %%\n", part->name, 100 * old->accuracy, 100 * new->accuracy);
    }
  cli_print ("\n");
  return smoothed;
}

/* The network with the temperature folded into its last layer. */
static NnNetwork *
calibrate (NnNetwork *network, const NumeralRunData *data, double *temperature, GError **error)
{
  const guint k = nn_architecture_n_classes (&network->arch);
  g_autofree float *logits = NULL;
  NnNetwork *calibrated;

  if (network->arch.loss != NN_LOSS_CROSS_ENTROPY)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                           _ ("only networks trained with cross-entropy have a temperature"));
      return NULL;
    }
  if (data->validation->n_classes > k)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the network knows %u classes and the data has %u"), k,
                   data->validation->n_classes);
      return NULL;
    }
  logits = nn_bulk_logits (network, data->validation, NULL, error);
  if (logits == NULL)
    return NULL;
  *temperature =
      nn_calibrate_temperature (logits, data->validation->labels, data->validation->n, k);
  calibrated = nn_calibrate_network (network, *temperature);

  cli_print (_ ("temperature  %.4f\n\n"), *temperature);
  cli_print (_ ("calibration error      before    after\n"));
  for (guint i = 0; i < data->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (data->parts, i);

      if (part->validation != NULL)
        cli_print ("%-20s %8.5f %8.5f\n", part->name, ece_of (network, part->validation),
                   ece_of (calibrated, part->validation));
    }
  return calibrated;
}

/* The threshold at which no data set loses more than the share. */
static NumeralNovelty *
adjust_novelty (const NumeralNovelty *novelty,
                const NumeralRunData *data,
                double refuse,
                GError **error)
{
  double threshold = -INFINITY;

  for (guint i = 0; i < data->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (data->parts, i);
      g_autofree double *scores = NULL;

      if (part->validation == NULL)
        continue;
      scores = numeral_novelty_measure (novelty, part->validation, error);
      if (scores == NULL)
        return NULL;
      threshold = MAX (threshold, nn_roc_threshold (scores, part->validation->n, refuse));
    }
  cli_print (_ ("\nrefused of the digits\n"));
  for (guint i = 0; i < data->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (data->parts, i);
      g_autofree double *scores = NULL;

      if (part->validation == NULL)
        continue;
      scores = numeral_novelty_measure (novelty, part->validation, NULL);
      cli_print ("%-20s %8.3f %%\n", part->name,
                 100 * nn_roc_share_above (scores, part->validation->n, threshold));
    }
  return numeral_novelty_shift (novelty, threshold);
}

static NumeralNovelty *
load_novelty (const char *path, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_model (path, error);
  NumeralNovelty *novelty;

  if (model == NULL)
    return NULL;
  novelty = numeral_novelty_new (model->network, NUMERAL_NOVELTY_THRESHOLD, error);
  if (novelty == NULL)
    g_prefix_error (error, "%s: ", path);
  return novelty;
}

/* (transfer full): @model calibrated on the validation samples, with the @novelty adjusted to them,
 * where there is one. */
static NumeralModel *
make_calibrated (const Options *o,
                 const NumeralModel *model,
                 const NumeralNovelty *novelty,
                 const NumeralRunData *data,
                 GError **error)
{
  g_autoptr (GHashTable) card = numeral_model_copy_card (model);
  g_autoptr (NnNetwork) smoothed = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NumeralNovelty) adjusted = NULL;
  double temperature, tap = 0;

  smoothed =
      o->smooth ? smooth (model->network, data, &tap, error) : nn_network_ref (model->network);
  network = smoothed != NULL ? calibrate (smoothed, data, &temperature, error) : NULL;
  if (network == NULL)
    return NULL;
  /* Several smoothings are about the same as one with the sum of their weights. */
  if (tap + model->smoothing > 0)
    set_number (card, "smoothing", tap + model->smoothing);
  if (!set_validation (card, network, data, error))
    return NULL;
  /* Temperatures multiply. */
  set_number (card, "temperature", temperature * model->temperature);
  if (novelty != NULL)
    {
      adjusted = adjust_novelty (novelty, data, o->refuse, error);
      if (adjusted == NULL)
        return NULL;
      set_number (card, "refuses", o->refuse);
    }
  return numeral_model_new (network, adjusted, card);
}

static gboolean
run (gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (NumeralModel) model = cli_load_model (o->words[0], error);
  g_autoptr (NumeralModel) calibrated = NULL;
  g_autoptr (NumeralNovelty) novelty = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (GFile) file = NULL;

  if (model == NULL)
    return FALSE;
  if (o->novelty_path != NULL)
    {
      novelty = load_novelty (o->novelty_path, error);
      if (novelty == NULL)
        return FALSE;
    }
  else if (model->novelty != NULL)
    novelty = numeral_novelty_ref (model->novelty);
  data = cli_held_out_load (&o->held_out, o->words + 1, model, error);
  calibrated = data != NULL ? make_calibrated (o, model, novelty, data, error) : NULL;
  if (calibrated == NULL)
    return FALSE;
  file = g_file_new_for_path (o->out);
  return numeral_model_save (calibrated, file, o->half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT,
                             NULL, error);
}

static int
check (gconstpointer options)
{
  const Options *o = options;

  if (o->out == NULL)
    return cli_usage_error (VERB, _ ("--out is missing"));
  if (o->words == NULL || g_strv_length (o->words) < 2)
    return cli_usage_error (VERB, _ ("a model and at least one data set are expected"));
  if (!(o->refuse >= 0 && o->refuse < 1))
    return cli_usage_error (VERB, _ ("--refuse is at least 0 and below 1"));
  return CLI_OK;
}

int
cli_calibrate (int argc, char **argv)
{
  g_auto (Options) o = { .refuse = 0.005 };
  const CliHeldOutVerb verb = { check, run, &o, &o.held_out };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out,
      N_ ("Write the calibrated model here (required)"), N_ ("FILE") },
    { "novelty", 0, 0, G_OPTION_ARG_FILENAME, &o.novelty_path,
      N_ ("Include this network, which tells digits from non-digits"), N_ ("FILE") },
    { "refuse", 0, 0, G_OPTION_ARG_DOUBLE, &o.refuse,
      N_ ("Share of digits that it may refuse (default 0.005)"), N_ ("SHARE") },
    { "smooth", 0, 0, G_OPTION_ARG_NONE, &o.smooth,
      N_ ("First fit an input filter, to make up for the smoothing by augmentation"), NULL },
    { "half", 0, 0, G_OPTION_ARG_NONE, &o.half, N_ ("Store the weights as float16"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.words, NULL,
      N_ ("MODEL DATASET...") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB,
    _ ("Calibrates the probabilities of a model: fits a temperature on the samples that train\n"
       "held out for validation, given the same data sets, shares and seed, and writes a model\n"
       "whose logits are divided by it."),
    NULL,
    entries,
    NULL,
  };

  return cli_held_out_main (&verb, &options, argc, argv);
}
