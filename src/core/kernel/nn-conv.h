/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to core: a convolution, a rectifier and a max pooling as one pass over a sample.
 *
 *   z[o, r, c] = b[o] + sum over i, u, v of W[o, i, u, v] x[i, r s + u - p, c s + v - p]
 *   y[o, r, c] = f (the largest z under the window of the pooling),  f (z) = z > 0 ? z : slope z
 *
 * Few rows of z exist at a time, in the nearest cache. Of each window of the pooling the place of
 * the largest z is kept. Its gradient alone is not zero, so that the backward pass adds up only
 * what these places give: a quarter of the products after a pooling of 2 x 2.
 *
 * Inside, an image is stored [height + 2 p, width + 2 p, channels], with its padding: a row of the
 * window is then one run of values, for any stride. Vectors run along the output channels in the
 * forward pass and along the rows of the window in the backward pass. */

/* How it is computed. */
typedef enum
{
  NN_CONV_BASELINE,
  NN_CONV_AVX2,
  NN_CONV_AVX512,
  NN_N_CONV_KERNELS,
} NnConvKernel;

/* Whether this processor, the system and the compiler have what the kernel needs. */
gboolean nn_conv_kernel_is_supported (NnConvKernel kernel);

/* The one that is fastest for @n_out output channels, of those that are supported. */
NnConvKernel nn_conv_kernel_for (guint n_out);

/**
 * NnConvShape:
 * @channels: @height: @width: of the input
 * @n_out: channels of the output
 * @window: height and width of the window, with @stride and @padding
 * @pool: height and width of the window of the pooling, with @pool_stride; 1 x 1 with stride 1
 *   for none
 * @slope: of the rectifier below zero: 0 for ReLU, 1 for no rectifier; at least 0
 */
typedef struct
{
  guint channels, height, width;
  guint n_out;
  guint window[2], stride, padding;
  guint pool[2], pool_stride;
  float slope;
} NnConvShape;

/**
 * NnConv:
 * @height: @width: of the output, after the pooling
 * @row: floats of a row of the input with its padding
 * @x_size: floats of an input with its padding, and of what vectors may read beyond it
 * @n_winners: floats that the forward pass keeps for the backward pass
 * @packed_size: @scratch_size: floats of the packed parameters and of the working memory
 * @gradient_size: floats of the gradient of the parameters, packed
 */
typedef struct
{
  NnConvShape shape;
  NnConvKernel kernel;
  guint lanes; /* floats of a vector */
  guint height, width;
  gsize row;
  gsize x_size;
  gsize n_winners;
  gsize packed_size, gradient_size, scratch_size;
  /*< private >*/
  guint z_width;   /* places of a row of z that the pooling reads */
  guint z_stride;  /* n_out rounded up to whole vectors */
  guint run;       /* floats of a row of the window */
  guint n_vectors; /* of a row of the window, the last one filled up */
  guint n_pieces;  /* vectors of the whole window */
  gsize wide;      /* where the parameters for the backward pass begin */
} NnConv;

/* Where the values of an output are: that of channel o at row r and column c is at
 * start + r row + c column + o channel. */
typedef struct
{
  gsize start, row, column, channel;
} NnConvView;

/* The shape must be valid: the windows fit into what they read. */
void nn_conv_init (NnConv *conv, const NnConvShape *shape, NnConvKernel kernel);

/* An output as [channels, height, width], and as the padded input of @next. */
NnConvView nn_conv_view_plain (const NnConv *conv);
NnConvView nn_conv_view_next (const NnConv *next);

/* @weight: [n_out, channels, window]; @bias: [n_out]; @packed: [packed_size], zero before the first
 * use */
void nn_conv_pack (const NnConv *conv, const float *weight, const float *bias, float *packed);

/* Adds the gradient of nn_conv_backward() to @dweight and @dbias, laid out as the parameters. */
void
nn_conv_unpack_gradient (const NnConv *conv, const float *gradient, float *dweight, float *dbias);

/* One sample [channels, height, width] into its padded form and back. @x: [x_size], zero before
 * the first use */
void nn_conv_pad (const NnConv *conv, const float *image, float *x);
void nn_conv_unpad (const NnConv *conv, const float *x, float *image);

/**
 * nn_conv_forward:
 * @x: [x_size]
 * @y: (out): one output, in the places of @view
 * @winners: (out): [n_winners]
 * @scratch: [scratch_size], aligned to NN_ALIGN
 */
void nn_conv_forward (const NnConv *conv,
                      const float *packed,
                      const float *x,
                      const NnConvView *view,
                      float *y,
                      guint32 *winners,
                      float *scratch);

/**
 * nn_conv_backward:
 * @dy: the gradient at the output, in the places of @view
 * @gradient: (nullable): [gradient_size] is added to
 * @dx: (out) (nullable): [x_size]
 */
void nn_conv_backward (const NnConv *conv,
                       const float *packed,
                       const float *x,
                       const guint32 *winners,
                       const NnConvView *view,
                       const float *dy,
                       float *gradient,
                       float *dx,
                       float *scratch);

G_END_DECLS
