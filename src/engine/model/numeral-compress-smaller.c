/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-prune.h"
#include "nn-train-config.h"
#include "numeral-compress-common.h"
#include "numeral-compress-learn.h"
#include "numeral-compress.h"
#include "numeral-fail.h"

/* Weights and units go in so many rounds, with training after each. */
#define N_ROUNDS 3

#define TUNING_RATE 0.0003
#define DISTIL_RATE 0.001

/* Settings and figures that are not those of a network that learned from others. */
static const char *const of_training[] = { "averaged",  "best_epoch", "epochs",
                                           "seed",      "settings",   "stopped",
                                           "smoothing", "data",       "temperature" };

typedef struct
{
  const NumeralCompressRequest *request;
  GPtrArray *teachers; /* (element-type NnNetwork) */
  guint round, n_rounds;
} Tuning;

static void
tuning_init (Tuning *tuning, const NumeralCompressRequest *request, guint n_rounds)
{
  *tuning = (Tuning){ .request = request, .teachers = g_ptr_array_new (), .n_rounds = n_rounds };
  for (guint t = 0; t < request->n_teachers; t++)
    g_ptr_array_add (tuning->teachers, request->teachers[t]->network);
  if (request->n_teachers == 0)
    g_ptr_array_add (tuning->teachers, request->model->network);
}

static void
tuning_clear (Tuning *tuning)
{
  g_ptr_array_unref (tuning->teachers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tuning, tuning_clear)

static void
report (double share, gpointer data)
{
  const Tuning *tuning = data;

  if (tuning->request->progress != NULL)
    tuning->request->progress ((tuning->round + share) / tuning->n_rounds,
                               tuning->request->user_data);
}

/* (transfer full): @start after the epochs of one round. @keep: (nullable) */
static NnNetwork *
tune (Tuning *tuning, NnNetwork *start, const guint8 *keep, GError **error)
{
  const NumeralCompressRequest *request = tuning->request;
  const NumeralCompressLesson lesson = {
    .arch = &start->arch,
    .start = start,
    .keep = keep,
    .teachers = (NnNetwork *const *) tuning->teachers->pdata,
    .n_teachers = tuning->teachers->len,
    .samples = request->samples,
    .learning_rate = TUNING_RATE,
    .epochs = (request->epochs + tuning->n_rounds - 1 - tuning->round) / tuning->n_rounds,
    .seed = request->seed + tuning->round,
    .cancellable = request->cancellable,
    .progress = report,
    .data = tuning,
  };

  return lesson.epochs > 0 ? numeral_compress_learn (&lesson, error) : nn_network_ref (start);
}

/* The share that is left out after round @round: most in the first rounds. */
static double
share_after (double share, guint round)
{
  const double left = 1 - (double) round / N_ROUNDS;

  return share * (1 - left * left * left);
}

static gboolean
check (const NumeralCompressRequest *request, double share, GError **error)
{
  if (request->model->network->quantized != NULL)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("the model is in 8 bits already"));
  if (!(share >= 0 && share < 1))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("the share is at least 0 and below 1"));
  return TRUE;
}

NumeralModel *
numeral_compress_weights (const NumeralCompressRequest *request, double share, GError **error)
{
  g_autoptr (NnNetwork) network = NULL;
  g_autofree char *how = g_strdup_printf ("%.0f %% of the weights pruned", 100 * share);
  g_auto (Tuning) tuning = { 0 };

  tuning_init (&tuning, request, N_ROUNDS);
  if (!check (request, share, error))
    return NULL;
  network = nn_network_copy (request->model->network);
  for (; tuning.round < N_ROUNDS; tuning.round++)
    {
      g_autofree guint8 *keep = nn_prune_weights (network, share_after (share, tuning.round + 1));
      NnNetwork *tuned = tune (&tuning, network, keep, error);

      nn_network_unref (network);
      network = tuned;
      if (network == NULL)
        return NULL;
    }
  return numeral_compress_make_model (request->model, network, how);
}

NumeralModel *
numeral_compress_units (const NumeralCompressRequest *request, double share, GError **error)
{
  g_autoptr (NnNetwork) network = nn_network_ref (request->model->network);
  g_autofree char *how = g_strdup_printf ("%.0f %% of the units left out", 100 * share);
  g_auto (Tuning) tuning = { 0 };

  tuning_init (&tuning, request, N_ROUNDS);
  if (!check (request, share, error))
    return NULL;
  for (; tuning.round < N_ROUNDS; tuning.round++)
    {
      g_autoptr (NnNetwork) smaller =
          nn_prune_units (network, request->model->network, request->samples,
                          share_after (share, tuning.round + 1), error);

      nn_network_unref (network);
      network = smaller != NULL ? tune (&tuning, smaller, NULL, error) : NULL;
      if (network == NULL)
        return NULL;
    }
  return numeral_compress_make_model (request->model, network, how);
}

/* (transfer full): the card of a model that learned from others. */
static GHashTable *
make_distilled_card (const NumeralModel *model)
{
  GHashTable *card = numeral_model_copy_card (model);

  for (guint i = 0; i < G_N_ELEMENTS (of_training); i++)
    g_hash_table_remove (card, of_training[i]);
  return card;
}

/* Whether the network can read what the model reads, and can be trained. */
static gboolean
check_student (const NumeralCompressRequest *request, const NnArchitecture *arch, GError **error)
{
  const NnArchitecture *model = &request->model->network->arch;
  const NnDataset *samples = request->samples;
  const NnShape *input = &arch->input;
  const NnShape image = nn_shape_is_flat (&model->input) ?
                            (NnShape){ 1, samples->height, samples->width } :
                            model->input;
  g_autofree char *text = nn_architecture_to_string (arch);

  if (nn_architecture_n_inputs (arch) != nn_architecture_n_inputs (model) ||
      nn_architecture_n_classes (arch) != nn_architecture_n_classes (model))
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the network %1$s reads %2$u values and gives %3$u classes, but the "
                            "model reads %4$u values and gives %5$u classes"),
                         text, nn_architecture_n_inputs (arch), nn_architecture_n_classes (arch),
                         nn_architecture_n_inputs (model), nn_architecture_n_classes (model));
  /* Samples of a table have no shape. */
  if (!nn_shape_is_flat (input) && nn_shape_size (&image) > 0 &&
      (input->channels != image.channels || input->height != image.height ||
       input->width != image.width))
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the network %1$s reads other images than the model, whose images are "
                            "%2$u x %3$u x %4$u (channels x height x width)"),
                         text, image.channels, image.height, image.width);
  if (strlen (text) >= NN_NETWORK_TEXT_SIZE)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("the text of the network is longer than %d bytes"),
                         NN_NETWORK_TEXT_SIZE - 1);
  return TRUE;
}

gboolean
numeral_compress_get_mlp (guint n_inputs,
                          const guint *widths,
                          guint n_widths,
                          guint n_classes,
                          NnArchitecture *arch,
                          GError **error)
{
  NnMlp mlp = { .n_layers = n_widths + 1,
                .activation = NN_ACTIVATION_RELU,
                .loss = NN_LOSS_CROSS_ENTROPY };

  if (n_widths > NN_MAX_HIDDEN)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("at most %d hidden layers are possible"),
                         NN_MAX_HIDDEN);
  mlp.widths[0] = n_inputs;
  for (guint l = 0; l < n_widths; l++)
    mlp.widths[l + 1] = widths[l];
  mlp.widths[n_widths + 1] = n_classes;
  return nn_architecture_from_mlp (&mlp, arch, error) && nn_architecture_validate (arch, error);
}

NumeralModel *
numeral_compress_distil (const NumeralCompressRequest *request,
                         const NnArchitecture *arch,
                         GError **error)
{
  g_auto (Tuning) tuning = { 0 };
  NumeralCompressLesson lesson = { .arch = arch,
                                   .samples = request->samples,
                                   .learning_rate = DISTIL_RATE,
                                   .epochs = MAX (request->epochs, 1),
                                   .seed = request->seed,
                                   .cancellable = request->cancellable,
                                   .progress = report,
                                   .data = &tuning };
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NumeralModel) plain = NULL;
  g_autoptr (GHashTable) card = NULL;
  g_autofree char *how = NULL;

  tuning_init (&tuning, request, 1);
  if (!check_student (request, arch, error))
    return NULL;
  lesson.teachers = (NnNetwork *const *) tuning.teachers->pdata;
  lesson.n_teachers = tuning.teachers->len;
  network = numeral_compress_learn (&lesson, error);
  if (network == NULL)
    return NULL;
  card = make_distilled_card (request->model);
  plain = numeral_model_new (network, request->model->novelty, card);
  how = g_strdup_printf ("distilled from %u models in %u epochs", lesson.n_teachers, lesson.epochs);
  return numeral_compress_make_model (plain, network, how);
}
