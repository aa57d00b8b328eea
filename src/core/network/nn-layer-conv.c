/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nn-blas.h"

#include <glib/gi18n-lib.h>
#include "nn-layer.h"
#include "nn-window.h"

/* Convolution (cross-correlation, as in PyTorch): y[o, r, c] = b[o] + sum over i, u, v of
 * W[o, i, u, v] x[i, r s + u - p, c s + v - p], with stride s and zero padding p.
 *
 * As a matrix product (Chellapilla, Puri, Simard 2006): the values under each place of the window
 * become a column, columns [in channels * kernel height * kernel width, places]. */

static gboolean
check (const NnLayerSpec *spec, const NnShape *in, NnShape *out, GError **error)
{
  if (spec->units < 1 || spec->units > NN_MAX_WIDTH)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("a convolution with %u channels: it may have 1 to %d"), spec->units,
                   NN_MAX_WIDTH);
      return FALSE;
    }
  return nn_window_check (spec, _ ("a convolution"), in, spec->units, out, error);
}

static gsize
column_length (const NnLayerSpec *spec, const NnShape *in)
{
  return (gsize) in->channels * spec->kernel[0] * spec->kernel[1];
}

static void
sizes (const NnLayerSpec *spec, const NnShape *in, NnLayerSizes *sizes)
{
  *sizes = (NnLayerSizes){ spec->units, (guint) column_length (spec, in),
                           spec->units * spec->kernel[0] * spec->kernel[1] };
}

/* The columns of one sample, and their gradient. */
static gsize
scratch (const NnLayerSpec *spec, const NnShape *in, const NnShape *out)
{
  return 2 * column_length (spec, in) * out->height * out->width;
}

/* The rows of an image that are under row @u of the window, for one row of the columns: output
 * places [*first, *last) lie inside of the image. */
static void
inside (guint n_out, guint n_in, guint stride, guint padding, guint u, guint *first, guint *last)
{
  /* 0 <= r stride + u - padding < n_in */
  *first = u >= padding ? 0 : (padding - u + stride - 1) / stride;
  *last = n_in + padding > u ? (n_in + padding - u + stride - 1) / stride : 0;
  *last = MIN (*last, n_out);
  *first = MIN (*first, *last);
}

/* x [channels, height, width] to columns [channels * kernel, places]. */
static void
gather_columns (const NnLayerPass *pass, const float *x, float *columns)
{
  const NnLayerSpec *spec = pass->spec;
  const guint stride = spec->stride, height = pass->out.height, width = pass->out.width;

  for (guint channel = 0; channel < pass->in.channels; channel++)
    for (guint u = 0; u < spec->kernel[0]; u++)
      for (guint v = 0; v < spec->kernel[1]; v++, columns += (gsize) height * width)
        {
          guint r0, r1, c0, c1;

          inside (height, pass->in.height, stride, spec->padding, u, &r0, &r1);
          inside (width, pass->in.width, stride, spec->padding, v, &c0, &c1);
          if (spec->padding > 0)
            memset (columns, 0, (gsize) height * width * sizeof (float));
          for (guint r = r0; r < r1; r++)
            {
              const gsize row = (gsize) channel * pass->in.height + r * stride + u - spec->padding;
              const float *from = x + row * pass->in.width;

              for (guint c = c0; c < c1; c++)
                columns[(gsize) r * width + c] = from[c * stride + v - spec->padding];
            }
        }
}

/* The transpose of gather_columns(): adds each column's values to where they came from. */
static void
scatter_columns (const NnLayerPass *pass, const float *columns, float *dx)
{
  const NnLayerSpec *spec = pass->spec;
  const guint stride = spec->stride, height = pass->out.height, width = pass->out.width;

  memset (dx, 0, nn_shape_size (&pass->in) * sizeof (float));
  for (guint channel = 0; channel < pass->in.channels; channel++)
    for (guint u = 0; u < spec->kernel[0]; u++)
      for (guint v = 0; v < spec->kernel[1]; v++, columns += (gsize) height * width)
        {
          guint r0, r1, c0, c1;

          inside (height, pass->in.height, stride, spec->padding, u, &r0, &r1);
          inside (width, pass->in.width, stride, spec->padding, v, &c0, &c1);
          for (guint r = r0; r < r1; r++)
            {
              const gsize row = (gsize) channel * pass->in.height + r * stride + u - spec->padding;
              float *to = dx + row * pass->in.width;

              for (guint c = c0; c < c1; c++)
                to[c * stride + v - spec->padding] += columns[(gsize) r * width + c];
            }
        }
}

static void
forward (const NnLayerPass *pass, const float *x, float *y, gsize n)
{
  const gsize n_out = pass->out.channels, places = (gsize) pass->out.height * pass->out.width;
  const gsize length = column_length (pass->spec, &pass->in);

  for (gsize i = 0; i < n; i++, x += nn_shape_size (&pass->in), y += n_out * places)
    {
      for (gsize o = 0; o < n_out; o++)
        for (gsize p = 0; p < places; p++)
          y[o * places + p] = pass->bias[o];
      gather_columns (pass, x, pass->scratch);
      /* y = W columns + b */
      nn_sgemm (FALSE, FALSE, n_out, places, length, 1, pass->weight, length, pass->scratch, places,
                1, y, places);
    }
}

static void
backward (
    const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n)
{
  const gsize n_out = pass->out.channels, places = (gsize) pass->out.height * pass->out.width;
  const gsize length = column_length (pass->spec, &pass->in), size = nn_shape_size (&pass->in);
  float *columns = pass->scratch, *dcolumns = pass->scratch + length * places;

  for (gsize i = 0; i < n; i++, dy += n_out * places)
    {
      /* y = W columns + b: dW = dy columns^T, db = sum of dy, dcolumns = W^T dy */
      if (pass->dweight != NULL)
        {
          gather_columns (pass, x + i * size, columns);
          nn_sgemm (FALSE, TRUE, n_out, length, places, 1, dy, places, columns, places, 1,
                    pass->dweight, length);
          for (gsize o = 0; o < n_out; o++)
            for (gsize p = 0; p < places; p++)
              pass->dbias[o] += dy[o * places + p];
        }
      if (dx != NULL)
        {
          nn_sgemm (TRUE, FALSE, length, places, n_out, 1, pass->weight, length, dy, places, 0,
                    dcolumns, places);
          scatter_columns (pass, dcolumns, dx + i * size);
        }
    }
}

static void
describe (const NnLayerSpec *spec, GString *text)
{
  g_string_append_printf (text, "conv%ux%ux%u", spec->kernel[0], spec->kernel[1], spec->units);
  nn_window_describe_step (spec, 1, text);
}

/* "conv5x5x8", "conv3x3x32s2p1": height and width of the window, channels, stride, padding */
static gboolean
parse (const char *word, NnLayerSpec *spec)
{
  return g_str_has_prefix (word, "conv") && (word += strlen ("conv")) &&
         nn_layer_parse_number (&word, &spec->kernel[0]) && *word++ == 'x' &&
         nn_layer_parse_number (&word, &spec->kernel[1]) && *word++ == 'x' &&
         nn_layer_parse_number (&word, &spec->units) && nn_window_parse_step (word, 1, spec);
}

const NnLayerKind nn_layer_conv2d = {
  .name = "conv2d",
  .check = check,
  .sizes = sizes,
  .scratch = scratch,
  .forward = forward,
  .backward = backward,
  .describe = describe,
  .parse = parse,
};
