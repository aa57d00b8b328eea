/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"

G_BEGIN_DECLS

#define NN_ECE_BINS 15

/**
 * NnEvaluation:
 * @loss: mean of the network's own loss, without smoothing or decay
 * @accuracy: of the most probable class
 * @ece: expected calibration error, 15 bins of equal width (Guo et al. 2017)
 * @precision: @recall: @f1: [n_classes]; 0 where the denominator is 0
 * @support: [n_classes], samples of the class
 * @confusion: [n_classes, n_classes], rows are labels, columns are answers
 */
typedef struct
{
  gsize count;
  guint n_classes;
  double loss, accuracy, ece;
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
