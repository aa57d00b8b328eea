/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-tensor.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * NumeralBackground:
 * @mean: the mean of all samples of the data set
 * @n: number of samples
 * @samples: [n, 28, 28] a random choice from the data set
 *
 * What digits look like in general, to compare one digit with. Immutable; reference-counted
 * (atomic).
 */
typedef struct
{
  float mean[INK_TENSOR_SIZE];
  guint n;
  float *samples;
  /*< private >*/
  int ref_count;
} NumeralBackground;

/* @dataset: of 28x28 pixels, else NN_ERROR_SHAPE; completed if it is lazy. @n: at most as many as
 * there are. @seed: the same seed chooses the same samples. */
NumeralBackground *
numeral_background_new (NnDataset *dataset, guint n, guint64 seed, GError **error);

/* (transfer full): of MNIST's training split if it is on this machine, otherwise of generated
 * digits. Blocks. G_IO_ERROR_CANCELLED, NN_ERROR_* */
NumeralBackground *numeral_background_load (GCancellable *cancellable, GError **error);

NumeralBackground *numeral_background_ref (NumeralBackground *background);
void numeral_background_unref (NumeralBackground *background);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralBackground, numeral_background_unref)

G_END_DECLS
