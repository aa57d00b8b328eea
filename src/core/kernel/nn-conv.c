/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-conv.h"

#include <string.h>

#include "nn-simd.h"

/* The kernels choose by a switch, which the sanitizers allow. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define HAS_X86
#endif

/* Sums that stay in registers: places of z times vectors of output channels. */
#define MAX_PLACES 8
/* Vectors of a window that are summed together in the backward pass. */
#define MAX_PIECES 8

/* The arguments of nn_conv_backward(). */
typedef struct
{
  const float *w; /* [n_out, pieces] */
  const float *x;
  const guint32 *winners;
  const NnConvView *view;
  const float *dy;
  float *gradient;
  float *dx;
} NnConvBackward;

#define LEVEL(name) name##_baseline
#define TARGET
#define LANES 4
#define VECTOR NnVec4
#define MAX_VECTORS 2
#define WIDE_PLACES 5
#include "nn-conv-kernels.h"

#ifdef HAS_X86
#define LEVEL(name) name##_avx2
#define TARGET __attribute__ ((target ("arch=x86-64-v3")))
#define LANES 8
#define VECTOR NnVec8
#define MAX_VECTORS 2
#define WIDE_PLACES 6
#include "nn-conv-kernels.h"

#define LEVEL(name) name##_avx512
#define TARGET __attribute__ ((target ("arch=x86-64-v4")))
#define LANES 16
#define VECTOR NnVec16
#define MAX_VECTORS 4
#define WIDE_PLACES 6
#include "nn-conv-kernels.h"
#endif

gboolean
nn_conv_kernel_is_supported (NnConvKernel kernel)
{
#ifdef HAS_X86
  __builtin_cpu_init ();
  if (kernel == NN_CONV_AVX512)
    return __builtin_cpu_supports ("x86-64-v4") != 0;
  if (kernel == NN_CONV_AVX2)
    return __builtin_cpu_supports ("x86-64-v3") != 0;
#endif
  return kernel == NN_CONV_BASELINE;
}

static NnConvKernel
best_kernel (void)
{
  static int kept = -1;
  int kernel = __atomic_load_n (&kept, __ATOMIC_RELAXED);

  if (kernel >= 0)
    return (NnConvKernel) kernel;
  for (kernel = NN_N_CONV_KERNELS - 1; !nn_conv_kernel_is_supported ((NnConvKernel) kernel);)
    kernel--;
  __atomic_store_n (&kept, kernel, __ATOMIC_RELAXED);
  return (NnConvKernel) kernel;
}

NnConvKernel
nn_conv_kernel_for (guint n_out)
{
  const NnConvKernel kernel = best_kernel ();

  /* Few channels would leave half of a longer vector empty. */
  return kernel == NN_CONV_AVX512 && n_out <= 8 ? NN_CONV_AVX2 : kernel;
}

void
nn_conv_init (NnConv *conv, const NnConvShape *shape, NnConvKernel kernel)
{
  const guint padded_height = shape->height + 2 * shape->padding;
  const guint padded_width = shape->width + 2 * shape->padding;
  const guint height = (padded_height - shape->window[0]) / shape->stride + 1;
  const guint width = (padded_width - shape->window[1]) / shape->stride + 1;
  gsize places;

  *conv = (NnConv){ .shape = *shape, .kernel = kernel };
  conv->lanes = kernel == NN_CONV_AVX512 ? 16 : kernel == NN_CONV_AVX2 ? 8 : 4;
  conv->height = (height - shape->pool[0]) / shape->pool_stride + 1;
  conv->width = (width - shape->pool[1]) / shape->pool_stride + 1;
  conv->z_width = (conv->width - 1) * shape->pool_stride + shape->pool[1];
  conv->z_stride = (shape->n_out + conv->lanes - 1) / conv->lanes * conv->lanes;
  conv->row = (gsize) padded_width * shape->channels;
  conv->x_size = padded_height * conv->row + conv->lanes;
  conv->run = shape->window[1] * shape->channels;
  conv->n_vectors = (conv->run + conv->lanes - 1) / conv->lanes;
  conv->n_pieces = shape->window[0] * conv->n_vectors;
  places = (gsize) conv->height * conv->width;
  conv->n_winners = places * conv->z_stride;
  conv->wide = ((gsize) shape->window[0] * conv->run + 1) * conv->z_stride;
  conv->gradient_size = (gsize) shape->n_out * (conv->n_pieces * conv->lanes + 1);
  conv->packed_size = conv->wide + conv->gradient_size;
  /* Some rows of z, or the list of the places of one channel: offsets and values. */
  conv->scratch_size = MAX ((gsize) shape->pool[0] * conv->z_width * conv->z_stride, 2 * places);
}

NnConvView
nn_conv_view_plain (const NnConv *conv)
{
  return (
      NnConvView){ .row = conv->width, .column = 1, .channel = (gsize) conv->height * conv->width };
}

NnConvView
nn_conv_view_next (const NnConv *next)
{
  const guint padding = next->shape.padding, channels = next->shape.channels;

  return (NnConvView){ .start = padding * next->row + (gsize) padding * channels,
                       .row = next->row,
                       .column = channels,
                       .channel = 1 };
}

/* Where weight [o, channel, u, v] is in the packed gradient, and after conv->wide in the packed
 * parameters. */
static gsize
wide_index (const NnConv *conv, guint o, guint channel, guint u, guint v)
{
  return (gsize) o * conv->n_pieces * conv->lanes + (gsize) u * conv->n_vectors * conv->lanes +
         (gsize) v * conv->shape.channels + channel;
}

void
nn_conv_pack (const NnConv *conv, const float *weight, const float *bias, float *packed)
{
  const NnConvShape *shape = &conv->shape;

  for (guint o = 0; o < shape->n_out; o++)
    for (guint channel = 0; channel < shape->channels; channel++)
      for (guint u = 0; u < shape->window[0]; u++)
        for (guint v = 0; v < shape->window[1]; v++)
          {
            const gsize k = (gsize) u * conv->run + (gsize) v * shape->channels + channel;

            packed[k * conv->z_stride + o] = *weight;
            packed[conv->wide + wide_index (conv, o, channel, u, v)] = *weight++;
          }
  memcpy (packed + conv->wide - conv->z_stride, bias, shape->n_out * sizeof (float));
}

void
nn_conv_unpack_gradient (const NnConv *conv, const float *gradient, float *dweight, float *dbias)
{
  const NnConvShape *shape = &conv->shape;

  for (guint o = 0; o < shape->n_out; o++)
    for (guint channel = 0; channel < shape->channels; channel++)
      for (guint u = 0; u < shape->window[0]; u++)
        for (guint v = 0; v < shape->window[1]; v++)
          *dweight++ += gradient[wide_index (conv, o, channel, u, v)];
  gradient += (gsize) shape->n_out * conv->n_pieces * conv->lanes;
  for (guint o = 0; o < shape->n_out; o++)
    dbias[o] += gradient[o];
}

void
nn_conv_pad (const NnConv *conv, const float *image, float *x)
{
  const NnConvShape *shape = &conv->shape;
  const NnConvView view = nn_conv_view_next (conv);

  for (guint channel = 0; channel < shape->channels; channel++)
    for (guint r = 0; r < shape->height; r++, image += shape->width)
      {
        float *to = x + view.start + r * view.row + channel;

        if (shape->channels == 1)
          memcpy (to, image, shape->width * sizeof (float));
        else
          for (guint c = 0; c < shape->width; c++)
            to[c * view.column] = image[c];
      }
}

void
nn_conv_unpad (const NnConv *conv, const float *x, float *image)
{
  const NnConvShape *shape = &conv->shape;
  const NnConvView view = nn_conv_view_next (conv);

  for (guint channel = 0; channel < shape->channels; channel++)
    for (guint r = 0; r < shape->height; r++)
      for (guint c = 0; c < shape->width; c++)
        *image++ = x[view.start + r * view.row + c * view.column + channel];
}

#ifdef HAS_X86
#define CALL_KERNEL(conv, name, ...) \
  switch ((conv)->kernel)            \
    {                                \
    case NN_CONV_AVX512:             \
      name##_avx512 (__VA_ARGS__);   \
      break;                         \
    case NN_CONV_AVX2:               \
      name##_avx2 (__VA_ARGS__);     \
      break;                         \
    case NN_CONV_BASELINE:           \
    case NN_N_CONV_KERNELS:          \
    default:                         \
      name##_baseline (__VA_ARGS__); \
      break;                         \
    }
#else
#define CALL_KERNEL(conv, name, ...) name##_baseline (__VA_ARGS__)
#endif

void
nn_conv_forward (const NnConv *conv,
                 const float *packed,
                 const float *x,
                 const NnConvView *view,
                 float *y,
                 guint32 *winners,
                 float *scratch)
{
  CALL_KERNEL (conv, conv_forward, conv, packed, x, view, y, winners, scratch);
}

void
nn_conv_backward (const NnConv *conv,
                  const float *packed,
                  const float *x,
                  const guint32 *winners,
                  const NnConvView *view,
                  const float *dy,
                  float *gradient,
                  float *dx,
                  float *scratch)
{
  const NnConvBackward pass = { packed + conv->wide, x, winners, view, dy, gradient, dx };

  if (dx != NULL)
    memset (dx, 0, conv->x_size * sizeof (float));
  CALL_KERNEL (conv, conv_backward, conv, &pass, scratch);
}
