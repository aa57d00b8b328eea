/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"
#include "nn-statistics.h"

G_BEGIN_DECLS

#define NN_ECE_BINS 15

/**
 * NnReliability:
 * @count: number of answers with a probability in the bin
 * @confidence: mean of their probabilities; 0 without answers
 * @accuracy: share of them that is right; 0 without answers
 * @interval: 95 % interval of @accuracy
 *
 * One bin of a reliability diagram (Niculescu-Mizil and Caruana 2005).
 */
typedef struct
{
  gsize count;
  double confidence, accuracy;
  NnInterval interval;
} NnReliability;

/**
 * NnEvaluation:
 * @loss: mean of the network's own loss, without smoothing or decay
 * @accuracy: of the most probable class
 * @interval: 95 % interval of @accuracy
 * @ece: expected calibration error, 15 bins of equal width (Guo et al. 2017)
 * @reliability: the bins of @ece, from (0, 1/15] up
 * @precision: @recall: @f1: [n_classes]; 0 where the denominator is 0
 * @support: [n_classes], samples of the class
 * @confusion: [n_classes, n_classes], rows are labels, columns are answers
 */
typedef struct
{
  gsize count;
  guint n_classes;
  double loss, accuracy, ece;
  NnInterval interval;
  NnReliability reliability[NN_ECE_BINS];
  double *precision, *recall, *f1;
  gsize *support;
  gsize *confusion;
} NnEvaluation;

/* Evaluates a whole data set with nn_bulk_logits(). NN_ERROR_SHAPE if the shapes do not match;
 * NN_ERROR_VALUE if any logit is not a finite number. */
NnEvaluation *nn_evaluate (const NnNetwork *network, const NnDataset *dataset, GError **error);
/* The same with options; @bulk: (nullable) */
NnEvaluation *nn_evaluate_in_bulk (const NnNetwork *network,
                                   const NnDataset *dataset,
                                   const NnBulk *bulk,
                                   GError **error);
/* The same from the network's @logits of all samples, [n, n_classes]. */
NnEvaluation *nn_evaluate_logits (const NnNetwork *network,
                                  const NnDataset *dataset,
                                  const float *logits,
                                  GError **error);
void nn_evaluation_free (NnEvaluation *evaluation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnEvaluation, nn_evaluation_free)

G_END_DECLS
