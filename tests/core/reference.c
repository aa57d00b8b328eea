/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <math.h>
#include <string.h>

#include "naive.h"
#include "nn-layer-dropout.h"

/* The value of an image outside of which there are zeros. */
static double
pixel (const double *x, const NnShape *shape, guint channel, int row, int column)
{
  if (row < 0 || column < 0 || row >= (int) shape->height || column >= (int) shape->width)
    return 0;
  return x[((gsize) channel * shape->height + (guint) row) * shape->width + (guint) column];
}

static void
dense (const NnShape *in, const NnShape *out, const double *params, const double *x, double *y)
{
  const double *bias = params + (gsize) in->channels * out->channels;

  for (guint u = 0; u < out->channels; u++)
    {
      y[u] = bias[u];
      for (guint j = 0; j < in->channels; j++)
        y[u] += params[(gsize) u * in->channels + j] * x[j];
    }
}

static void
convolution (const NnLayerSpec *spec,
             const NnShape *in,
             const NnShape *out,
             const double *params,
             const double *x,
             double *y)
{
  const guint height = spec->kernel[0], width = spec->kernel[1];
  const double *bias = params + (gsize) spec->units * in->channels * height * width;

  for (guint o = 0; o < out->channels; o++)
    for (guint r = 0; r < out->height; r++)
      for (guint c = 0; c < out->width; c++)
        {
          double sum = bias[o];

          for (guint i = 0; i < in->channels; i++)
            for (guint u = 0; u < height; u++)
              for (guint v = 0; v < width; v++)
                sum += params[((o * in->channels + i) * height + u) * width + v] *
                       pixel (x, in, i, (int) (r * spec->stride + u) - (int) spec->padding,
                              (int) (c * spec->stride + v) - (int) spec->padding);
          y[(o * out->height + r) * out->width + c] = sum;
        }
}

static void
pool (const NnLayerSpec *spec, const NnShape *in, const NnShape *out, const double *x, double *y)
{
  for (guint i = 0; i < out->channels; i++)
    for (guint r = 0; r < out->height; r++)
      for (guint c = 0; c < out->width; c++)
        {
          double largest = -HUGE_VAL, sum = 0;

          for (guint u = 0; u < spec->kernel[0]; u++)
            for (guint v = 0; v < spec->kernel[1]; v++)
              {
                const double value =
                    pixel (x, in, i, (int) (r * spec->stride + u), (int) (c * spec->stride + v));

                largest = fmax (largest, value);
                sum += value;
              }
          y[(i * out->height + r) * out->width + c] = spec->kind == NN_LAYER_MAXPOOL2D ?
                                                          largest :
                                                          sum / (spec->kernel[0] * spec->kernel[1]);
        }
}

static void
dropout (const NnLayerSpec *spec, gsize n, guint ordinal, const ReferenceMode *mode, double *y)
{
  g_autofree float *mask = g_new (float, n);

  if (!mode->training)
    return;
  nn_dropout_mask (nn_dropout_key (mode->seed, mode->step, ordinal, mode->row), spec->rate, 0,
                   (guint) n, mask);
  for (gsize i = 0; i < n; i++)
    y[i] *= (double) mask[i];
}

static void
run_layer (const NnLayerSpec *spec,
           const NnShape *in,
           const NnShape *out,
           const double *params,
           const double *x,
           double *y)
{
  switch (spec->kind)
    {
    case NN_LAYER_DENSE:
      dense (in, out, params, x, y);
      break;
    case NN_LAYER_CONV2D:
      convolution (spec, in, out, params, x, y);
      break;
    case NN_LAYER_MAXPOOL2D:
    case NN_LAYER_AVGPOOL2D:
      pool (spec, in, out, x, y);
      break;
    case NN_LAYER_RELU:
    case NN_LAYER_LEAKY_RELU:
    case NN_LAYER_GELU:
    case NN_LAYER_SIGMOID:
    case NN_LAYER_TANH:
      for (gsize i = 0; i < nn_shape_size (in); i++)
        y[i] = naive_activation ((NnActivation) (spec->kind - NN_LAYER_RELU), x[i]);
      break;
    case NN_LAYER_FLATTEN:
    case NN_LAYER_DROPOUT:
      memcpy (y, x, nn_shape_size (in) * sizeof (double));
      break;
    case NN_N_LAYER_KINDS:
    default:
      g_assert_not_reached ();
    }
}

void
reference_logits (const NnArchitecture *arch,
                  const double *params,
                  const double *x,
                  const ReferenceMode *mode,
                  double *logits)
{
  NnShape shapes[NN_MAX_LAYERS + 1];
  g_autofree double *in = NULL;
  guint n_dropout = 0;

  g_assert_true (nn_architecture_get_shapes (arch, shapes, NULL, NULL));
  in = g_memdup2 (x, nn_shape_size (&shapes[0]) * sizeof (double));
  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NnLayerSpec *spec = &arch->layers[l];
      const gsize n = nn_shape_size (&shapes[l + 1]);
      double *out = g_new0 (double, n);
      NnLayerSizes sizes = { 0 };

      run_layer (spec, &shapes[l], &shapes[l + 1], params, in, out);
      if (spec->kind == NN_LAYER_DROPOUT)
        dropout (spec, n, n_dropout++, mode, out);
      if (nn_layer_kind (spec->kind)->sizes != NULL)
        nn_layer_kind (spec->kind)->sizes (spec, &shapes[l], &sizes);
      params += (gsize) sizes.n_out * ((gsize) sizes.n_in + 1);
      g_free (in);
      in = out;
    }
  memcpy (logits, in, nn_shape_size (&shapes[arch->n_layers]) * sizeof (double));
}
