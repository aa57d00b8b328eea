/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-int8.h"
#include "nn-quantized.h"

/* How a quantized network is computed: private to nn-quantized*.c, and to what writes it as code.
 */

typedef enum
{
  NN_QUANTIZED_PRODUCT, /* a dense layer or a convolution, and its activation */
  NN_QUANTIZED_MAX,     /* pooling */
  NN_QUANTIZED_MEAN,
  NN_QUANTIZED_TABLE, /* an activation alone */
} NnQuantizedKind;

typedef struct
{
  NnQuantizedKind kind;
  guint layer;
  const NnLayerSpec *spec; /* of @layer */
  NnShape in, out;
  guint8 *table; /* (nullable): of the activation */

  /* Of a product alone. */
  NnInt8Layout layout;
  gint8 *panels;
  gint32 *bias;          /* [layout.stride] with the correction for the zero of the input */
  float *multiplier;     /* [n_out] */
  NnInt8Scaling scaling; /* not of the last product, which gives logits */
  guint8 zero;           /* of the input: the padding of a convolution */
} NnQuantizedStep;

struct _NnQuantizedPlan
{
  guint n_steps;
  NnQuantizedStep steps[NN_MAX_LAYERS];
  guint tail; /* the first layer that works on float32 */
  NnShape shapes[NN_MAX_LAYERS + 1];
};

/* For nn-quantized.c. @quantized is checked, but for what this checks: the biases, and the scales
 * around pooling. */
gboolean nn_quantized_plan_init (NnQuantized *quantized, GError **error);
void nn_quantized_plan_free (NnQuantizedPlan *plan);
