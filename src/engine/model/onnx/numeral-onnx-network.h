/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

/**
 * NumeralOnnxNetwork:
 *
 * A network that grows layer by layer while a graph is read. What ONNX computes with several
 * operators becomes one layer here: values that are scaled and shifted (a bias, batch
 * normalization, a normalized input) go into the weights before or after.
 *
 * "Values" are those that the last layer gives, in the order in which Numeral keeps them: channel,
 * row, column. Functions return %FALSE with an NN_ERROR_* if there is no layer that does the same.
 */
typedef struct _NumeralOnnxNetwork NumeralOnnxNetwork;

/* @n_inputs: values of one sample */
NumeralOnnxNetwork *numeral_onnx_network_new (gsize n_inputs);
void numeral_onnx_network_free (NumeralOnnxNetwork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralOnnxNetwork, numeral_onnx_network_free)

/* What the last layer gives. The input is a vector until numeral_onnx_network_set_image(). */
const NnShape *numeral_onnx_network_get_shape (const NumeralOnnxNetwork *self);

/* The values are read as an image of this shape from now on: only for the input, or if they are
 * one already. */
gboolean
numeral_onnx_network_set_image (NumeralOnnxNetwork *self, const NnShape *shape, GError **error);

/* @scale: @shift: (nullable): [number of values]: x becomes scale x + shift */
void
numeral_onnx_network_scale (NumeralOnnxNetwork *self, const double *scale, const double *shift);

/* @weight: [n_out, number of values]: (transfer full); @bias: (nullable): [n_out] */
gboolean numeral_onnx_network_add_dense (
    NumeralOnnxNetwork *self, guint n_out, float *weight, const double *bias, GError **error);

/* The same for a convolution; @weight: (transfer full): as in NnWeights */
gboolean numeral_onnx_network_add_conv (NumeralOnnxNetwork *self,
                                        const NnLayerSpec *spec,
                                        float *weight,
                                        const double *bias,
                                        GError **error);

/* A layer without weights. */
gboolean
numeral_onnx_network_add (NumeralOnnxNetwork *self, const NnLayerSpec *spec, GError **error);

/* Whether the last layer is of this kind; if so, it is taken away. */
gboolean numeral_onnx_network_drop_last (NumeralOnnxNetwork *self, NnLayerKindId kind);

/* Whether nothing was added since the beginning. */
gboolean numeral_onnx_network_is_empty (const NumeralOnnxNetwork *self);

/* (transfer full) (nullable): the network whose last values are logits. */
NnNetwork *numeral_onnx_network_finish (NumeralOnnxNetwork *self, NnLoss loss, GError **error);

G_END_DECLS
