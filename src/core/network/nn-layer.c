/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-layer.h"

/* The table of kinds. To add one: a value of NnLayerKindId, a row here, and a file. */
static const NnLayerKind *const kinds[NN_N_LAYER_KINDS] = {
  [NN_LAYER_DENSE] = &nn_layer_dense,           [NN_LAYER_CONV2D] = &nn_layer_conv2d,
  [NN_LAYER_MAXPOOL2D] = &nn_layer_maxpool2d,   [NN_LAYER_AVGPOOL2D] = &nn_layer_avgpool2d,
  [NN_LAYER_FLATTEN] = &nn_layer_flatten,       [NN_LAYER_RELU] = &nn_layer_relu,
  [NN_LAYER_LEAKY_RELU] = &nn_layer_leaky_relu, [NN_LAYER_GELU] = &nn_layer_gelu,
  [NN_LAYER_SIGMOID] = &nn_layer_sigmoid,       [NN_LAYER_TANH] = &nn_layer_tanh,
  [NN_LAYER_DROPOUT] = &nn_layer_dropout,
};

const NnLayerKind *
nn_layer_kind (NnLayerKindId id)
{
  g_return_val_if_fail ((guint) id < NN_N_LAYER_KINDS, NULL);

  return kinds[id];
}

gboolean
nn_layer_parse (const char *word, NnLayerSpec *spec)
{
  for (guint k = 0; k < NN_N_LAYER_KINDS; k++)
    {
      *spec = (NnLayerSpec){ .kind = (NnLayerKindId) k };
      if (kinds[k]->parse (word, spec))
        return TRUE;
    }
  return FALSE;
}

gboolean
nn_layer_parse_number (const char **text, guint *number)
{
  const char *digit = *text;
  guint value = 0;

  for (; g_ascii_isdigit (*digit); digit++)
    {
      value = value * 10 + (guint) g_ascii_digit_value (*digit);
      if (value > G_MAXINT32 / 10)
        return FALSE;
    }
  if (digit == *text)
    return FALSE;
  *text = digit;
  *number = value;
  return TRUE;
}
