/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-guess.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"

#define SIDE 28
/* With more convolutions than this there are too many places of poolings to try. */
#define MAX_IMAGES 8

/* One way in which the layers may be put together.
 * @padded: whether convolutions keep the size of an image
 * @window: of the poolings
 * @pools: bit i is set if there is one behind convolution i */
typedef struct
{
  gboolean padded;
  guint window, pools;
} Guess;

static guint
count_images (const GPtrArray *layers)
{
  guint n = 0;

  while (n < layers->len && numeral_model_layer_is_image (layers->pdata[n]))
    n++;
  return n;
}

static gsize
kernel_of (const NumeralModelLayer *layer, guint direction)
{
  return layer->weight->dims[(layer->transposed ? 0 : 2) + direction];
}

static guint
padding_of (const NumeralModelLayer *layer, const Guess *guess)
{
  return guess->padded ? (guint) (kernel_of (layer, 0) / 2) : 0;
}

/* The values that are left of an image of 28x28, all channels; 0 if it does not work. */
static gsize
measure (const GPtrArray *layers, guint n_images, const Guess *guess)
{
  gsize side[2] = { SIDE, SIDE };

  for (guint i = 0; i < n_images; i++)
    {
      const NumeralModelLayer *layer = layers->pdata[i];

      for (guint d = 0; d < 2; d++)
        {
          const gsize padded = side[d] + 2 * (gsize) padding_of (layer, guess);

          /* Half of an even window does not keep the size. */
          if (kernel_of (layer, d) == 0 || padded < kernel_of (layer, d) ||
              (guess->padded && kernel_of (layer, d) % 2 == 0))
            return 0;
          side[d] = padded - kernel_of (layer, d) + 1;
          if (guess->pools & 1u << i)
            side[d] /= guess->window;
        }
      if (side[0] == 0 || side[1] == 0 ||
          (guess->padded && kernel_of (layer, 0) != kernel_of (layer, 1)))
        return 0;
    }
  return side[0] * side[1] * numeral_model_layer_n_out (layers->pdata[n_images - 1]);
}

static void
append_images (GString *text, const GPtrArray *layers, guint n_images, const Guess *guess)
{
  g_string_append_printf (text, "%ux%u", SIDE, SIDE);
  for (guint i = 0; i < n_images; i++)
    {
      const NumeralModelLayer *layer = layers->pdata[i];
      const guint padding = padding_of (layer, guess);

      g_string_append_printf (text, "-conv%ux%ux%u", (guint) kernel_of (layer, 0),
                              (guint) kernel_of (layer, 1),
                              (guint) numeral_model_layer_n_out (layer));
      if (padding > 0)
        g_string_append_printf (text, "p%u", padding);
      if (guess->pools & 1u << i)
        g_string_append_printf (text, "-pool%u", guess->window);
    }
}

/* (transfer full) */
static char *
describe (const GPtrArray *layers, guint n_images, const Guess *guess)
{
  GString *text = g_string_new (NULL);

  if (n_images > 0)
    append_images (text, layers, n_images, guess);
  else
    g_string_append_printf (text, "%u", (guint) numeral_model_layer_n_in (layers->pdata[0]));
  for (guint i = n_images; i < layers->len; i++)
    g_string_append_printf (text, "-%u", (guint) numeral_model_layer_n_out (layers->pdata[i]));
  return g_string_free (text, FALSE);
}

/* Whether padding would change anything. */
static gboolean
has_windows (const GPtrArray *layers, guint n_images)
{
  for (guint i = 0; i < n_images; i++)
    if (kernel_of (layers->pdata[i], 0) > 1 || kernel_of (layers->pdata[i], 1) > 1)
      return TRUE;
  return FALSE;
}

/* Appends all ways with poolings of this window that leave @n values. */
static void
try_window (const GPtrArray *layers, guint n_images, guint window, gsize n, GPtrArray *found)
{
  const guint n_paddings = has_windows (layers, n_images) ? 2 : 1;

  for (guint padded = 0; padded < n_paddings; padded++)
    for (guint pools = 0; pools < 1u << n_images; pools++)
      {
        const Guess guess = { padded == 1, window, pools };

        if (measure (layers, n_images, &guess) == n)
          g_ptr_array_add (found, describe (layers, n_images, &guess));
      }
}

static char *
fail (const GPtrArray *found, gboolean from_values, gsize n, GError **error)
{
  const char *first = found->len > 0 ? found->pdata[0] : NULL;

  if (found->len > 1)
    numeral_fail (error, NN_ERROR_CONFIG,
                  _ ("the shapes fit %u networks, such as %s and %s; name the right one with "
                     "convert --architecture, or as “architecture” in __metadata__"),
                  found->len, first, (const char *) found->pdata[1]);
  else if (from_values)
    numeral_fail (error, NN_ERROR_CONFIG,
                  _ ("what is between the convolutions cannot be told from the %u values behind "
                     "them; name the network, such as 28x28-conv5x5x8-pool2-10, with convert "
                     "--architecture, or as “architecture” in __metadata__"),
                  (guint) n);
  else
    numeral_fail (error, NN_ERROR_CONFIG,
                  _ ("nothing tells what is between the convolutions; name the network, such as "
                     "28x28-conv5x5x8-pool2-10, with convert --architecture, or as “architecture” "
                     "in __metadata__"));
  return NULL;
}

char *
numeral_model_guess (const GPtrArray *layers, GError **error)
{
  const guint n_images = count_images (layers);
  const Guess none = { FALSE, 0, 0 };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  gsize n;

  if (n_images == 0)
    return describe (layers, 0, &none);
  if (n_images == layers->len || n_images > MAX_IMAGES)
    return fail (found, FALSE, 0, error);
  n = numeral_model_layer_n_in (layers->pdata[n_images]);
  for (guint window = 2; n > 0 && window <= 3 && found->len == 0; window++)
    try_window (layers, n_images, window, n, found);
  return found->len == 1 ? g_strdup (found->pdata[0]) : fail (found, TRUE, n, error);
}
