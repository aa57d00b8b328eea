/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/* The member of the card that says how a model was made smaller. */
#define NUMERAL_CARD_COMPRESSED "compressed"

/* Most samples on which activations are calibrated; more change nothing but the time. */
#define NUMERAL_COMPRESS_MAX_SAMPLES 10000

/**
 * NumeralCompressRequest:
 * @model: the model to make smaller
 * @samples: of what it reads; never a test split
 * @cancellable: (nullable)
 * @progress: (nullable): called repeatedly in the calling thread with the share that is done
 */
typedef struct
{
  const NumeralModel *model;
  const NnDataset *samples;
  GCancellable *cancellable;
  void (*progress) (double share, gpointer user_data);
  gpointer user_data;
} NumeralCompressRequest;

/**
 * numeral_compress_int8:
 *
 * The same model in whole numbers of 8 bits (nn_quantize()), a quarter of the size of float32. What
 * tells digits from non-digits stays as it is. The card loses the figures of the training, which
 * were those of the model before. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_CONFIG if the model is in 8 bits already, the
 *   errors of nn_quantize(), G_IO_ERROR_CANCELLED
 */
NumeralModel *numeral_compress_int8 (const NumeralCompressRequest *request, GError **error);

/**
 * NumeralCompressFigures:
 * @n: number of samples
 * @accuracy: of them
 * @seconds: the median time to read one of them, alone and on one core
 */
typedef struct
{
  gsize n;
  double accuracy, seconds;
} NumeralCompressFigures;

/* Measures a model. NN_ERROR_SHAPE, NN_ERROR_VALUE. Blocks. */
gboolean numeral_compress_measure (const NumeralModel *model,
                                   const NnDataset *samples,
                                   NumeralCompressFigures *figures,
                                   GError **error);

G_END_DECLS
