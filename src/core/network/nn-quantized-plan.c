/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-quantized-private.h"
#include "nn-simd.h"

/* Places of the table of an activation that follows a product. Between two of them the activation
 * changes by at most a third of a step of its 8-bit output. */
#define TABLE 4096

static gboolean
is_activation (NnLayerKindId kind)
{
  return kind >= NN_LAYER_RELU && kind <= NN_LAYER_TANH;
}

static NnActivation
activation_of (const NnLayerSpec *spec)
{
  return (NnActivation) (spec->kind - NN_LAYER_RELU);
}

static guint8
quantize (const NnQuantizer *point, float x)
{
  guint8 q;

  nn_int8_quantize (point->scale, point->zero, &x, &q, 1);
  return q;
}

static float
dequantize (const NnQuantizer *point, gint q)
{
  return point->scale * (float) (q - point->zero);
}

/* The values before the activation that give all values that @out can store. */
static void
get_range (NnActivation activation, const NnQuantizer *out, float *low, float *high)
{
  const float least = dequantize (out, 0), most = dequantize (out, 255);

  *low = -6;
  *high = MAX (most, 1);
  switch (activation)
    {
    case NN_ACTIVATION_LEAKY_RELU: /* slope 0.01 */
      *low = MIN (least * 100, -out->scale);
      break;
    case NN_ACTIVATION_SIGMOID:
      *low = -9;
      *high = 9;
      break;
    case NN_ACTIVATION_TANH:
      *low = -5;
      *high = 5;
      break;
    case NN_ACTIVATION_RELU:
    case NN_ACTIVATION_GELU:
    case NN_N_ACTIVATIONS:
    default:
      break;
    }
}

/* Sets the table of a product's activation and the scaling to its places; returns the distance of
 * the places. */
static double
init_table (NnQuantizedStep *step, NnActivation activation, const NnQuantizer *out)
{
  float low, high, distance;
  gint32 offset;

  get_range (activation, out, &low, &high);
  distance = (high - low) / (TABLE - 1);
  offset = (gint32) lrintf (-low / distance);
  step->table = g_new (guint8, TABLE);
  for (gint32 i = 0; i < TABLE; i++)
    {
      float z = (float) (i - offset) * distance;

      nn_activation_forward (activation, &z, &z, 1);
      step->table[i] = quantize (out, z);
    }
  step->scaling = (NnInt8Scaling){ .low = (float) -offset,
                                   .high = (float) (TABLE - 1 - offset),
                                   .offset = offset };
  return (double) distance;
}

/* Sets how a sum becomes an 8-bit number; returns what one step of it is worth. @spec: (nullable):
 * of the activation */
static double
init_scaling (NnQuantizedStep *step, const NnLayerSpec *spec, const NnQuantizer *out)
{
  if (spec != NULL && spec->kind != NN_LAYER_RELU)
    return init_table (step, activation_of (spec), out);
  step->scaling = (NnInt8Scaling){
    .low = spec != NULL ? 0 : -(float) out->zero,
    .high = 255.0f - (float) out->zero,
    .offset = out->zero,
  };
  return (double) out->scale;
}

static gboolean
init_bias (NnQuantizedStep *step,
           const NnQuantizedWeights *weights,
           const NnQuantizer *in,
           GError **error)
{
  step->bias = g_new0 (gint32, step->layout.stride);
  for (guint o = 0; o < weights->n_out; o++)
    {
      const double unit = (double) in->scale * (double) weights->scale[o];
      const double bias = rint ((double) weights->bias[o] / unit);
      gint32 sum = 0;

      if (fabs (bias) > NN_INT8_MAX_BIAS)
        {
          g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                               _ ("a bias of the 8-bit network is too large for its scale"));
          return FALSE;
        }
      for (gsize j = 0; j < weights->n_in; j++)
        sum += weights->weight[(gsize) o * weights->n_in + j];
      /* sum of w (q - zero) = sum of w q - zero * sum of w. Both may wrap, their sum does not. */
      step->bias[o] = (gint32) ((guint32) (gint32) bias - (guint32) in->zero * (guint32) sum);
    }
  return TRUE;
}

/* @spec: (nullable): of the activation; @out: (nullable): %NULL for the last product */
static gboolean
init_product (NnQuantizedStep *step,
              const NnQuantizedWeights *weights,
              const NnLayerSpec *spec,
              const NnQuantizer *in,
              const NnQuantizer *out,
              GError **error)
{
  double unit = 1;

  step->kind = NN_QUANTIZED_PRODUCT;
  step->zero = in->zero;
  nn_int8_layout_init (&step->layout, weights->n_in, weights->n_out);
  if (!init_bias (step, weights, in, error))
    return FALSE;
  step->panels = (gint8 *) (void *) nn_aligned_new0 ((step->layout.size + sizeof (float) - 1) /
                                                     sizeof (float));
  nn_int8_pack (&step->layout, weights->weight, step->panels);
  if (out != NULL)
    unit = init_scaling (step, spec, out);
  step->multiplier = g_new (float, weights->n_out);
  for (guint o = 0; o < weights->n_out; o++)
    step->multiplier[o] = (float) ((double) in->scale * (double) weights->scale[o] / unit);
  step->scaling.multiplier = step->multiplier;
  return TRUE;
}

static void
init_activation (NnQuantizedStep *step, const NnQuantizer *in, const NnQuantizer *out)
{
  step->kind = NN_QUANTIZED_TABLE;
  step->table = g_new (guint8, 256);
  for (gint q = 0; q < 256; q++)
    {
      float z = dequantize (in, q);

      nn_activation_forward (activation_of (step->spec), &z, &z, 1);
      step->table[q] = quantize (out, z);
    }
}

static gboolean
check_same (const NnQuantizer *in, const NnQuantizer *out, GError **error)
{
  if (in->scale == out->scale && in->zero == out->zero)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                       _ ("the 8-bit network has different scales before and after a layer that "
                          "does not change them"));
  return FALSE;
}

/* The layer whose activation belongs to the product @layer, or @layer where there is none. */
static guint
find_activation (const NnArchitecture *arch, guint layer)
{
  guint l = layer + 1;

  while (l < arch->n_layers && arch->layers[l].kind == NN_LAYER_DROPOUT)
    l++;
  return l < arch->n_layers && is_activation (arch->layers[l].kind) ? l : layer;
}

/* Adds the step that begins at layer @l; returns the layer after it, or 0 with @error set. */
static guint
add_step (NnQuantized *quantized, guint l, guint *next_weights, GError **error)
{
  NnQuantizedPlan *plan = quantized->plan;
  const NnLayerSpec *layers = quantized->arch.layers;
  const NnQuantizer in = nn_quantized_get_quantizer (quantized, l);
  NnQuantizer out = nn_quantized_get_quantizer (quantized, l + 1);
  NnQuantizedStep *step = &plan->steps[plan->n_steps];

  *step = (NnQuantizedStep){
    .layer = l, .spec = &layers[l], .in = plan->shapes[l], .out = plan->shapes[l + 1]
  };
  if (layers[l].kind == NN_LAYER_DENSE || layers[l].kind == NN_LAYER_CONV2D)
    {
      const NnQuantizedWeights *weights = &quantized->weights[(*next_weights)++];
      const gboolean last = *next_weights == quantized->n_weights;
      const guint a = last ? l : find_activation (&quantized->arch, l);

      out = nn_quantized_get_quantizer (quantized, a + 1);
      plan->n_steps++;
      plan->tail = l + 1;
      return init_product (step, weights, a > l ? &layers[a] : NULL, &in, last ? NULL : &out,
                           error) ?
                 a + 1 :
                 0;
    }
  if (is_activation (layers[l].kind))
    init_activation (step, &in, &out);
  else if (!check_same (&in, &out, error))
    return 0;
  step->kind = layers[l].kind == NN_LAYER_MAXPOOL2D ? NN_QUANTIZED_MAX :
               layers[l].kind == NN_LAYER_AVGPOOL2D ? NN_QUANTIZED_MEAN :
                                                      NN_QUANTIZED_TABLE;
  /* Flattening and dropout change nothing. */
  plan->n_steps += step->kind != NN_QUANTIZED_TABLE || step->table != NULL;
  return l + 1;
}

gboolean
nn_quantized_plan_init (NnQuantized *quantized, GError **error)
{
  guint next_weights = 0;

  quantized->plan = g_new0 (NnQuantizedPlan, 1);
  nn_architecture_get_shapes (&quantized->arch, quantized->plan->shapes, NULL, NULL);
  for (guint l = 0; l < quantized->arch.n_layers && next_weights < quantized->n_weights;)
    {
      l = add_step (quantized, l, &next_weights, error);
      if (l == 0)
        return FALSE;
    }
  return TRUE;
}

void
nn_quantized_plan_free (NnQuantizedPlan *plan)
{
  for (guint s = 0; s < plan->n_steps; s++)
    {
      nn_aligned_free ((float *) (void *) plan->steps[s].panels);
      g_free (plan->steps[s].bias);
      g_free (plan->steps[s].multiplier);
      g_free (plan->steps[s].table);
    }
  g_free (plan);
}
