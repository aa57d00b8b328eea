/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Curves: in memory, as text, and in a run's folder where they may be cut off anywhere; and which
 * snapshots are kept. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "engine-test.h"
#include "numeral-history-text.h"
#include "numeral-json.h"
#include "numeral-run-curve.h"
#include "numeral-run-snapshots.h"

#define PER_EPOCH 10

static NumeralHistory *
make_history (guint n_steps, gboolean validation)
{
  NumeralHistory *history = numeral_history_new (PER_EPOCH);
  NnRandom random;

  nn_random_init (&random, 3);
  for (guint i = 0; i < n_steps; i++)
    {
      NumeralStepPoint point = { nn_random_range (&random, 0, 3), nn_random_uniform (&random),
                                 1e-3f / (float) (i + 1) };

      numeral_history_add_steps (history, &point, 1);
      if ((i + 1) % PER_EPOCH == 0)
        {
          NumeralEpochPoint epoch = { .epoch = i / PER_EPOCH, .step = i + 1 };

          epoch.train_loss = (double) nn_random_uniform (&random) / 3;
          epoch.train_accuracy = (double) nn_random_uniform (&random) / 3;
          epoch.validation_loss = validation ? (double) nn_random_uniform (&random) / 7 : NAN;
          epoch.validation_accuracy = validation ? (double) nn_random_uniform (&random) / 7 : NAN;
          epoch.seconds = (double) nn_random_uniform (&random);
          /* Those without validation are private. */
          epoch.epsilon = validation ? 0 : 0.7 * (epoch.epoch + 1);
          numeral_history_add_epoch (history, &epoch);
        }
    }
  return history;
}

/* (transfer full): @n minibatches from @first on. */
static GArray *
steps_of (const NumeralHistory *history, gsize first, gsize n)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));

  g_array_set_size (points, (guint) n);
  numeral_history_get_steps (history, first, n, (NumeralStepPoint *) (gpointer) points->data);
  return points;
}

static void
assert_same_steps (const NumeralHistory *a, const NumeralHistory *b)
{
  const gsize n = numeral_history_get_n_steps (a);
  g_autoptr (GArray) x = steps_of (a, 0, n);
  g_autoptr (GArray) y = NULL;

  g_assert_cmpuint (n, ==, numeral_history_get_n_steps (b));
  y = steps_of (b, 0, n);
  g_assert_cmpmem (x->data, n * sizeof (NumeralStepPoint), y->data, n * sizeof (NumeralStepPoint));
}

static void
assert_same (const NumeralHistory *a, const NumeralHistory *b)
{
  g_assert_cmpuint (a->steps_per_epoch, ==, b->steps_per_epoch);
  g_assert_cmpint (a->best_epoch, ==, b->best_epoch);
  assert_same_steps (a, b);
  g_assert_cmpuint (a->epochs->len, ==, b->epochs->len);
  g_assert_cmpuint (a->epochs->len, ==, base_series_length (a->validation_loss));
  g_assert_cmpuint (a->epochs->len, ==, base_series_length (a->validation_accuracy));
  for (guint i = 0; i < a->epochs->len; i++)
    {
      const NumeralEpochPoint *x = &g_array_index (a->epochs, NumeralEpochPoint, i);
      const NumeralEpochPoint *y = &g_array_index (b->epochs, NumeralEpochPoint, i);

      g_assert_cmpuint (x->epoch, ==, y->epoch);
      g_assert_cmpuint (x->step, ==, y->step);
      g_assert_true (x->train_loss == y->train_loss && x->train_accuracy == y->train_accuracy &&
                     x->seconds == y->seconds);
      g_assert_true (x->validation_loss == y->validation_loss ||
                     (isnan (x->validation_loss) && isnan (y->validation_loss)));
      g_assert_true (x->validation_accuracy == y->validation_accuracy ||
                     (isnan (x->validation_accuracy) && isnan (y->validation_accuracy)));
    }
}

static void
test_best (void)
{
  static const double losses[] = { 3, 2, 2, 1, NAN, 1.5 };
  NumeralHistory *history = numeral_history_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      NumeralStepPoint step = { 1, 1, 1 };
      NumeralEpochPoint epoch = { i, i + 1, 10 - i, 0, losses[i], 0, 1, 0 };

      numeral_history_add_steps (history, &step, 1);
      numeral_history_add_epoch (history, &epoch);
    }
  g_assert_cmpint (history->best_epoch, ==, 3);
  numeral_history_truncate (history, 3);
  g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 3);
  g_assert_cmpuint (history->epochs->len, ==, 3);
  /* The first of equals. */
  g_assert_cmpint (history->best_epoch, ==, 1);
  numeral_history_truncate (history, 0);
  g_assert_cmpint (history->best_epoch, ==, -1);
  numeral_history_free (history);

  /* Without validation it is the last one. */
  history = make_history (40, FALSE);
  g_assert_cmpuint (history->epochs->len, >, 2);
  g_assert_cmpint (history->best_epoch, ==, (int) history->epochs->len - 1);
  numeral_history_free (history);
}

typedef gboolean (*WriteFunc) (const NumeralHistory *history,
                               NnWriteFunc write,
                               gpointer data,
                               GError **error);

static char **
lines_of (const NumeralHistory *history, WriteFunc func)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  gboolean done = func (history, nn_write_to_array, bytes, &error);
  g_autofree char *copy = g_strndup ((const char *) bytes->data, bytes->len);
  char **lines = g_strsplit (copy, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpstr (lines[n - 1], ==, "");
  g_clear_pointer (&lines[n - 1], g_free);
  return lines;
}

static double
field (const char *text)
{
  return *text == '\0' ? (double) NAN : g_ascii_strtod (text, NULL);
}

static void
test_csv (void)
{
  g_autoptr (NumeralHistory) history = make_history (35, TRUE);
  g_autoptr (NumeralHistory) back = numeral_history_new (PER_EPOCH);
  g_auto (GStrv) lines = lines_of (history, numeral_history_write_csv);

  g_assert_cmpstr (lines[0], ==,
                   "step,epoch,loss,accuracy,learning_rate,train_loss,train_accuracy,"
                   "validation_loss,validation_accuracy,seconds,epsilon");
  g_assert_cmpuint (g_strv_length (lines), ==, 36);
  for (guint i = 0; i < 35; i++)
    {
      g_auto (GStrv) f = g_strsplit (lines[i + 1], ",", -1);
      NumeralStepPoint point;

      g_assert_cmpuint (g_strv_length (f), ==, 11);
      g_assert_cmpfloat (field (f[0]), ==, i + 1);
      g_assert_cmpfloat (field (f[1]), ==, i / PER_EPOCH + 1);
      point =
          (NumeralStepPoint){ (float) field (f[2]), (float) field (f[3]), (float) field (f[4]) };
      numeral_history_add_steps (back, &point, 1);
      if ((i + 1) % PER_EPOCH == 0)
        {
          NumeralEpochPoint epoch = { i / PER_EPOCH, i + 1,        field (f[5]), field (f[6]),
                                      field (f[7]),  field (f[8]), field (f[9]), 0 };

          epoch.epsilon = *f[10] != '\0' ? field (f[10]) : 0;

          numeral_history_add_epoch (back, &epoch);
        }
      else
        for (guint column = 5; column < 11; column++)
          g_assert_cmpstr (f[column], ==, "");
    }
  assert_same (history, back);
}

static double
member (JsonNode *node, const char *name)
{
  g_assert_true (json_object_has_member (json_node_get_object (node), name));
  return numeral_json_get_double (json_node_get_object (node), name);
}

static void
test_jsonl (void)
{
  g_autoptr (NumeralHistory) history = make_history (35, FALSE);
  g_autoptr (NumeralHistory) back = numeral_history_new (PER_EPOCH);
  g_auto (GStrv) lines = lines_of (history, numeral_history_write_jsonl);

  g_assert_cmpuint (g_strv_length (lines), ==, 38);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GBytes) line = g_bytes_new (lines[i], strlen (lines[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = numeral_json_parse (line, &error);

      g_assert_no_error (error);
      if (json_object_has_member (json_node_get_object (node), "accuracy"))
        {
          NumeralEpochPoint epoch = {
            (guint) member (node, "epoch") - 1,
            (guint64) member (node, "step"),
            member (node, "loss"),
            member (node, "accuracy"),
            member (node, "validation_loss"),
            member (node, "validation_accuracy"),
            member (node, "seconds"),
            member (node, "epsilon"),
          };

          numeral_history_add_epoch (back, &epoch);
        }
      else
        {
          NumeralStepPoint point = { (float) member (node, "loss"),
                                     (float) member (node, "batch_accuracy"),
                                     (float) member (node, "learning_rate") };

          numeral_history_add_steps (back, &point, 1);
          g_assert_cmpfloat (member (node, "step"), ==, numeral_history_get_n_steps (back));
          g_assert_cmpfloat (member (node, "epoch"), ==,
                             (numeral_history_get_n_steps (back) - 1) / PER_EPOCH + 1);
        }
    }
  assert_same (history, back);
}

/* Writes steps [from, to) of @history and the epochs that end in them. */
static void
write_part (NumeralCurve *curve, const NumeralHistory *history, guint from, guint to)
{
  g_autoptr (GArray) points = steps_of (history, from, to - from);
  g_autoptr (GString) epochs = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < history->epochs->len; i++)
    {
      const NumeralEpochPoint *point = &g_array_index (history->epochs, NumeralEpochPoint, i);

      if (point->step > from && point->step <= to)
        numeral_epoch_point_append_json (epochs, point,
                                         numeral_history_get_step (history, point->step - 1)
                                             .learning_rate);
    }
  numeral_curve_append (curve, points, epochs, &error);
  g_assert_no_error (error);
}

static NumeralCurve *
open_curve (const char *folder, const NumeralHistory *history, GError **error)
{
  g_autofree char *prefix = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);

  return numeral_curve_open (prefix, history, error);
}

static NumeralHistory *
read_back (const char *folder)
{
  g_autoptr (GError) error = NULL;
  NumeralHistory *history = numeral_curve_read_folder (folder, NULL, &error);

  g_assert_no_error (error);
  return history;
}

static void
test_kept (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralHistory) whole = make_history (64, TRUE);
  g_autoptr (NumeralHistory) none = numeral_history_new (PER_EPOCH);
  g_autoptr (NumeralHistory) empty = read_back (folder);
  g_autoptr (GError) error = NULL;
  NumeralCurve *curve;
  guint at = 0;
  NnRandom random;

  g_assert_cmpuint (numeral_history_get_n_steps (empty), ==, 0);
  nn_random_init (&random, 1);
  curve = open_curve (folder, none, &error);
  g_assert_no_error (error);
  while (at < 64)
    {
      guint to = MIN (64, at + nn_random_below (&random, 9));
      g_autoptr (NumeralHistory) history = NULL;
      g_autoptr (NumeralHistory) expected = make_history (64, TRUE);
      guint back = to - MIN (to, nn_random_below (&random, 6));

      write_part (curve, whole, at, to);
      numeral_curve_free (curve);
      history = read_back (folder);
      numeral_history_truncate (expected, to);
      assert_same (history, expected);

      /* It was ahead of the checkpoint. */
      numeral_history_truncate (history, back);
      curve = open_curve (folder, history, &error);
      g_assert_no_error (error);
      at = back;
      if (nn_random_below (&random, 3) > 0)
        {
          write_part (curve, whole, at, to);
          at = to;
        }
    }
  numeral_curve_free (curve);
  {
    g_autoptr (NumeralHistory) history = read_back (folder);

    assert_same (history, whole);
  }
  engine_test_remove (folder);
}

/* Cut off at every byte: what is whole is read, and it can go on from there. */
static void
test_cut_off (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *steps = g_build_filename (folder, NUMERAL_CURVE_FILE, NULL);
  g_autofree char *epochs = g_build_filename (folder, NUMERAL_EPOCHS_FILE, NULL);
  g_autofree char *steps_data = NULL;
  g_autofree char *epochs_data = NULL;
  gsize steps_size, epochs_size;
  g_autoptr (NumeralHistory) whole = make_history (23, TRUE);
  g_autoptr (NumeralHistory) none = numeral_history_new (PER_EPOCH);
  NumeralCurve *curve = open_curve (folder, none, NULL);

  write_part (curve, whole, 0, 23);
  numeral_curve_free (curve);
  g_assert_true (g_file_get_contents (steps, &steps_data, &steps_size, NULL));
  g_assert_true (g_file_get_contents (epochs, &epochs_data, &epochs_size, NULL));
  for (gsize size = 0; size <= steps_size; size++)
    {
      g_autoptr (NumeralHistory) history = NULL;
      guint n = size < 24 ? 0 : (guint) ((size - 24) / sizeof (NumeralStepPoint));

      g_assert_true (g_file_set_contents (steps, steps_data, (gssize) size, NULL));
      history = read_back (folder);
      g_assert_cmpuint (numeral_history_get_n_steps (history), ==, n);
      g_assert_cmpuint (history->epochs->len, ==, n / PER_EPOCH);
    }
  for (gsize size = 0; size <= epochs_size; size++)
    {
      g_autoptr (NumeralHistory) history = NULL;
      guint n = 0;

      for (gsize i = 0; i < size; i++)
        n += epochs_data[i] == '\n';
      g_assert_true (g_file_set_contents (epochs, epochs_data, (gssize) size, NULL));
      history = read_back (folder);
      g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 23);
      g_assert_cmpuint (history->epochs->len, ==, n);
    }
  /* Other spaces, the same figures: written anew where it is cut back. */
  {
    g_autofree char *spaced = g_strdup_printf (" %s", epochs_data);
    g_autoptr (NumeralHistory) history = NULL;
    g_autoptr (NumeralHistory) again = NULL;

    g_assert_true (g_file_set_contents (epochs, spaced, -1, NULL));
    history = read_back (folder);
    assert_same (history, whole);
    numeral_history_truncate (history, 15);
    curve = open_curve (folder, history, NULL);
    write_part (curve, whole, 15, 23);
    numeral_curve_free (curve);
    again = read_back (folder);
    assert_same (again, whole);
  }
  engine_test_remove (folder);
}

static void
test_damaged (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *steps = g_build_filename (folder, NUMERAL_CURVE_FILE, NULL);
  g_autofree char *epochs = g_build_filename (folder, NUMERAL_EPOCHS_FILE, NULL);
  g_autofree char *good = NULL;
  gsize size;
  g_autoptr (NumeralHistory) whole = make_history (23, TRUE);
  g_autoptr (NumeralHistory) none = numeral_history_new (PER_EPOCH);
  g_autoptr (GError) error = NULL;
  NumeralCurve *curve = open_curve (folder, none, NULL);

  write_part (curve, whole, 0, 23);
  numeral_curve_free (curve);
  g_assert_true (g_file_get_contents (steps, &good, &size, NULL));
  /* Magic, version, size of a record, steps of an epoch: 0 and absurd. */
  for (guint at = 0; at < 24; at++)
    {
      g_autofree char *bad = g_memdup2 (good, size);

      if (at < 16)
        bad[at] ^= 0x40;
      else if (at < 20)
        continue;
      else
        bad[at] = 1;
      g_assert_true (g_file_set_contents (steps, bad, (gssize) size, NULL));
      g_assert_null (numeral_curve_read_folder (folder, NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "curve");
    }
  {
    g_autofree char *bad = g_memdup2 (good, size);

    memset (bad + 16, 0, 8);
    g_assert_true (g_file_set_contents (steps, bad, (gssize) size, NULL));
    g_assert_null (numeral_curve_read_folder (folder, NULL, &error));
    engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "curve");
  }
  g_assert_true (g_file_set_contents (steps, good, (gssize) size, NULL));
  g_assert_cmpint (truncate (steps, G_GINT64_CONSTANT (1) << 40), ==, 0);
  g_assert_null (numeral_curve_read_folder (folder, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TOO_LARGE, "too long");
  g_assert_cmpint (g_unlink (steps), ==, 0);
  g_assert_cmpint (g_mkdir (steps, 0755), ==, 0);
  g_assert_null (numeral_curve_read_folder (folder, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "curve");
  g_assert_cmpint (g_rmdir (steps), ==, 0);
  g_assert_true (g_file_set_contents (steps, good, (gssize) size, NULL));
  /* Lines that are not those of the epochs that come next are not believed. */
  {
    static const char *const lines[] = {
      "{\"epoch\":2,\"step\":20}\n",
      "{\"epoch\":1,\"step\":11}\n",
      "{\"epoch\":1}\n",
      "[]\n",
      "\n",
      "{\"epoch\":1,\"step\":1e300}\n",
      "\xff\n",
      "{\"epoch\":null,\"step\":null}\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
      {
        g_autoptr (NumeralHistory) history = NULL;

        g_assert_true (g_file_set_contents (epochs, lines[i], -1, NULL));
        history = read_back (folder);
        g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 23);
        g_assert_cmpuint (history->epochs->len, ==, 0);
      }
  }
  engine_test_remove (folder);
}

static void
test_snapshots (void)
{
  static const guint64 totals[] = { 1,    2,    3,    5,     31,      32,       33,
                                    100,  339,  845,  8440,  100000,  16875000, 1000003,
                                    4095, 4096, 4097, 65535, 1048577, 777 };

  for (guint t = 0; t < G_N_ELEMENTS (totals); t++)
    {
      NumeralSnapshotPlan plan;
      guint n = 0;

      numeral_snapshot_plan_init (&plan, totals[t]);
      for (guint64 step = 0; step <= totals[t] + 10; step++)
        n += numeral_snapshot_plan_has (&plan, step) ? 1 : 0;
      g_assert_cmpuint (n, <=, NUMERAL_SNAPSHOTS_MAX);
      g_assert_cmpuint (n, >=, MIN (totals[t] + 1, NUMERAL_SNAPSHOTS_MAX / 2 - 1));
      g_assert_true (numeral_snapshot_plan_has (&plan, 0));
      g_assert_true (numeral_snapshot_plan_has (&plan, 1));
      g_assert_true (numeral_snapshot_plan_has (&plan, totals[t]));
    }
  /* The longest run that can be asked for comes to an end too. */
  {
    NumeralSnapshotPlan plan;

    numeral_snapshot_plan_init (&plan, (guint64) 1 << 52);
    g_assert_cmpuint (plan.distance, >=, (guint64) 1 << 47);
  }
}

static void
test_snapshot_files (void)
{
  static const char *const names[] = { "0.safetensors",  "12.safetensors",
                                       "9.safetensors",  "x.safetensors",
                                       "-1.safetensors", "7.tmp",
                                       ".safetensors",   "18446744073709551616.safetensors" };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *inside = g_build_filename (folder, NUMERAL_SNAPSHOTS_FOLDER, NULL);
  g_autoptr (GArray) steps = numeral_snapshots_list (folder);

  g_assert_cmpuint (steps->len, ==, 0);
  g_clear_pointer (&steps, g_array_unref);
  g_assert_cmpint (g_mkdir (inside, 0755), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (engine_test_write (inside, names[i], "x", 1));
  steps = numeral_snapshots_list (folder);
  g_assert_cmpuint (steps->len, ==, 3);
  g_assert_cmpuint (g_array_index (steps, guint64, 1), ==, 9);
  g_assert_cmpuint (g_array_index (steps, guint64, 2), ==, 12);
  g_clear_pointer (&steps, g_array_unref);
  numeral_snapshots_cut (folder, 9);
  steps = numeral_snapshots_list (folder);
  g_assert_cmpuint (steps->len, ==, 2);
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-history/best", test_best);
  g_test_add_func ("/run-history/csv", test_csv);
  g_test_add_func ("/run-history/jsonl", test_jsonl);
  g_test_add_func ("/run-history/kept", test_kept);
  g_test_add_func ("/run-history/cut-off", test_cut_off);
  g_test_add_func ("/run-history/damaged", test_damaged);
  g_test_add_func ("/run-history/snapshots", test_snapshots);
  g_test_add_func ("/run-history/snapshot-files", test_snapshot_files);
  return g_test_run ();
}
