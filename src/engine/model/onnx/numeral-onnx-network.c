/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"

/* Parameters of one layer; @bias in double precision until all that is folded into it is known. */
typedef struct
{
  guint layer, n_out;
  gsize n_in;
  float *weight; /* [n_out, n_in] */
  double *bias;  /* [n_out] */
} Weights;

struct _NumeralOnnxNetwork
{
  NnArchitecture arch;
  NnShape shape;
  GPtrArray *weights; /* of Weights */
  gsize n_params;
  /* Scaling that is not yet part of a layer: (nullable) [size of shape] */
  double *scale, *shift;
};

static void
weights_free (Weights *weights)
{
  g_free (weights->weight);
  g_free (weights->bias);
  g_free (weights);
}

NumeralOnnxNetwork *
numeral_onnx_network_new (gsize n_inputs)
{
  NumeralOnnxNetwork *self = g_new0 (NumeralOnnxNetwork, 1);

  self->shape = (NnShape){ (guint) MIN (n_inputs, G_MAXUINT), 1, 1 };
  self->arch.input = self->shape;
  self->weights = g_ptr_array_new_with_free_func ((GDestroyNotify) weights_free);
  return self;
}

void
numeral_onnx_network_free (NumeralOnnxNetwork *self)
{
  g_ptr_array_unref (self->weights);
  g_free (self->scale);
  g_free (self->shift);
  g_free (self);
}

const NnShape *
numeral_onnx_network_get_shape (const NumeralOnnxNetwork *self)
{
  return &self->shape;
}

gboolean
numeral_onnx_network_is_empty (const NumeralOnnxNetwork *self)
{
  return self->arch.n_layers == 0 && self->scale == NULL;
}

gboolean
numeral_onnx_network_set_image (NumeralOnnxNetwork *self, const NnShape *shape, GError **error)
{
  if (memcmp (shape, &self->shape, sizeof *shape) == 0)
    return TRUE;
  if (self->arch.n_layers > 0 || nn_shape_size (shape) != nn_shape_size (&self->shape))
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("values of a layer are read as an image of another shape"));
  self->arch.input = *shape;
  self->shape = *shape;
  return TRUE;
}

void
numeral_onnx_network_scale (NumeralOnnxNetwork *self, const double *scale, const double *shift)
{
  const gsize n = nn_shape_size (&self->shape);

  if (self->scale == NULL)
    {
      self->scale = g_new (double, n);
      self->shift = g_new0 (double, n);
      for (gsize i = 0; i < n; i++)
        self->scale[i] = 1;
    }
  for (gsize i = 0; i < n; i++)
    {
      const double factor = scale != NULL ? scale[i] : 1;

      self->scale[i] *= factor;
      self->shift[i] = self->shift[i] * factor + (shift != NULL ? shift[i] : 0);
    }
}

static void
clear_scale (NumeralOnnxNetwork *self)
{
  g_clear_pointer (&self->scale, g_free);
  g_clear_pointer (&self->shift, g_free);
}

/* Whether all values of a channel are scaled alike. */
static gboolean
is_by_channel (const NumeralOnnxNetwork *self)
{
  const gsize plane = (gsize) self->shape.height * self->shape.width;

  for (gsize c = 0; c < self->shape.channels; c++)
    for (gsize i = 1; i < plane; i++)
      if (self->scale[c * plane + i] != self->scale[c * plane] ||
          self->shift[c * plane + i] != self->shift[c * plane])
        return FALSE;
  return TRUE;
}

static gboolean
is_shifted (const NumeralOnnxNetwork *self)
{
  const gsize n = nn_shape_size (&self->shape);

  for (gsize i = 0; i < n; i++)
    if (self->shift[i] != 0)
      return TRUE;
  return FALSE;
}

/* (nullable): the weights whose results are the values, but for their order. */
static Weights *
last_weights (const NumeralOnnxNetwork *self)
{
  Weights *weights;
  guint last = self->arch.n_layers;

  if (self->weights->len == 0)
    return NULL;
  weights = g_ptr_array_index (self->weights, self->weights->len - 1);
  while (last > 0 && (self->arch.layers[last - 1].kind == NN_LAYER_FLATTEN ||
                      self->arch.layers[last - 1].kind == NN_LAYER_DROPOUT))
    last--;
  return last > 0 && weights->layer == last - 1 ? weights : NULL;
}

/* Multiplies the layer before by what is pending, where it gives the values; %FALSE where not. */
static gboolean
fold_back (NumeralOnnxNetwork *self)
{
  Weights *weights = last_weights (self);
  gsize per_output;

  if (weights == NULL)
    return FALSE;
  /* A channel of a convolution has one bias, also where it has been flattened. */
  per_output = nn_shape_size (&self->shape) / weights->n_out;
  for (gsize o = 0; o < weights->n_out; o++)
    for (gsize i = 1; i < per_output; i++)
      if (self->scale[o * per_output + i] != self->scale[o * per_output] ||
          self->shift[o * per_output + i] != self->shift[o * per_output])
        return FALSE;
  for (gsize o = 0; o < weights->n_out; o++)
    {
      const double scale = self->scale[o * per_output];
      float *row = weights->weight + o * weights->n_in;

      if (scale != 1)
        for (gsize i = 0; i < weights->n_in; i++)
          row[i] = (float) ((double) row[i] * scale);
      weights->bias[o] = weights->bias[o] * scale + self->shift[o * per_output];
    }
  clear_scale (self);
  return TRUE;
}

/* Adds the layer to the list, and sets the shape. */
static gboolean
push (NumeralOnnxNetwork *self, const NnLayerSpec *spec, GError **error)
{
  NnShape out;

  if (self->arch.n_layers == NN_MAX_LAYERS)
    return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the network has more than %d layers"),
                         NN_MAX_LAYERS);
  if (!nn_layer_kind (spec->kind)->check (spec, &self->shape, &out, error))
    return FALSE;
  self->arch.layers[self->arch.n_layers++] = *spec;
  self->shape = out;
  return TRUE;
}

/* Takes @weight. */
static gboolean
push_weights (NumeralOnnxNetwork *self,
              const NnLayerSpec *spec,
              gsize n_in,
              float *weight,
              const double *bias,
              GError **error)
{
  Weights *weights = g_new0 (Weights, 1);

  weights->n_out = spec->units;
  weights->n_in = n_in;
  weights->weight = weight;
  weights->bias = g_new0 (double, spec->units);
  if (bias != NULL)
    memcpy (weights->bias, bias, spec->units * sizeof *bias);
  weights->layer = self->arch.n_layers;
  g_ptr_array_add (self->weights, weights);
  self->n_params += spec->units * (n_in + 1);
  if (self->n_params > NN_MAX_PARAMS)
    return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the network has too many weights"));
  return push (self, spec, error);
}

/* A convolution by windows of one pixel that scales each channel. */
static gboolean
push_scaling (NumeralOnnxNetwork *self, GError **error)
{
  const gsize n = self->shape.channels;
  const gsize plane = (gsize) self->shape.height * self->shape.width;
  const NnLayerSpec spec = {
    .kind = NN_LAYER_CONV2D, .units = (guint) n, .kernel = { 1, 1 }, .stride = 1
  };
  g_autofree double *bias = NULL;
  float *weight;

  if (nn_shape_is_flat (&self->shape) || !is_by_channel (self) || n * n > NN_MAX_PARAMS)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("values are scaled or shifted where no layer can do it"));
  weight = g_new0 (float, n *n);
  bias = g_new (double, n);
  for (gsize c = 0; c < n; c++)
    {
      weight[c * n + c] = (float) self->scale[c * plane];
      bias[c] = self->shift[c * plane];
    }
  clear_scale (self);
  return push_weights (self, &spec, n, weight, bias, error);
}

/* Nothing is pending after this. */
static gboolean
settle (NumeralOnnxNetwork *self, GError **error)
{
  return self->scale == NULL || fold_back (self) || push_scaling (self, error);
}

/* Multiplies the weights of the next layer by what is pending. @group: values that one column of
 * the weights belongs to: the size of a window for a convolution. */
static void
fold_forward (NumeralOnnxNetwork *self, Weights *weights, gsize group, gsize plane)
{
  for (gsize o = 0; o < weights->n_out; o++)
    for (gsize i = 0; i < weights->n_in; i++)
      {
        float *w = &weights->weight[o * weights->n_in + i];
        const gsize at = i / group * plane;

        weights->bias[o] += (double) *w * self->shift[at];
        *w = (float) ((double) *w * self->scale[at]);
      }
  clear_scale (self);
}

gboolean
numeral_onnx_network_add_dense (
    NumeralOnnxNetwork *self, guint n_out, float *weight, const double *bias, GError **error)
{
  const NnLayerSpec flatten = { .kind = NN_LAYER_FLATTEN };
  const NnLayerSpec spec = { .kind = NN_LAYER_DENSE, .units = n_out };
  const gsize n_in = nn_shape_size (&self->shape);
  g_autofree float *owned = weight;

  if (self->arch.n_layers == 0)
    self->arch.input = self->shape = (NnShape){ (guint) n_in, 1, 1 };
  if (!nn_shape_is_flat (&self->shape) && !push (self, &flatten, error))
    return FALSE;
  if (self->scale != NULL)
    fold_back (self);
  if (!push_weights (self, &spec, n_in, g_steal_pointer (&owned), bias, error))
    return FALSE;
  if (self->scale != NULL)
    fold_forward (self, self->weights->pdata[self->weights->len - 1], 1, 1);
  return TRUE;
}

gboolean
numeral_onnx_network_add_conv (NumeralOnnxNetwork *self,
                               const NnLayerSpec *spec,
                               float *weight,
                               const double *bias,
                               GError **error)
{
  const gsize window = (gsize) spec->kernel[0] * spec->kernel[1];
  const gsize plane = (gsize) self->shape.height * self->shape.width;
  const gsize n_in = self->shape.channels * window;
  g_autofree float *owned = weight;

  if (self->scale != NULL && !fold_back (self) &&
      (!is_by_channel (self) || (is_shifted (self) && spec->padding > 0)) &&
      !push_scaling (self, error))
    return FALSE;
  if (!push_weights (self, spec, n_in, g_steal_pointer (&owned), bias, error))
    return FALSE;
  if (self->scale != NULL)
    fold_forward (self, self->weights->pdata[self->weights->len - 1], window, plane);
  return TRUE;
}

gboolean
numeral_onnx_network_add (NumeralOnnxNetwork *self, const NnLayerSpec *spec, GError **error)
{
  /* Dropout does nothing once a network has learned. */
  return (spec->kind == NN_LAYER_DROPOUT || settle (self, error)) && push (self, spec, error);
}

gboolean
numeral_onnx_network_drop_last (NumeralOnnxNetwork *self, NnLayerKindId kind)
{
  if (self->scale != NULL || self->arch.n_layers == 0 ||
      self->arch.layers[self->arch.n_layers - 1].kind != kind)
    return FALSE;
  self->arch.n_layers--;
  return TRUE;
}

/* A flatten layer is left out where the values are a vector already. */
static gboolean
end_with_vector (NumeralOnnxNetwork *self, GError **error)
{
  const NnLayerSpec flatten = { .kind = NN_LAYER_FLATTEN };

  if (!settle (self, error))
    return FALSE;
  return nn_shape_is_flat (&self->shape) || push (self, &flatten, error);
}

NnNetwork *
numeral_onnx_network_finish (NumeralOnnxNetwork *self, NnLoss loss, GError **error)
{
  g_autoptr (NnNetwork) network = NULL;

  if (!end_with_vector (self, error))
    return NULL;
  self->arch.loss = loss;
  network = nn_network_new (&self->arch, error);
  if (network == NULL)
    return NULL;
  for (guint i = 0; i < network->n_weights; i++)
    {
      const NnWeights *to = &network->weights[i];
      const Weights *from = g_ptr_array_index (self->weights, i);

      memcpy (to->weight, from->weight, (gsize) to->n_out * to->n_in * sizeof *to->weight);
      for (guint o = 0; o < to->n_out; o++)
        to->bias[o] = (float) from->bias[o];
    }
  return nn_network_check_finite (network, error) ? g_steal_pointer (&network) : NULL;
}
