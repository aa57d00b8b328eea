/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-layer-activation.h"

#include "nn-layer.h"
#include "nn-math.h"
#include "nn-names.h"

#define LEAKY_SLOPE 0.01f

static const char *const names[NN_N_ACTIVATIONS] = { "relu", "leaky-relu", "gelu", "sigmoid",
                                                     "tanh" };

NN_DEFINE_NAMES (NnActivation, nn_activation, names, "activation")

/* gelu (z) = z/2 (1 + tanh u), u = sqrt (2/pi) (z + 0.044715 z^3) */
#define GELU_C 0.7978845608f
#define GELU_K 0.044715f

NN_INLINE float
gelu_tanh (float z)
{
  return nn_tanhf (GELU_C * (z + GELU_K * z * z * z));
}

NN_CLONES void
nn_activation_forward (NnActivation activation, const float *z, float *a, gsize n)
{
  switch (activation)
    {
    case NN_ACTIVATION_RELU:
      for (gsize i = 0; i < n; i++)
        a[i] = z[i] > 0 ? z[i] : 0;
      break;
    case NN_ACTIVATION_LEAKY_RELU:
      for (gsize i = 0; i < n; i++)
        a[i] = z[i] > 0 ? z[i] : LEAKY_SLOPE * z[i];
      break;
    case NN_ACTIVATION_GELU:
      for (gsize i = 0; i < n; i++)
        a[i] = 0.5f * z[i] * (1 + gelu_tanh (z[i]));
      break;
    case NN_ACTIVATION_SIGMOID:
      for (gsize i = 0; i < n; i++)
        a[i] = nn_sigmoidf (z[i]);
      break;
    case NN_ACTIVATION_TANH:
      for (gsize i = 0; i < n; i++)
        a[i] = nn_tanhf (z[i]);
      break;
    case NN_N_ACTIVATIONS:
    default:
      g_assert_not_reached ();
    }
}

NN_CLONES void
nn_activation_backward (
    NnActivation activation, const float *z, const float *a, const float *da, float *dz, gsize n)
{
  switch (activation)
    {
    case NN_ACTIVATION_RELU: /* a = max (z, 0) */
      for (gsize i = 0; i < n; i++)
        dz[i] = z[i] > 0 ? da[i] : 0;
      break;
    case NN_ACTIVATION_LEAKY_RELU: /* a = max (z, slope z) */
      for (gsize i = 0; i < n; i++)
        dz[i] = z[i] > 0 ? da[i] : LEAKY_SLOPE * da[i];
      break;
    case NN_ACTIVATION_GELU: /* a = z/2 (1 + t), t = tanh u, t' = (1 - t^2) u' */
      for (gsize i = 0; i < n; i++)
        {
          float t = gelu_tanh (z[i]);
          float du = GELU_C * (1 + 3 * GELU_K * z[i] * z[i]);

          dz[i] = da[i] * (0.5f * (1 + t) + 0.5f * z[i] * (1 - t * t) * du);
        }
      break;
    case NN_ACTIVATION_SIGMOID: /* a = 1 / (1 + e^-z), a' = a (1 - a) */
      for (gsize i = 0; i < n; i++)
        dz[i] = da[i] * a[i] * (1 - a[i]);
      break;
    case NN_ACTIVATION_TANH: /* a = tanh z, a' = 1 - a^2 */
      for (gsize i = 0; i < n; i++)
        dz[i] = da[i] * (1 - a[i] * a[i]);
      break;
    case NN_N_ACTIVATIONS:
    default:
      g_assert_not_reached ();
    }
}

/* Layers of the table: the same functions, value by value. */

static NnActivation
activation_of (const NnLayerSpec *spec)
{
  return (NnActivation) (spec->kind - NN_LAYER_RELU);
}

static gboolean
check (const NnLayerSpec *spec, const NnShape *in, NnShape *out, GError **error)
{
  *out = *in;
  return TRUE;
}

static void
forward (const NnLayerPass *pass, const float *x, float *y, gsize n)
{
  nn_activation_forward (activation_of (pass->spec), x, y, n * nn_shape_size (&pass->in));
}

static void
backward (
    const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n)
{
  /* y = f (x): dx = dy f' (x) */
  if (dx != NULL)
    nn_activation_backward (activation_of (pass->spec), x, y, dy, dx,
                            n * nn_shape_size (&pass->in));
}

static void
describe (const NnLayerSpec *spec, GString *text)
{
  g_string_append (text, nn_layer_kind (spec->kind)->name);
}

static gboolean
parse (const char *word, NnLayerSpec *spec)
{
  return g_str_equal (word, nn_layer_kind (spec->kind)->name);
}

/* The words have no hyphen, which stands between the layers of the text form. */
#define ACTIVATION(word)                                                                          \
  {                                                                                               \
    .name = word, .check = check, .forward = forward, .backward = backward, .describe = describe, \
    .parse = parse                                                                                \
  }

const NnLayerKind nn_layer_relu = ACTIVATION ("relu");
const NnLayerKind nn_layer_leaky_relu = ACTIVATION ("leakyrelu");
const NnLayerKind nn_layer_gelu = ACTIVATION ("gelu");
const NnLayerKind nn_layer_sigmoid = ACTIVATION ("sigmoid");
const NnLayerKind nn_layer_tanh = ACTIVATION ("tanh");
