/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-window.h"

#include <glib/gi18n-lib.h>

/* Places of a window of @kernel along @n values with @padding on both sides. */
static guint
n_places (guint n, guint kernel, guint stride, guint padding)
{
  return n + 2 * padding < kernel ? 0 : (n + 2 * padding - kernel) / stride + 1;
}

gboolean
nn_window_check (const NnLayerSpec *spec,
                 const char *what,
                 const NnShape *in,
                 guint channels,
                 NnShape *out,
                 GError **error)
{
  if (spec->kernel[0] < 1 || spec->kernel[0] > NN_MAX_KERNEL || spec->kernel[1] < 1 ||
      spec->kernel[1] > NN_MAX_KERNEL || spec->stride < 1 || spec->stride > NN_MAX_KERNEL ||
      spec->padding >= MIN (spec->kernel[0], spec->kernel[1]))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("%s with a window of %u x %u, stride %u and padding %u: sides and stride "
                      "may be 1 to %d, and the padding must be smaller than the window"),
                   what, spec->kernel[0], spec->kernel[1], spec->stride, spec->padding,
                   NN_MAX_KERNEL);
      return FALSE;
    }
  out->channels = channels;
  out->height = n_places (in->height, spec->kernel[0], spec->stride, spec->padding);
  out->width = n_places (in->width, spec->kernel[1], spec->stride, spec->padding);
  if (out->height == 0 || out->width == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("%s with a window of %u x %u does not fit into an image of %u x %u"), what,
                   spec->kernel[0], spec->kernel[1], in->height, in->width);
      return FALSE;
    }
  return TRUE;
}

void
nn_window_describe_step (const NnLayerSpec *spec, guint stride, GString *text)
{
  if (spec->stride != stride)
    g_string_append_printf (text, "s%u", spec->stride);
  if (spec->padding != 0)
    g_string_append_printf (text, "p%u", spec->padding);
}

gboolean
nn_window_parse_step (const char *text, guint stride, NnLayerSpec *spec)
{
  spec->stride = stride;
  spec->padding = 0;
  if (*text == 's' && (++text, !nn_layer_parse_number (&text, &spec->stride)))
    return FALSE;
  if (*text == 'p' && (++text, !nn_layer_parse_number (&text, &spec->padding)))
    return FALSE;
  return *text == '\0';
}
