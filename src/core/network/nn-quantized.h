/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

/**
 * NnQuantizer:
 *
 * Stores a value x in 8 bits: q = round (x / scale) + zero, clamped to [0, 255]; x is then about
 * scale (q - zero).
 */
typedef struct
{
  float scale;
  guint8 zero;
} NnQuantizer;

/* Bounds of all scales: then no product of them leaves the normal numbers of float32. */
#define NN_QUANTIZED_MIN_SCALE 0x1p-30f
#define NN_QUANTIZED_MAX_SCALE 0x1p30f

/**
 * NnQuantizedWeights:
 * @layer: @n_in: @n_out: as in NnWeights
 * @weight: [n_out, n_in], in [-127, 127]
 * @scale: [n_out]: the weights of output o are scale[o] * weight[o, j]
 * @bias: [n_out]: in the unit of the output, as in NnWeights
 */
typedef struct
{
  guint layer;
  guint n_in, n_out;
  gint8 *weight;
  float *scale;
  float *bias;
} NnQuantizedWeights;

/* How to compute it; private to nn-quantized*.c. */
typedef struct _NnQuantizedPlan NnQuantizedPlan;

/**
 * NnQuantized:
 * @scale: @zero: [arch.n_layers + 1]: element i is how what layer i reads is stored; a fused
 *   activation (see below) leaves the element before it unused, and logits, the last one, are
 *   float32
 * @weights: [n_weights], one for each layer with parameters
 *
 * A network in whole numbers of 8 bits, after Jacob et al. 2018, "Quantization and Training of
 * Neural Networks for Efficient Integer-Arithmetic-Only Inference", with a scale for each output
 * channel (Krishnamoorthi 2018):
 *
 * - A dense layer or a convolution multiplies 8-bit numbers and sums them in 32 bits. The bias is
 *   a whole number too, in units of the input's scale * the weight's scale. An activation that
 *   follows, also behind dropout, is part of the layer: the sum is multiplied by one float32,
 *   rounded and clamped, which is ReLU; other activations are a table of 4096 places.
 * - The largest value of a window is exact, the mean is rounded to the nearest 8-bit number. An
 *   activation behind them is a table of 256 places.
 * - The sums of the last layer with weights become float32 logits. Layers behind it work on
 *   float32.
 *
 * All kernels of nn-int8.h compute the same bits. Reference-counted, with atomic counts; immutable
 * from nn_quantized_to_network() on.
 */
typedef struct _NnQuantized
{
  NnArchitecture arch;
  float scale[NN_MAX_LAYERS + 1];
  guint8 zero[NN_MAX_LAYERS + 1];
  guint n_weights;
  NnQuantizedWeights weights[NN_MAX_LAYERS];
  /*< private >*/
  NnQuantizedPlan *plan;
  int ref_count;
} NnQuantized;

/* How what layer @layer reads is stored. */
static inline NnQuantizer
nn_quantized_get_quantizer (const NnQuantized *quantized, guint layer)
{
  return (NnQuantizer){ quantized->scale[layer], quantized->zero[layer] };
}

/* Weights and biases of 0, all scales 1: to be filled in and given to
 * nn_quantized_to_network(). NN_ERROR_* where the architecture is not valid; NN_ERROR_TOO_LARGE
 * where a layer has more inputs than can be summed in 32 bits (NN_INT8_MAX_INPUTS). */
NnQuantized *nn_quantized_new (const NnArchitecture *arch, GError **error);
NnQuantized *nn_quantized_ref (NnQuantized *quantized);
void nn_quantized_unref (NnQuantized *quantized);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnQuantized, nn_quantized_unref)

/**
 * nn_quantized_to_network:
 * @quantized: (transfer full): must not be changed any more
 *
 * A network with the same weights in float32, whose member @quantized this is: nn_predictor_run()
 * and nn_bulk_logits() compute with it in 8 bits, and all others, which need gradients or
 * activations, in float32.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_VALUE where a scale is not between
 *   NN_QUANTIZED_MIN_SCALE and NN_QUANTIZED_MAX_SCALE, a weight is -128, a bias is not finite or
 *   too large for its scale, or pooling and flattening would change the scale
 */
NnNetwork *nn_quantized_to_network (NnQuantized *quantized, GError **error);

G_END_DECLS
