/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-adapt-finish.h"

#include <math.h>

#include "nn-calibrate.h"
#include "nn-roc.h"
#include "numeral-digits.h"
#include "numeral-generate.h"

/* The detector lets at most this share of non-digits more pass than before. */
#define NOVELTY_BOUND 0.02
#define N_NONDIGITS 2100

/* Figures of the training, which are not those of the adapted model. */
static const char *const figures[] = { "best_epoch", "training_accuracy", "training_loss",
                                       "validation_loss", "validation_accuracy" };

/* The temperature that makes the adapted network as sharp as the one before was. Both are compared
 * on the same samples, so that it does not matter whether the network was trained on them. */
static double
find_temperature (const NumeralAdaptData *data,
                  const NnNetwork *network,
                  const float *before,
                  const float *after)
{
  const guint8 *labels = data->tests->labels;
  const guint k = nn_architecture_n_classes (&network->arch);

  if (network->arch.loss != NN_LOSS_CROSS_ENTROPY)
    return 1;
  return nn_calibrate_temperature (after, labels, data->n_tests, k) /
         nn_calibrate_temperature (before, labels, data->n_tests, k);
}

/* The log odds above which the detector rejects. */
static double
log_odds_of (const NumeralNovelty *novelty)
{
  return log (novelty->threshold) - log1p (-novelty->threshold);
}

/* (transfer full): the detector, shifted so far that it accepts one's own samples, but no further
 * than NOVELTY_BOUND allows; unchanged if it accepts them already. */
static NumeralNovelty *
accept_own (NumeralNovelty *novelty,
            const NumeralAdaptRequest *request,
            const NumeralAdaptData *data,
            GError **error)
{
  const NnBulk bulk = { .n_workers = request->n_threads };
  const double limit = log_odds_of (novelty);
  g_autofree double *own = numeral_novelty_measure_in_bulk (novelty, data->own, &bulk, error);
  g_autofree double *others = NULL;
  g_autoptr (NnDataset) nondigits = NULL;
  double wanted = limit, share;

  if (own == NULL)
    return NULL;
  for (gsize i = 0; i < data->n_own; i++)
    wanted = MAX (wanted, own[i]);
  if (!(wanted > limit))
    return numeral_novelty_ref (novelty);
  nondigits = numeral_generate_nondigits (N_NONDIGITS, FALSE, request->seed, request->n_threads,
                                          request->cancellable, error);
  others =
      nondigits != NULL ? numeral_novelty_measure_in_bulk (novelty, nondigits, &bulk, error) : NULL;
  if (others == NULL)
    return NULL;
  share = nn_roc_share_above (others, nondigits->n, limit) - NOVELTY_BOUND;
  if (share > 0)
    wanted = MIN (wanted, nn_roc_threshold (others, nondigits->n, share));
  return wanted > limit ? numeral_novelty_shift (novelty, wanted) : numeral_novelty_ref (novelty);
}

static void
set (GHashTable *card, const char *key, char *value)
{
  g_hash_table_insert (card, g_strdup (key), value);
}

static GHashTable *
make_card (const NumeralAdaptRequest *request, const NumeralAdaptData *data, double temperature)
{
  GHashTable *card = numeral_model_copy_card (request->model);
  const char *name =
      request->name != NULL ? request->name : numeral_model_get_metadata (request->model, "name");
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    g_hash_table_remove (card, figures[i]);
  set (card, NUMERAL_CARD_ADAPTED_FROM, g_strdup (name != NULL ? name : "unnamed"));
  set (card, NUMERAL_CARD_ADAPTED_SAMPLES, g_strdup_printf ("%zu", data->n_own));
  set (card, NUMERAL_CARD_ADAPTED_SEED, g_strdup_printf ("%" G_GUINT64_FORMAT, request->seed));
  if (temperature * request->model->temperature != 1)
    set (card, "temperature",
         g_strdup (g_ascii_formatd (text, sizeof text, "%.6g",
                                    temperature * request->model->temperature)));
  return card;
}

NumeralModel *
numeral_adapt_finish (const NumeralAdaptRequest *request,
                      const NumeralAdaptData *data,
                      NnNetwork *network,
                      const float *before,
                      const float *after,
                      GError **error)
{
  const double temperature = find_temperature (data, network, before, after);
  g_autoptr (NnNetwork) calibrated = nn_calibrate_network (network, temperature);
  g_autoptr (GHashTable) card = make_card (request, data, temperature);
  g_autoptr (NumeralNovelty) novelty = NULL;

  if (request->model->novelty != NULL)
    {
      novelty = accept_own (request->model->novelty, request, data, error);
      if (novelty == NULL)
        return NULL;
    }
  return numeral_model_new (calibrated, novelty, card);
}
