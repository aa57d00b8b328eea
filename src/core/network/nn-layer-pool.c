/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nn-layer.h"

#include <glib/gi18n-lib.h>
#include "nn-window.h"

/* Pooling: the largest or the mean value under each place of a window, channel by channel. Places
 * that would reach beyond the image are left out, as in PyTorch. */

static gboolean
check (const NnLayerSpec *spec, const NnShape *in, NnShape *out, GError **error)
{
  if (spec->padding != 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, _ ("a pooling layer has no padding"));
      return FALSE;
    }
  return nn_window_check (spec, _ ("a pooling layer"), in, in->channels, out, error);
}

/* The first value of the window at output place (@r, @c), in a channel of an image @width wide. */
static gsize
window_start (const NnLayerPass *pass, guint r, guint c)
{
  return (gsize) r * pass->spec->stride * pass->in.width + (gsize) c * pass->spec->stride;
}

/* For backward: where in its channel each largest value was. */
static gsize
max_kept (const NnLayerSpec *spec, const NnShape *in, const NnShape *out)
{
  return nn_shape_size (out);
}

static void
max_forward (const NnLayerPass *pass, const float *x, float *y, gsize n)
{
  const gsize n_images = n * pass->in.channels;
  const gsize size = (gsize) pass->in.height * pass->in.width;
  guint32 *best = (guint32 *) (void *) pass->kept;

  for (gsize i = 0; i < n_images; i++, x += size)
    for (guint r = 0; r < pass->out.height; r++)
      for (guint c = 0; c < pass->out.width; c++)
        {
          const gsize start = window_start (pass, r, c);
          gsize at = start;

          /* The first of equal values wins. */
          for (guint u = 0; u < pass->spec->kernel[0]; u++)
            for (guint v = 0; v < pass->spec->kernel[1]; v++)
              if (x[start + u * pass->in.width + v] > x[at])
                at = start + u * pass->in.width + v;
          *best++ = (guint32) at;
          *y++ = x[at];
        }
}

static void
max_backward (
    const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n)
{
  const gsize n_images = n * pass->in.channels;
  const gsize size = (gsize) pass->in.height * pass->in.width;
  const gsize places = (gsize) pass->out.height * pass->out.width;
  const guint32 *best = (const guint32 *) (const void *) pass->kept;

  if (dx == NULL)
    return;
  memset (dx, 0, n_images * size * sizeof (float));
  /* y = x[best]: dx[best] += dy */
  for (gsize i = 0; i < n_images; i++, dx += size)
    for (gsize p = 0; p < places; p++)
      dx[*best++] += *dy++;
}

static void
mean_forward (const NnLayerPass *pass, const float *x, float *y, gsize n)
{
  const gsize n_images = n * pass->in.channels;
  const gsize size = (gsize) pass->in.height * pass->in.width;
  const float scale = 1.0f / (float) (pass->spec->kernel[0] * pass->spec->kernel[1]);

  for (gsize i = 0; i < n_images; i++, x += size)
    for (guint r = 0; r < pass->out.height; r++)
      for (guint c = 0; c < pass->out.width; c++)
        {
          const float *start = x + window_start (pass, r, c);
          float sum = 0;

          for (guint u = 0; u < pass->spec->kernel[0]; u++)
            for (guint v = 0; v < pass->spec->kernel[1]; v++)
              sum += start[u * pass->in.width + v];
          *y++ = scale * sum;
        }
}

static void
mean_backward (
    const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n)
{
  const gsize n_images = n * pass->in.channels;
  const gsize size = (gsize) pass->in.height * pass->in.width;
  const float scale = 1.0f / (float) (pass->spec->kernel[0] * pass->spec->kernel[1]);

  if (dx == NULL)
    return;
  memset (dx, 0, n_images * size * sizeof (float));
  /* y = scale sum of x: dx += scale dy */
  for (gsize i = 0; i < n_images; i++, dx += size)
    for (guint r = 0; r < pass->out.height; r++)
      for (guint c = 0; c < pass->out.width; c++, dy++)
        {
          float *start = dx + window_start (pass, r, c);

          for (guint u = 0; u < pass->spec->kernel[0]; u++)
            for (guint v = 0; v < pass->spec->kernel[1]; v++)
              start[u * pass->in.width + v] += scale * *dy;
        }
}

static void
describe (const NnLayerSpec *spec, GString *text)
{
  g_string_append_printf (text, "%s%u", spec->kind == NN_LAYER_MAXPOOL2D ? "pool" : "avgpool",
                          spec->kernel[0]);
  if (spec->kernel[1] != spec->kernel[0])
    g_string_append_printf (text, "x%u", spec->kernel[1]);
  nn_window_describe_step (spec, spec->kernel[0], text);
}

/* The sides of the window, and its stride where that is not its height. */
static gboolean
parse_window (const char *word, const char *prefix, NnLayerSpec *spec)
{
  if (!g_str_has_prefix (word, prefix))
    return FALSE;
  word += strlen (prefix);
  if (!nn_layer_parse_number (&word, &spec->kernel[0]))
    return FALSE;
  spec->kernel[1] = spec->kernel[0];
  if (*word == 'x' && (++word, !nn_layer_parse_number (&word, &spec->kernel[1])))
    return FALSE;
  return nn_window_parse_step (word, spec->kernel[0], spec);
}

/* "pool2", "pool3x2", "pool3s2" */
static gboolean
parse_max (const char *word, NnLayerSpec *spec)
{
  return parse_window (word, "pool", spec);
}

/* "avgpool2" */
static gboolean
parse_mean (const char *word, NnLayerSpec *spec)
{
  return parse_window (word, "avgpool", spec);
}

const NnLayerKind nn_layer_maxpool2d = {
  .name = "maxpool2d",
  .check = check,
  .kept = max_kept,
  .forward = max_forward,
  .backward = max_backward,
  .describe = describe,
  .parse = parse_max,
};

const NnLayerKind nn_layer_avgpool2d = {
  .name = "avgpool2d",
  .check = check,
  .forward = mean_forward,
  .backward = mean_backward,
  .describe = describe,
  .parse = parse_mean,
};
