/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-safetensors.h"

G_BEGIN_DECLS

/**
 * NumeralModelLayer:
 * @name: what its tensors have in common
 * @weight: [out, in], or [in, out] if @transposed; of a convolution [out, in, height, width], or
 *   [height, width, in, out] if @transposed
 * @bias: (nullable): [out]
 * @mean: @variance: (nullable): [out]: of the batch normalization behind it
 * @gamma: @beta: (nullable): [out]: what the normalization multiplies by, and adds
 *
 * The tensors of one layer.
 */
typedef struct
{
  char *name;
  const NumeralTensor *weight, *bias;
  const NumeralTensor *mean, *variance, *gamma, *beta;
  gboolean transposed;
} NumeralModelLayer;

void numeral_model_layer_free (NumeralModelLayer *layer);

/* Whether it is a convolution, and its sizes. */
gboolean numeral_model_layer_is_image (const NumeralModelLayer *layer);
gsize numeral_model_layer_n_in (const NumeralModelLayer *layer);
gsize numeral_model_layer_n_out (const NumeralModelLayer *layer);

G_END_DECLS
