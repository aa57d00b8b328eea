/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "nn-random.h"
#include "numeral-generate.h"
#include "numeral-suspects.h"
#include "repeat.h"

#define N REPEAT (2000, 800)

static gboolean
stop (gsize n_done, gsize n, gpointer data, GError **error)
{
  if (n_done < n / 4)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return FALSE;
}

/* Generated digits as pixels alone, which are distorted faster than strokes. */
static NnDataset *
make_digits (gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) drawn =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, 5, 0, NULL, NULL, NULL, &error);
  NnDataset *digits;

  g_assert_no_error (error);
  digits = nn_dataset_new_pixels (n, drawn->width, drawn->height, drawn->n_classes, &error);
  g_assert_no_error (error);
  memcpy (digits->pixels, drawn->pixels, n * drawn->n_features);
  memcpy (digits->labels, drawn->labels, n);
  return digits;
}

/* The labels that were changed are found, and first: also by networks that learn from so few
 * samples that they cannot read all others. */
static void
test_changed_labels (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) dataset = make_digits (N);
  g_autoptr (GArray) suspects = NULL;
  g_autofree guint8 *truth = g_memdup2 (dataset->labels, N);
  guint n_changed = 0, n_found = 0, n_first = 0, n_half;
  NnRandom random;

  nn_random_init (&random, 1);
  for (guint i = 0; i < N; i++)
    if (nn_random_below (&random, 50) == 0)
      {
        dataset->labels[i] =
            (guint8) ((dataset->labels[i] + 1 + nn_random_below (&random, 9)) % 10);
        n_changed++;
      }
  n_half = n_changed / 2;
  suspects = numeral_suspects_find (dataset, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (suspects->len, >=, n_half);
  for (guint i = 0; i < suspects->len; i++)
    {
      const NnSuspect *suspect = &g_array_index (suspects, NnSuspect, i);
      const gboolean changed = dataset->labels[suspect->index] != truth[suspect->index];

      n_found += changed;
      n_first += changed && i < n_half;
    }
  g_test_message ("%u changed, %u suspected, %u rightly; %u of the first %u", n_changed,
                  suspects->len, n_found, n_first, n_half);
  g_assert_cmpuint (n_found, >=, n_changed / 2);
  g_assert_cmpuint (n_first, >=, n_half * 6 / 10);
}

static void
test_stopped (void)
{
  const NnBulk bulk = { .progress = stop };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) dataset = make_digits (500);

  g_assert_null (numeral_suspects_find (dataset, &bulk, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suspects/changed-labels", test_changed_labels);
  g_test_add_func ("/suspects/stopped", test_stopped);
  return g_test_run ();
}
