/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nn-layer.h"

#include <glib/gi18n-lib.h>

/* An image as a vector: channel after channel, row after row. The values stay where they are. */

static gboolean
check (const NnLayerSpec *spec, const NnShape *in, NnShape *out, GError **error)
{
  if (nn_shape_size (in) > NN_MAX_WIDTH)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("an image of %u x %u x %u has more than the %d values that a vector may "
                      "have"),
                   in->channels, in->height, in->width, NN_MAX_WIDTH);
      return FALSE;
    }
  *out = (NnShape){ (guint) nn_shape_size (in), 1, 1 };
  return TRUE;
}

static void
forward (const NnLayerPass *pass, const float *x, float *y, gsize n)
{
  memcpy (y, x, n * nn_shape_size (&pass->in) * sizeof (float));
}

static void
backward (
    const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n)
{
  /* y = x: dx = dy */
  if (dx != NULL)
    memcpy (dx, dy, n * nn_shape_size (&pass->in) * sizeof (float));
}

static void
describe (const NnLayerSpec *spec, GString *text)
{
  g_string_append (text, "flatten");
}

static gboolean
parse (const char *word, NnLayerSpec *spec)
{
  return g_str_equal (word, "flatten");
}

const NnLayerKind nn_layer_flatten = {
  .name = "flatten",
  .check = check,
  .forward = forward,
  .backward = backward,
  .describe = describe,
  .parse = parse,
};
