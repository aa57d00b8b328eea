/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-layer-dropout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-layer.h"
#include "nn-random.h"
#include "nn-simd.h"

guint64
nn_dropout_key (guint64 seed, guint64 step, guint layer, gsize row)
{
  NnRandom random;

  nn_random_init_stream (&random, seed, step, (guint64) row << 8 | layer);
  return nn_random_next (&random);
}

NN_CLONES void
nn_dropout_mask (guint64 key, double probability, guint first, guint n, float *mask)
{
  guint32 low = (guint32) key, high = (guint32) (key >> 32);
  guint32 threshold = (guint32) (probability * 0x1p32);
  float keep = (float) (1 / (1 - probability));

  for (guint i = 0; i < n; i++)
    mask[i] = nn_mix (((first + i) * 0x9e3779b9u + low) ^ high) < threshold ? 0 : keep;
}

static gboolean
check (const NnLayerSpec *spec, const NnShape *in, NnShape *out, GError **error)
{
  /* Written so that NaN is out of the range. */
  if (!(spec->rate >= 0 && spec->rate < 1))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("a dropout layer with the probability %g: it must be at least 0 and below 1"),
                   spec->rate);
      return FALSE;
    }
  *out = *in;
  return TRUE;
}

/* For backward: each sample's mask. */
static gsize
kept (const NnLayerSpec *spec, const NnShape *in, const NnShape *out)
{
  return nn_shape_size (in);
}

static void
forward (const NnLayerPass *pass, const float *x, float *y, gsize n)
{
  const gsize size = nn_shape_size (&pass->in);

  if (!pass->training)
    {
      memcpy (y, x, n * size * sizeof (float));
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      const guint64 key =
          nn_dropout_key (pass->seed, pass->step, pass->dropout, pass->first_row + i);

      nn_dropout_mask (key, pass->spec->rate, 0, (guint) size, pass->kept + i * size);
    }
  for (gsize i = 0; i < n * size; i++)
    y[i] = x[i] * pass->kept[i];
}

static void
backward (
    const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n)
{
  const gsize size = n * nn_shape_size (&pass->in);

  if (dx == NULL)
    return;
  /* y = mask x: dx = mask dy; outside of training the mask is 1 */
  if (pass->training)
    for (gsize i = 0; i < size; i++)
      dx[i] = dy[i] * pass->kept[i];
  else
    memcpy (dx, dy, size * sizeof (float));
}

/* Enough for the 17 digits of a double that is at least MIN_RATE. */
#define MAX_DECIMALS 27
/* A smaller probability never drops anything: see the threshold in nn_dropout_mask(). */
#define MIN_RATE 0x1p-32

static void
describe (const NnLayerSpec *spec, GString *text)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE], format[8];

  /* As few digits as give the same number again; never an exponent, whose sign would look like the
   * end of the word. */
  for (int decimals = 1; decimals <= MAX_DECIMALS; decimals++)
    {
      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (number, sizeof number, format, spec->rate);
      if (g_ascii_strtod (number, NULL) == spec->rate)
        break;
    }
  g_string_append_printf (text, "dropout%s", number);
}

/* "dropout0.5" */
static gboolean
parse (const char *word, NnLayerSpec *spec)
{
  char *end;

  if (!g_str_has_prefix (word, "dropout") || !g_ascii_isdigit (word[strlen ("dropout")]))
    return FALSE;
  spec->rate = g_ascii_strtod (word + strlen ("dropout"), &end);
  if (spec->rate < MIN_RATE)
    spec->rate = 0;
  return *end == '\0';
}

const NnLayerKind nn_layer_dropout = {
  .name = "dropout",
  .check = check,
  .kept = kept,
  .forward = forward,
  .backward = backward,
  .describe = describe,
  .parse = parse,
};
