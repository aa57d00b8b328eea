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
 * @samples: of what it reads, with labels; never a test split
 * @teachers: (nullable): [n_teachers] models whose answers the smaller model learns; %NULL for
 *   @model alone
 * @epochs: of the training, all rounds together; 0 for no training
 * @seed: of the training; the same seed gives the same model
 * @cancellable: (nullable)
 * @progress: (nullable): called repeatedly in the calling thread with the share that is done
 */
typedef struct
{
  const NumeralModel *model;
  NnDataset *samples;
  NumeralModel *const *teachers;
  guint n_teachers;
  guint epochs;
  guint64 seed;
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

/* The numbers of epochs that are enough for most models. */
#define NUMERAL_COMPRESS_TUNING_EPOCHS 6
#define NUMERAL_COMPRESS_DISTIL_EPOCHS 20

/**
 * numeral_compress_weights:
 * @share: in [0, 1)
 *
 * The same model with the share @share of the weights of each layer set to zero: those that are
 * nearest to zero (nn_prune_weights()). In three rounds (Zhu and Gupta 2017, "To Prune, or Not to
 * Prune"), after each of which the others learn the answers of the teachers on augmented samples.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_CONFIG if the loss is not cross-entropy and there
 *   are epochs, NN_ERROR_SHAPE if the samples or the teachers do not suit the model,
 *   NN_ERROR_VALUE, G_IO_ERROR_CANCELLED
 */
NumeralModel *
numeral_compress_weights (const NumeralCompressRequest *request, double share, GError **error);

/* The same with the least important hidden units left out (nn_prune_units()). */
NumeralModel *
numeral_compress_units (const NumeralCompressRequest *request, double share, GError **error);

/* The network that numeral_compress_distil() takes: a multilayer perceptron with ReLU and hidden
 * layers of @widths, [n_widths]. NN_ERROR_CONFIG, NN_ERROR_TOO_LARGE. */
gboolean numeral_compress_get_mlp (guint n_inputs,
                                   const guint *widths,
                                   guint n_widths,
                                   guint n_classes,
                                   NnArchitecture *arch,
                                   GError **error);

/**
 * numeral_compress_distil:
 * @arch: of the network that learns; valid, with the inputs and classes of the model, its loss is
 *   cross-entropy. If it reads images, they have the shape of those that the model reads or, where
 *   that reads a vector, of the samples. Its dropout layers are used in training alone
 *
 * A network with weights of its own that has learned the answers of the teachers on augmented
 * samples. It keeps the card of the model, but for the figures and settings of the training.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): as numeral_compress_weights(); NN_ERROR_SHAPE too if @arch
 *   does not read what the model reads, NN_ERROR_CONFIG if its text form has NN_NETWORK_TEXT_SIZE
 *   bytes or more
 */
NumeralModel *numeral_compress_distil (const NumeralCompressRequest *request,
                                       const NnArchitecture *arch,
                                       GError **error);

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
