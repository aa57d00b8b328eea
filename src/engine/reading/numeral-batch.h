/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * numeral_batch_read:
 * @tensors: [n, n_inputs]
 * @answers: (out): [n] the class with the largest logit
 *
 * Reads many samples with one network, on the calling thread. As one matrix product: to make a
 * network ready to read one sample at a time takes longer than that.
 */
void numeral_batch_read (const NnNetwork *network, const float *tensors, guint n, int *answers);

/**
 * NumeralBatch:
 * @logits: [n, n_classes] of the model's network
 * @novelty: (nullable): [n] log odds of being no digit; %NULL where the model does not measure it
 *
 * What a model says of all samples of a data set.
 */
typedef struct
{
  gsize n;
  guint n_classes;
  float *logits;
  double *novelty;
} NumeralBatch;

/* Called now and then on the thread that called numeral_batch_new(). */
typedef void (*NumeralBatchProgress) (double share, gpointer data);

/**
 * numeral_batch_new:
 * @progress: (nullable): @data: for it
 *
 * Reads a whole data set on all processors. The same bit for bit whatever their number. Blocks; the
 * model and the data set must not change meanwhile.
 *
 * Returns: (transfer full) (nullable): %NULL on errors: NN_ERROR_SHAPE, G_IO_ERROR_CANCELLED
 */
NumeralBatch *numeral_batch_new (const NumeralModel *model,
                                 const NnDataset *dataset,
                                 NumeralBatchProgress progress,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);
void numeral_batch_free (NumeralBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralBatch, numeral_batch_free)

G_END_DECLS
