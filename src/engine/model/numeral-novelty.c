/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-novelty.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ink-tensor.h"
#include "nn-bulk.h"
#include "numeral-fail.h"

NumeralNovelty *
numeral_novelty_new (NnNetwork *network, double threshold, GError **error)
{
  NumeralNovelty *novelty;

  if (nn_architecture_n_inputs (&network->arch) != INK_TENSOR_SIZE)
    {
      g_autofree char *shape = nn_architecture_to_string (&network->arch);

      numeral_fail (error, NN_ERROR_SHAPE,
                    _ ("a network of the form %s cannot tell what is no digit: it needs %u inputs"),
                    shape, INK_TENSOR_SIZE);
      return NULL;
    }
  if (network->arch.loss != NN_LOSS_CROSS_ENTROPY || !(threshold > 0 && threshold < 1))
    {
      numeral_fail (error, NN_ERROR_CONFIG,
                    _ ("what tells what is no digit needs a softmax and a threshold between 0 "
                       "and 1"));
      return NULL;
    }
  novelty = g_new0 (NumeralNovelty, 1);
  novelty->network = nn_network_ref (network);
  novelty->threshold = threshold;
  novelty->ref_count = 1;
  return novelty;
}

NumeralNovelty *
numeral_novelty_ref (NumeralNovelty *novelty)
{
  g_atomic_int_inc (&novelty->ref_count);
  return novelty;
}

void
numeral_novelty_unref (NumeralNovelty *novelty)
{
  if (!g_atomic_int_dec_and_test (&novelty->ref_count))
    return;
  nn_network_unref (novelty->network);
  g_free (novelty);
}

double
numeral_novelty_log_odds (const float *logits, guint n)
{
  double largest = (double) logits[1], sum = 0;

  for (guint i = 2; i < n; i++)
    largest = MAX (largest, (double) logits[i]);
  for (guint i = 1; i < n; i++)
    sum += exp ((double) logits[i] - largest);
  return largest + log (sum) - (double) logits[0];
}

double
numeral_novelty_from_log_odds (double log_odds)
{
  return 1 / (1 + exp (-log_odds));
}

double *
numeral_novelty_measure (const NumeralNovelty *novelty, const NnDataset *dataset, GError **error)
{
  return numeral_novelty_measure_in_bulk (novelty, dataset, NULL, error);
}

double *
numeral_novelty_measure_in_bulk (const NumeralNovelty *novelty,
                                 const NnDataset *dataset,
                                 const NnBulk *bulk,
                                 GError **error)
{
  const guint k = nn_architecture_n_classes (&novelty->network->arch);
  g_autofree float *logits = nn_bulk_logits (novelty->network, dataset, bulk, error);
  double *scores;

  if (logits == NULL)
    return NULL;
  scores = g_new (double, MAX (dataset->n, 1));
  for (gsize i = 0; i < dataset->n; i++)
    scores[i] = numeral_novelty_log_odds (logits + i * k, k);
  return scores;
}

NumeralNovelty *
numeral_novelty_shift (const NumeralNovelty *novelty, double log_odds)
{
  g_autoptr (NnNetwork) network = nn_network_copy (novelty->network);

  network->weights[network->n_weights - 1].bias[0] += (float) log_odds;
  return numeral_novelty_new (network, NUMERAL_NOVELTY_THRESHOLD, NULL);
}
