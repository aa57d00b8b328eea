/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-evaluate.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nn-loss.h"

/* Samples whose losses are summed together. */
#define CHUNK 256

/* The sums from which all figures are computed. */
typedef struct
{
  NnEvaluation *evaluation;
  double loss;
  double confidence[NN_ECE_BINS]; /* sums over the samples of a bin */
  gsize correct[NN_ECE_BINS];
  gsize count[NN_ECE_BINS];
} Tally;

static void
tally_init (Tally *tally, guint n_classes)
{
  NnEvaluation *evaluation = g_new0 (NnEvaluation, 1);

  evaluation->n_classes = n_classes;
  evaluation->precision = g_new0 (double, n_classes);
  evaluation->recall = g_new0 (double, n_classes);
  evaluation->f1 = g_new0 (double, n_classes);
  evaluation->support = g_new0 (gsize, n_classes);
  evaluation->confusion = g_new0 (gsize, (gsize) n_classes * n_classes);
  *tally = (Tally){ .evaluation = evaluation };
}

static void
tally_add (Tally *tally, const float *probabilities, guint8 label)
{
  NnEvaluation *evaluation = tally->evaluation;
  guint k = evaluation->n_classes, answer = 0, bin;

  for (guint j = 1; j < k; j++)
    if (probabilities[j] > probabilities[answer])
      answer = j;

  evaluation->count++;
  evaluation->support[label]++;
  evaluation->confusion[(gsize) label * k + answer]++;

  /* Bins are (b/15, (b+1)/15]. */
  bin = (guint) CLAMP (ceil ((double) probabilities[answer] * NN_ECE_BINS) - 1, 0, NN_ECE_BINS - 1);
  tally->count[bin]++;
  tally->correct[bin] += answer == label;
  tally->confidence[bin] += (double) probabilities[answer];
}

static double
ratio (double a, double b)
{
  return b > 0 ? a / b : 0;
}

static NnEvaluation *
tally_finish (Tally *tally)
{
  NnEvaluation *e = tally->evaluation;
  guint k = e->n_classes;
  gsize correct = 0;

  for (guint c = 0; c < k; c++)
    {
      gsize hits = e->confusion[(gsize) c * k + c], answered = 0;

      for (guint r = 0; r < k; r++)
        answered += e->confusion[(gsize) r * k + c];
      correct += hits;
      e->precision[c] = ratio ((double) hits, (double) answered);
      e->recall[c] = ratio ((double) hits, (double) e->support[c]);
      e->f1[c] = ratio (2 * e->precision[c] * e->recall[c], e->precision[c] + e->recall[c]);
    }
  e->accuracy = ratio ((double) correct, (double) e->count);
  e->loss = ratio (tally->loss, (double) e->count);
  e->interval = nn_interval_wilson (correct, e->count, NN_INTERVAL_95);
  for (guint b = 0; b < NN_ECE_BINS; b++)
    {
      const double count = (double) tally->count[b];

      e->reliability[b] = (NnReliability){
        .count = tally->count[b],
        .confidence = ratio (tally->confidence[b], count),
        .accuracy = ratio ((double) tally->correct[b], count),
        .interval = nn_interval_wilson (tally->correct[b], tally->count[b], NN_INTERVAL_95),
      };
    }
  for (guint b = 0; b < NN_ECE_BINS; b++)
    e->ece += fabs ((double) tally->correct[b] - tally->confidence[b]) / (double) MAX (e->count, 1);
  return e;
}

static gboolean
check_labels (const NnDataset *dataset, guint n_classes, GError **error)
{
  for (gsize i = 0; i < dataset->n; i++)
    if (dataset->labels[i] >= n_classes)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                     _ ("the network knows %u classes and the data has a label %u"), n_classes,
                     dataset->labels[i]);
        return FALSE;
      }
  return TRUE;
}

NnEvaluation *
nn_evaluate (const NnNetwork *network, const NnDataset *dataset, GError **error)
{
  return nn_evaluate_in_bulk (network, dataset, NULL, error);
}

NnEvaluation *
nn_evaluate_in_bulk (const NnNetwork *network,
                     const NnDataset *dataset,
                     const NnBulk *bulk,
                     GError **error)
{
  g_autofree float *logits = NULL;

  if (!check_labels (dataset, nn_architecture_n_classes (&network->arch), error))
    return NULL;
  logits = nn_bulk_logits (network, dataset, bulk, error);
  return logits != NULL ? nn_evaluate_logits (network, dataset, logits, error) : NULL;
}

/* Weights that are finite may give logits that are not; then there are no answers to count. */
static gboolean
check_logits (const float *logits, gsize n, gsize k, GError **error)
{
  gsize n_lost = 0;

  for (gsize i = 0; i < n; i++)
    {
      gboolean finite = TRUE;

      for (gsize j = 0; j < k; j++)
        finite = finite && isfinite (logits[i * k + j]);
      n_lost += !finite;
    }
  if (n_lost == 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
               _ ("this network cannot read %zu of %zu samples: its weights are so large that the "
                  "results are not finite numbers"),
               n_lost, n);
  return FALSE;
}

NnEvaluation *
nn_evaluate_logits (const NnNetwork *network,
                    const NnDataset *dataset,
                    const float *logits,
                    GError **error)
{
  const gsize k = nn_architecture_n_classes (&network->arch);
  const NnLoss loss = network->arch.loss;
  g_autofree float *p = g_new (float, CHUNK *k);
  Tally tally;

  if (!check_labels (dataset, (guint) k, error) || !check_logits (logits, dataset->n, k, error))
    return NULL;
  tally_init (&tally, (guint) k);
  for (gsize first = 0; first < dataset->n; first += CHUNK)
    {
      const gsize n = MIN (CHUNK, dataset->n - first);
      const guint8 *labels = dataset->labels + first;

      tally.loss += nn_loss_forward_backward (loss, logits + first * k, labels, NULL, 0, NULL, n,
                                              (guint) k, NULL);
      nn_loss_outputs (loss, logits + first * k, p, n, (guint) k);
      nn_loss_probabilities (loss, p, p, n, (guint) k);
      for (gsize i = 0; i < n; i++)
        tally_add (&tally, p + i * k, labels[i]);
    }
  return tally_finish (&tally);
}

void
nn_evaluation_free (NnEvaluation *evaluation)
{
  g_free (evaluation->precision);
  g_free (evaluation->recall);
  g_free (evaluation->f1);
  g_free (evaluation->support);
  g_free (evaluation->confusion);
  g_free (evaluation);
}
