/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nn-blas.h"

#include <glib/gi18n-lib.h>
#include "nn-layer.h"

/* Fully connected: y = x W^T + b, W [n_out, n_in]. */

static gboolean
check (const NnLayerSpec *spec, const NnShape *in, NnShape *out, GError **error)
{
  if (spec->units < 1 || spec->units > NN_MAX_WIDTH)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("a dense layer of %u units: it may have 1 to %d"), spec->units, NN_MAX_WIDTH);
      return FALSE;
    }
  if (!nn_shape_is_flat (in))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("a dense layer reads a vector, and the layer before it gives an image of "
                      "%u x %u x %u: put a flatten layer between them"),
                   in->channels, in->height, in->width);
      return FALSE;
    }
  *out = (NnShape){ spec->units, 1, 1 };
  return TRUE;
}

static void
sizes (const NnLayerSpec *spec, const NnShape *in, NnLayerSizes *sizes)
{
  *sizes = (NnLayerSizes){ spec->units, in->channels, spec->units };
}

static void
forward (const NnLayerPass *pass, const float *x, float *y, gsize n)
{
  const gsize n_in = pass->in.channels, n_out = pass->out.channels;

  for (gsize i = 0; i < n; i++)
    memcpy (y + i * n_out, pass->bias, n_out * sizeof (float));
  /* y = x W^T + b */
  nn_sgemm (FALSE, TRUE, n, n_out, n_in, 1, x, n_in, pass->weight, n_in, 1, y, n_out);
}

static void
backward (
    const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n)
{
  const gsize n_in = pass->in.channels, n_out = pass->out.channels;

  /* y = x W^T + b: dW = dy^T x, db = sum of dy, dx = dy W */
  if (pass->dweight != NULL)
    {
      nn_sgemm (TRUE, FALSE, n_out, n_in, n, 1, dy, n_out, x, n_in, 1, pass->dweight, n_in);
      for (gsize i = 0; i < n; i++)
        for (gsize u = 0; u < n_out; u++)
          pass->dbias[u] += dy[i * n_out + u];
    }
  if (dx != NULL)
    nn_sgemm (FALSE, FALSE, n, n_in, n_out, 1, dy, n_out, pass->weight, n_in, 0, dx, n_in);
}

static void
describe (const NnLayerSpec *spec, GString *text)
{
  g_string_append_printf (text, "%u", spec->units);
}

/* "128" */
static gboolean
parse (const char *word, NnLayerSpec *spec)
{
  return nn_layer_parse_number (&word, &spec->units) && *word == '\0';
}

const NnLayerKind nn_layer_dense = {
  .name = "dense",
  .check = check,
  .sizes = sizes,
  .forward = forward,
  .backward = backward,
  .describe = describe,
  .parse = parse,
};
