/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-evaluate.h"

#include <math.h>

#include "nn-forward.h"

#define CHUNK 256

/* Adds up what all figures are made of. */
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
  for (guint b = 0; b < NN_ECE_BINS; b++)
    e->ece += fabs ((double) tally->correct[b] - tally->confidence[b]) / (double) MAX (e->count, 1);
  return e;
}

NnEvaluation *
nn_evaluate (const NnNetwork *network, const NnDataset *dataset, GError **error)
{
  guint k = nn_architecture_n_classes (&network->arch);
  NnLoss loss = network->arch.loss;
  g_autofree float *x = NULL;
  guint8 labels[CHUNK];
  guint32 indices[CHUNK];
  NnScratch scratch;
  Tally tally;

  if (dataset->n_features != nn_architecture_n_inputs (&network->arch))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   "the network reads %u features and the data has %u",
                   nn_architecture_n_inputs (&network->arch), dataset->n_features);
      return NULL;
    }
  for (gsize i = 0; i < dataset->n; i++)
    if (dataset->labels[i] >= k)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                     "the network knows %u classes and the data has a label %u", k,
                     dataset->labels[i]);
        return NULL;
      }

  tally_init (&tally, k);
  nn_scratch_init (&scratch, &network->arch, CHUNK);
  x = g_new (float, (gsize) CHUNK * dataset->n_features);
  for (gsize first = 0; first < dataset->n; first += CHUNK)
    {
      gsize n = MIN (CHUNK, dataset->n - first);
      float *logits;

      for (gsize i = 0; i < n; i++)
        indices[i] = (guint32) (first + i);
      nn_dataset_gather (dataset, indices, n, x, labels);
      logits = nn_forward (network, &scratch, x, n);
      tally.loss += nn_loss_forward_backward (loss, logits, labels, NULL, 0, NULL, n, k, NULL);
      nn_loss_outputs (loss, logits, logits, n, k);
      nn_loss_probabilities (loss, logits, logits, n, k);
      for (gsize i = 0; i < n; i++)
        tally_add (&tally, logits + i * k, labels[i]);
    }
  nn_scratch_clear (&scratch);
  return tally_finish (&tally);
}

NnEvaluation *
nn_evaluate_probabilities (const float *probabilities,
                           const guint8 *labels,
                           gsize n,
                           guint n_classes)
{
  Tally tally;

  tally_init (&tally, n_classes);
  for (gsize i = 0; i < n; i++)
    {
      const float *row = probabilities + i * n_classes;

      tally_add (&tally, row, labels[i]);
      tally.loss -= log (MAX ((double) row[labels[i]], 1e-30));
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
