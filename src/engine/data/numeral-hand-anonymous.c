/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-anonymous.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/random.h>

#include "ink-anonymous.h"
#include "numeral-fail.h"

/* A seed could be guessed, and the order before be computed from it. */
static gboolean
fill_random (guint64 *numbers, gsize n, GError **error)
{
  char *bytes = (char *) numbers;
  gsize left = n * sizeof *numbers;

  while (left > 0)
    {
      const gssize got = getrandom (bytes, left, 0);

      if (got < 0 && errno != EINTR)
        return numeral_fail_errno (error, errno, "%s", _ ("the system's random numbers"));
      if (got > 0)
        {
          bytes += got;
          left -= (gsize) got;
        }
    }
  return TRUE;
}

/* Fisher and Yates. The remainder of a number of 64 bits is as good as uniform. */
static gboolean
shuffle (GPtrArray *samples, GError **error)
{
  g_autofree guint64 *numbers = g_new (guint64, samples->len);

  if (!fill_random (numbers, samples->len, error))
    return FALSE;
  for (guint i = samples->len; i > 1; i--)
    {
      const guint j = (guint) (numbers[i - 1] % i);
      gpointer swap = samples->pdata[i - 1];

      samples->pdata[i - 1] = samples->pdata[j];
      samples->pdata[j] = swap;
    }
  return TRUE;
}

GPtrArray *
numeral_hand_anonymise (const GPtrArray *samples, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) shapes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);

  for (guint i = 0; i < samples->len; i++)
    {
      NumeralHandSample *sample = g_ptr_array_index (samples, i);
      g_autoptr (InkDrawing) shape = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (sample->damage != NULL)
        {
          g_ptr_array_add (shapes, numeral_hand_sample_ref (sample));
          continue;
        }
      shape = ink_drawing_anonymise (sample->drawing);
      g_ptr_array_add (shapes, numeral_hand_sample_new (shape, sample->label));
    }
  return shuffle (shapes, error) ? g_steal_pointer (&shapes) : NULL;
}
