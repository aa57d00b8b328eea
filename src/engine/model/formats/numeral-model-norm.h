/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-layer.h"

G_BEGIN_DECLS

/* Batch normalizations in the files of other programs. */

/* Whether a tensor of one dimension is a mean or a variance that a normalization has learned. */
gboolean numeral_model_norm_is_statistic (const NumeralTensor *tensor);

/**
 * numeral_model_norm_match:
 * @tensors: (element-type NumeralTensor): all tensors of normalizations
 * @layers: (element-type NumeralModelLayer): get theirs
 * @is_named: whether a person has named the network
 *
 * A normalization belongs to the layer before it: of the numbers in nn.Sequential the one before,
 * otherwise the layer whose name has the same number ("bn2" and "conv2") and as many outputs;
 * otherwise, if there are as many as convolutions, by place.
 *
 * Behind a layer of PyTorch it comes before the activation. Programs of Keras have it on either
 * side, so that the network must be named for it to be read so.
 *
 * NN_ERROR_CONFIG if it must be named, NN_ERROR_FORMAT if one has no layer, or only one behind
 * which there is something else
 */
gboolean numeral_model_norm_match (const GPtrArray *tensors,
                                   GPtrArray *layers,
                                   gboolean is_named,
                                   GError **error);

/**
 * numeral_model_norm_fold:
 * @weight: [n_out, n_in]
 * @bias: [n_out]
 *
 * Makes the layer do what it does with its normalization:
 * W' = gamma / sqrt (variance + epsilon) W, and so on. Epsilon is that of PyTorch, 1e-5, or, with
 * the names of Keras, 1e-3. Does nothing without one. NN_ERROR_SHAPE, NN_ERROR_VALUE
 */
gboolean numeral_model_norm_fold (const NumeralModelLayer *layer,
                                  guint n_in,
                                  guint n_out,
                                  float *weight,
                                  float *bias,
                                  GError **error);

G_END_DECLS
