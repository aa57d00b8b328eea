/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-architecture.h"
#include "numeral-safetensors.h"

G_BEGIN_DECLS

/**
 * NumeralModelLayer:
 * @name: what its tensors have in common
 * @weight: [out, in], or [in, out] if @transposed
 * @bias: (nullable): [out]
 *
 * The tensors of one layer.
 */
typedef struct
{
  char *name;
  const NumeralTensor *weight, *bias;
  gboolean transposed;
} NumeralModelLayer;

void numeral_model_layer_free (NumeralModelLayer *layer);

/**
 * numeral_model_infer:
 * @layers: (element-type NumeralModelLayer): the layers are appended
 * @mlp: the widths are set
 *
 * Finds the fully connected layers in the tensors of a program that names no architecture. Tensors
 * of two dimensions are weights, those of one dimension biases; whole numbers, such as counters,
 * are left out. The layers are in the natural order of their names ("2" before "10"), [out, in] as
 * PyTorch has them. If their shapes do not match so, they are [in, out] as Keras has them, or in
 * whatever order leads from 784 inputs on. A bias belongs to the weight with the same name but for
 * its end; without such names to the one in the same place.
 *
 * NN_ERROR_*
 */
gboolean
numeral_model_infer (const NumeralSafetensors *file, GPtrArray *layers, NnMlp *mlp, GError **error);

G_END_DECLS
