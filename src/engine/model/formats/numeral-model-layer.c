/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-layer.h"

void
numeral_model_layer_free (NumeralModelLayer *layer)
{
  g_free (layer->name);
  g_free (layer);
}

gboolean
numeral_model_layer_is_image (const NumeralModelLayer *layer)
{
  return layer->weight->n_dims == 4;
}

gsize
numeral_model_layer_n_in (const NumeralModelLayer *layer)
{
  const guint at = layer->transposed ? 0 : 1;

  return layer->weight->dims[numeral_model_layer_is_image (layer) && layer->transposed ? 2 : at];
}

gsize
numeral_model_layer_n_out (const NumeralModelLayer *layer)
{
  const guint at = layer->transposed ? 1 : 0;

  return layer->weight->dims[numeral_model_layer_is_image (layer) && layer->transposed ? 3 : at];
}
