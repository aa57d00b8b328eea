/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/* Fewest of one's own samples, and most that are used. */
#define NUMERAL_ADAPT_MIN_SAMPLES 5
#define NUMERAL_ADAPT_MAX_SAMPLES 2000

/* An adapted model is not kept if the accuracy on everybody's digits falls by more than 0.1 points,
 * or, for models that make many errors, by more than a twentieth of them. */
#define NUMERAL_ADAPT_BOUND 0.001
#define NUMERAL_ADAPT_BOUND_OF_ERRORS 0.05

/* Nor is it kept if it reads fewer of one's own samples than this: then their labels are wrong, and
 * a lower loss only means that the model is less sure of everything. */
#define NUMERAL_ADAPT_MIN_ACCURACY 0.5

/* Keys in the card of an adapted model: the name of the model before, the number of one's own
 * samples, and the seed. */
#define NUMERAL_CARD_ADAPTED_FROM "adapted_from"
#define NUMERAL_CARD_ADAPTED_SAMPLES "adapted_samples"
#define NUMERAL_CARD_ADAPTED_SEED "adapted_seed"

/**
 * NumeralAdaptRequest:
 * @model: the model that reads now
 * @name: (nullable): what the card calls @model; %NULL for its own name
 * @samples: one's own samples with their labels: images of 28x28 pixels. Those with an origin of
 *   ink (numeral_origin_new_for_ink()) are bent as strokes, the others as pictures
 * @others: (nullable): digits of everybody, such as MNIST's training split; never a test split
 * @seed: the same seed gives the same model
 * @n_threads: 0 for the number of processors; does not change the result
 * @cancellable: (nullable)
 * @progress: (nullable): called repeatedly in the calling thread with the share that is done
 */
typedef struct
{
  const NumeralModel *model;
  const char *name;
  NnDataset *samples, *others;
  guint64 seed;
  guint n_threads;
  GCancellable *cancellable;
  void (*progress) (double share, gpointer user_data);
  gpointer user_data;
} NumeralAdaptRequest;

/* @n: number of samples; @accuracy: @loss: mean cross-entropy */
typedef struct
{
  gsize n;
  double accuracy, loss;
} NumeralAdaptFigures;

/* Whether an adapted model is better, and if not, why. */
typedef enum
{
  NUMERAL_ADAPT_BETTER,
  NUMERAL_ADAPT_NO_GAIN,    /* one's own digits are not read better, or still badly */
  NUMERAL_ADAPT_FORGETTING, /* everybody's digits are read worse by more than the bound */
} NumeralAdaptVerdict;

/* "better", "no-gain", "forgetting" */
const char *numeral_adapt_verdict_name (NumeralAdaptVerdict verdict);

/**
 * NumeralAdaptation:
 * @model: the adapted model
 * @keep: whether it is better; one that is not must not replace the model before
 * @own: @others: figures before, [0], and after, [1]
 * @amount: how far it went from the weights before, 1 for the whole way
 *
 * The figures of one's own samples after adaptation are out-of-fold: each sample was read by a
 * model that did not learn from it. Those of everybody are of samples that were not rehearsed.
 */
typedef struct
{
  NumeralModel *model;
  gboolean keep;
  NumeralAdaptVerdict verdict;
  NumeralAdaptFigures own[2], others[2];
  double amount;
} NumeralAdaptation;

/**
 * numeral_adapt:
 *
 * Adapts a model to one person's hand with a handful of samples, in seconds. The last layers learn
 * from augmented views of the samples and, so that they do not forget (rehearsal), from digits of
 * everybody: @others and generated ones, whose targets are the answers of the model itself
 * (distillation; Li and Hoiem 2016, "Learning without Forgetting"), so that no data set is needed.
 * How far the weights go is chosen by cross-validation on one's own samples. The calibration keeps
 * its sharpness on everybody's digits, and a model that rejects non-digits accepts the samples.
 *
 * Blocks: call it in a thread. The same seed gives the same model on the same machine, with any
 * number of threads.
 *
 * Returns: (transfer full) (nullable): %NULL with NN_ERROR_VALUE if there are fewer than
 *   NUMERAL_ADAPT_MIN_SAMPLES samples; NN_ERROR_SHAPE if the model or the samples are not for
 *   digits of 28x28 pixels; G_IO_ERROR_CANCELLED
 */
NumeralAdaptation *numeral_adapt (const NumeralAdaptRequest *request, GError **error);
void numeral_adaptation_free (NumeralAdaptation *adaptation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralAdaptation, numeral_adaptation_free)

G_END_DECLS
