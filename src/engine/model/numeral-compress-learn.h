/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* Private to numeral-compress: training by the answers of other networks. */

/**
 * NumeralCompressLesson:
 * @arch: of the network that learns; its loss is cross-entropy, as is that of the teachers
 * @start: (nullable): the weights that it begins with; %NULL for random ones
 * @keep: (nullable): [parameters]: those whose value is 0 keep their value, which must be 0
 * @teachers: [n_teachers] networks that read the same samples, at least one
 * @samples: augmented if they are images of digits
 * @learning_rate: at first; it falls to zero by a cosine
 * @epochs: at least 1
 * @seed: the same seed gives the same network
 * @progress: (nullable): called after each minibatch with the share that is done
 */
typedef struct
{
  const NnArchitecture *arch;
  const NnNetwork *start;
  const guint8 *keep;
  NnNetwork *const *teachers;
  guint n_teachers;
  NnDataset *samples;
  double learning_rate;
  guint epochs;
  guint64 seed;
  GCancellable *cancellable;
  void (*progress) (double share, gpointer data);
  gpointer data;
} NumeralCompressLesson;

/**
 * numeral_compress_learn:
 *
 * Distillation (Hinton, Vinyals and Dean 2015, "Distilling the Knowledge in a Neural Network"): the
 * network learns the mean of the teachers' probabilities at a temperature of 4, and with a tenth of
 * the weight the labels. Teachers read the same augmented views, in 8 bits.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_CONFIG if a loss is not cross-entropy;
 *   NN_ERROR_SHAPE if a teacher has other inputs or classes, NN_ERROR_VALUE if the loss diverges,
 *   G_IO_ERROR_CANCELLED
 */
NnNetwork *numeral_compress_learn (const NumeralCompressLesson *lesson, GError **error);

G_END_DECLS
