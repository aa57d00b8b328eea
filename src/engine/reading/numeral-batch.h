/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * numeral_batch_read:
 * @tensors: [n, n_inputs]
 * @answers: (out): [n] the class with the largest logit; -1 if one is not a finite number
 *
 * Reads many samples with one network, on the calling thread. The samples are one matrix
 * product, because that is faster than preparing a predictor for single samples.
 */
void numeral_batch_read (const NnNetwork *network, const float *tensors, guint n, int *answers);

/**
 * NumeralBatch:
 * @logits: [n, n_classes] of the model's network
 * @novelty: (nullable): [n] log odds that the sample is not a digit; %NULL if the model has no
 *   novelty detector
 *
 * The output of a model for every sample of a data set.
 */
typedef struct
{
  gsize n;
  guint n_classes;
  float *logits;
  double *novelty;
} NumeralBatch;

/**
 * NumeralBatchWatch:
 * @progress: (nullable): called repeatedly with the share that is done, 0 to 1
 * @part: (nullable): as in #NnBulk, with the logits of some samples
 * @data: passed to both
 *
 * What is told of a batch while it is read, on the thread that called numeral_batch_new().
 */
typedef struct
{
  void (*progress) (double share, gpointer data);
  void (*part) (gsize first, gsize n, const float *logits, gpointer data);
  gpointer data;
} NumeralBatchWatch;

/**
 * numeral_batch_new:
 * @watch: (nullable)
 *
 * Reads a whole data set on all processors. The result does not depend on the number of
 * processors, bit for bit. Blocks; the model and the data set must not change meanwhile.
 *
 * Returns: (transfer full) (nullable): %NULL on errors: NN_ERROR_SHAPE, G_IO_ERROR_CANCELLED
 */
NumeralBatch *numeral_batch_new (const NumeralModel *model,
                                 const NnDataset *dataset,
                                 const NumeralBatchWatch *watch,
                                 GCancellable *cancellable,
                                 GError **error);
void numeral_batch_free (NumeralBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralBatch, numeral_batch_free)

G_END_DECLS
