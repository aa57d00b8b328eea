/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-tensor-list.h"

G_BEGIN_DECLS

/**
 * numeral_model_sparse_add:
 * @sparse: whether the file may have sparse weights
 *
 * Adds the weight of a layer. If at least half of its values are zero, it may be stored sparsely,
 * in two tensors in its place: NAME_mask of the type U8 has a bit for each value, the lowest bit of
 * a byte first, which is set if the value is not zero; NAME_values has those, in order.
 */
void numeral_model_sparse_add (NumeralTensorList *list,
                               const NumeralTensorValues *weight,
                               gboolean sparse);

/* Replaces the tensors of weights that are stored sparsely in an untrusted file by the weights.
 * NN_ERROR_FORMAT, NN_ERROR_SHAPE, and the errors of numeral_model_layers_read_described(). */
gboolean numeral_model_sparse_expand (NumeralSafetensors *file, GError **error);

G_END_DECLS
