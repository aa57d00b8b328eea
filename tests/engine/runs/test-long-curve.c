/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The curves of long runs: exact in memory, read from the files of every version, and written as
 * text in pieces. */

#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "numeral-history-text.h"
#include "numeral-run-curve.h"

#define PER_EPOCH 10

/* (transfer full): @n minibatches from @first on. */
static GArray *
steps_of (const NumeralHistory *history, gsize first, gsize n)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));

  g_array_set_size (points, (guint) n);
  numeral_history_get_steps (history, first, n, (NumeralStepPoint *) (gpointer) points->data);
  return points;
}

/* A run of @n minibatches of 32, whose learning rate falls along a cosine. */
static GArray *
make_long (guint n)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));
  NnRandom random;

  nn_random_init (&random, 5);
  g_array_set_size (points, n);
  for (guint i = 0; i < n; i++)
    {
      const double x = (double) i / n;

      g_array_index (points, NumeralStepPoint, i) =
          (NumeralStepPoint){ (float) exp (-3 * x) * nn_random_range (&random, 0.5f, 2),
                              (float) nn_random_below (&random, 33) / 32,
                              (float) (0.0005 * (1 + cos (G_PI * x))) };
    }
  return points;
}

/* Every bit of every minibatch, after random additions, after cuts in the middle of a block, and
 * in copies; and in less than 9 bytes. */
static void
test_long (void)
{
  const guint n = 400000;
  g_autoptr (GArray) points = make_long (n);
  const NumeralStepPoint *all = (const NumeralStepPoint *) (gconstpointer) points->data;
  g_autoptr (NumeralHistory) history = numeral_history_new (PER_EPOCH);
  g_autoptr (NumeralHistory) copy = NULL;
  g_autoptr (GArray) back = NULL;
  NnRandom random;
  guint at = 0;

  nn_random_init (&random, 6);
  while (at < n)
    {
      const guint size = MIN (1 + nn_random_below (&random, 20000), n - at);

      numeral_history_add_steps (history, all + at, size);
      at += size;
      if (nn_random_below (&random, 4) == 0)
        at -= MIN (at, nn_random_below (&random, 9000));
      numeral_history_truncate (history, at);
      g_assert_cmpuint (numeral_history_get_n_steps (history), ==, at);
    }
  copy = numeral_history_copy (history);
  g_assert_cmpuint (numeral_history_get_steps_size (history), <, 9 * n);
  back = steps_of (history, 0, n);
  g_assert_cmpmem (back->data, n * sizeof *all, all, n * sizeof *all);
  for (guint i = 0; i < 1000; i++)
    {
      const guint k = nn_random_below (&random, n);
      const NumeralStepPoint point = numeral_history_get_step (history, k);

      g_assert_cmpmem (&point, sizeof point, &all[k], sizeof point);
    }
  numeral_history_clear_steps (history);
  g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 0);
  g_clear_pointer (&back, g_array_unref);
  back = steps_of (copy, 0, n);
  g_assert_cmpmem (back->data, n * sizeof *all, all, n * sizeof *all);
}

/* curve.bin is a header of 24 bytes and records of 12 bytes, as in every version. */
static void
test_old_file (void)
{
  const guint n = 100000;
  const guint32 header[] = { 1, 12 };
  const guint64 per_epoch = 50;
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, NUMERAL_CURVE_FILE, NULL);
  g_autofree char *prefix = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);
  g_autofree char *written = NULL;
  g_autoptr (GArray) points = make_long (n);
  g_autoptr (GArray) back = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) no_epochs = g_string_new (NULL);
  g_autoptr (NumeralHistory) history = NULL;
  g_autoptr (NumeralHistory) epochs = NULL;
  g_autoptr (NumeralHistory) none = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  NumeralCurve *curve;
  gsize size;

  g_byte_array_append (bytes, (const guint8 *) "NUMCURVE", 8);
  g_byte_array_append (bytes, (const guint8 *) header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) &per_epoch, sizeof per_epoch);
  g_byte_array_append (bytes, (const guint8 *) points->data, n * 12);
  g_free (engine_test_write (folder, NUMERAL_CURVE_FILE, bytes->data, bytes->len));
  g_free (engine_test_write (folder, NUMERAL_EPOCHS_FILE, "{\"epoch\":1,\"step\":50}\n", 23));
  history = numeral_curve_read_folder (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->steps_per_epoch, ==, 50);
  back = steps_of (history, 0, n);
  g_assert_cmpmem (back->data, n * 12, points->data, n * 12);
  g_assert_cmpuint (history->epochs->len, ==, 1);

  /* The epochs alone, and nothing after a cancellation. */
  epochs = numeral_curve_read_epochs (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numeral_history_get_n_steps (epochs), ==, 0);
  g_assert_cmpuint (epochs->epochs->len, ==, 1);
  g_cancellable_cancel (cancelled);
  g_assert_null (numeral_curve_read_folder (folder, cancelled, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");

  /* Written again it is the same file. */
  none = numeral_history_new (50);
  curve = numeral_curve_open (prefix, none, &error);
  g_assert_no_error (error);
  numeral_curve_append (curve, back, no_epochs, &error);
  g_assert_no_error (error);
  numeral_curve_free (curve);
  g_assert_true (g_file_get_contents (path, &written, &size, NULL));
  g_assert_cmpmem (written, size, bytes->data, bytes->len);
  engine_test_remove (folder);
}

/* The shortest of "%.7g" to "%.9g" that reads back as the same float. */
static char *
shortest (float value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return g_strdup ("");
  for (int n = 7; n <= 9; n++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", n);

      g_ascii_formatd (digits, sizeof digits, format, (double) value);
      if ((float) g_ascii_strtod (digits, NULL) == value)
        break;
    }
  return g_strdup (digits);
}

/* Floats of all sizes, and those that have few digits. */
static void
test_digits (void)
{
  const guint n = 4000;
  g_autoptr (NumeralHistory) history = numeral_history_new (n);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_auto (GStrv) lines = NULL;
  NnRandom random;

  nn_random_init (&random, 7);
  for (guint i = 0; i < n; i++)
    {
      const guint32 bits = (guint32) nn_random_next (&random);
      NumeralStepPoint point = { 0, (float) nn_random_below (&random, 1001) / 1000,
                                 powf (10, (float) nn_random_below (&random, 30) - 18) };

      memcpy (&point.loss, &bits, sizeof bits);
      if (i % 3 > 0)
        point.loss = expf (nn_random_range (&random, -32, 18));
      if (i % 2 == 0)
        point.learning_rate *= (float) nn_random_below (&random, 20);
      numeral_history_add_steps (history, &point, 1);
    }
  g_assert_true (numeral_history_write_csv (history, nn_write_to_array, text, NULL));
  g_byte_array_append (text, (const guint8 *) "", 1);
  lines = g_strsplit ((const char *) text->data, "\n", -1);
  for (guint i = 0; i < n; i++)
    {
      const NumeralStepPoint point = numeral_history_get_step (history, i);
      g_auto (GStrv) fields = g_strsplit (lines[i + 1], ",", -1);
      g_autofree char *loss = shortest (point.loss);
      g_autofree char *accuracy = shortest (point.accuracy);
      g_autofree char *rate = shortest (point.learning_rate);

      g_assert_cmpstr (fields[2], ==, loss);
      g_assert_cmpstr (fields[3], ==, accuracy);
      g_assert_cmpstr (fields[4], ==, rate);
    }
}

static gboolean
refuse (gpointer n_calls, gconstpointer bytes, gsize size, GError **error)
{
  g_assert_cmpuint (size, <, 1 << 20);
  (*(guint *) n_calls)++;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

/* The text is written in pieces, and not further after an error. */
static void
test_refused (void)
{
  const guint n = 50000;
  g_autoptr (GArray) points = make_long (n);
  g_autoptr (NumeralHistory) history = numeral_history_new (PER_EPOCH);
  g_autoptr (GError) error = NULL;
  guint n_calls = 0;

  numeral_history_add_steps (history, (const NumeralStepPoint *) (gconstpointer) points->data, n);
  g_assert_false (numeral_history_write_csv (history, refuse, &n_calls, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  g_assert_cmpuint (n_calls, ==, 1);
  g_assert_false (numeral_history_write_jsonl (history, refuse, &n_calls, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  g_assert_cmpuint (n_calls, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/long-curve/long", test_long);
  g_test_add_func ("/long-curve/old-file", test_old_file);
  g_test_add_func ("/long-curve/digits", test_digits);
  g_test_add_func ("/long-curve/refused", test_refused);
  return g_test_run ();
}
