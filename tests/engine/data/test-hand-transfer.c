/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Import and export of one's own handwriting: what is written is read again as the same, and
 * nothing is left of what failed. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <utime.h>

#include "engine-test.h"
#include "hand-test.h"
#include "ink-error.h"
#include "ink-tensor.h"
#include "numeral-hand-transfer.h"

#define N 30 /* of which 28 are digits */

typedef struct
{
  char *folder, *out;
  NumeralHandDb *db, *other;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autofree char *first = NULL, *second = NULL;

  f->folder = engine_test_folder ();
  f->out = g_build_filename (f->folder, "out", NULL);
  first = g_build_filename (f->folder, "first", "hand.db", NULL);
  second = g_build_filename (f->folder, "second", "hand.db", NULL);
  f->db = numeral_hand_db_new (first);
  f->other = numeral_hand_db_new (second);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  numeral_hand_db_unref (f->db);
  numeral_hand_db_unref (f->other);
  engine_test_remove (f->folder);
  g_free (f->folder);
  g_free (f->out);
}

static void export(Fixture *f, NumeralHandFormat format, gsize n, gsize n_left_out)
{
  const NumeralHandTransfer transfer = { 0 };
  const NumeralHandExport how = { .format = format };
  g_autoptr (GError) error = NULL;
  gsize written, left_out;

  numeral_hand_export (f->db, &how, f->out, &transfer, &written, &left_out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written, ==, n);
  g_assert_cmpuint (left_out, ==, n_left_out);
}

static void
import (Fixture *f, int label, gsize n, gsize n_left_out)
{
  const NumeralHandTransfer transfer = { 0 };
  g_autoptr (GError) error = NULL;
  gsize added, left_out;

  numeral_hand_import (f->other, f->out, label, &transfer, &added, &left_out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, n);
  g_assert_cmpuint (left_out, ==, n_left_out);
}

static GPtrArray *
read_all (NumeralHandDb *db)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = numeral_hand_db_read_all (db, NULL, &error);

  g_assert_no_error (error);
  return all;
}

/* Labels and strokes are the same, bit for bit, also "not a digit". */
static void
test_inkml (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL;

  hand_test_fill (f->db, N);
  export(f, NUMERAL_HAND_INKML, N, 0);
  import (f, -1, N, 0);
  before = read_all (f->db);
  after = read_all (f->other);
  g_assert_cmpuint (after->len, ==, N);
  for (guint i = 0; i < N; i++)
    {
      const NumeralHandSample *a = before->pdata[i], *b = after->pdata[i];

      g_assert_cmpint (a->id, ==, i + 1);
      g_assert_cmpint (a->label, ==, b->label);
      hand_test_same_drawing (a->drawing, b->drawing);
    }
}

/* All but the width of the pen, which UNIPEN does not have. */
static void
test_unipen (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  guint at = 0;

  hand_test_fill (f->db, N);
  export(f, NUMERAL_HAND_UNIPEN, N - 2, 2);
  import (f, -1, N - 2, 0);
  before = read_all (f->db);
  after = read_all (f->other);
  for (guint i = 0; i < N; i++)
    {
      const NumeralHandSample *a = before->pdata[i], *b;

      if (a->label == NUMERAL_HAND_NOT_A_DIGIT)
        continue;
      b = after->pdata[at++];
      g_assert_cmpint (a->label, ==, b->label);
      g_assert_cmpuint (a->drawing->n_strokes, ==, b->drawing->n_strokes);
      for (guint s = 0; s < a->drawing->n_strokes; s++)
        b->drawing->strokes[s]->width = a->drawing->strokes[s]->width;
      hand_test_same_drawing (a->drawing, b->drawing);
    }
  g_assert_cmpuint (at, ==, after->len);
}

/* The pixels of sample @i, which is a digit. */
static void
assert_pixels (const NnDataset *dataset, guint i, const NumeralHandSample *sample)
{
  float tensor[INK_TENSOR_SIZE];
  guint8 pixels[INK_TENSOR_SIZE];

  ink_tensor_from_drawing (sample->drawing, NULL, tensor);
  ink_tensor_to_pixels (tensor, pixels);
  g_assert_cmpint (dataset->labels[i], ==, sample->label);
  g_assert_cmpmem (dataset->pixels + i * INK_TENSOR_SIZE, INK_TENSOR_SIZE, pixels, INK_TENSOR_SIZE);
}

static void
test_idx (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  guint at = 0;

  hand_test_fill (f->db, N);
  export(f, NUMERAL_HAND_IDX, N - 2, 2);
  all = read_all (f->db);
  dataset = numeral_data_load (f->out, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, N - 2);
  for (guint i = 0; i < N; i++)
    if (((NumeralHandSample *) all->pdata[i])->label != NUMERAL_HAND_NOT_A_DIGIT)
      assert_pixels (dataset, at++, all->pdata[i]);
}

/* The folders are the labels; the files are in the order of the samples. */
static void
test_png (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  guint at = 0;

  hand_test_fill (f->db, N);
  export(f, NUMERAL_HAND_PNG, N - 2, 2);
  all = read_all (f->db);
  dataset = numeral_data_load (f->out, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, N - 2);
  for (int label = 0; label < 10; label++)
    for (guint i = 0; i < N; i++)
      if (((NumeralHandSample *) all->pdata[i])->label == label)
        assert_pixels (dataset, at++, all->pdata[i]);
}

static void
fail_to_import (Fixture *f, GQuark domain, int code, const char *word)
{
  const NumeralHandTransfer transfer = { 0 };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  gsize added, left_out;

  g_assert_false (numeral_hand_import (f->other, f->out, -1, &transfer, &added, &left_out, &error));
  engine_test_error (&error, domain, code, word);
  all = read_all (f->other);
  g_assert_cmpuint (all->len, ==, 0);
}

/* Pictures have no strokes; in a folder they are left out. */
static void
test_pictures (Fixture *f, gconstpointer unused)
{
  g_autofree char *folder = g_steal_pointer (&f->out);
  g_autofree char *ink = g_build_filename (folder, "ink.inkml", NULL);
  g_autofree char *five = g_build_filename (folder, "5", "00000006.png", NULL);

  f->out = g_strdup (folder);
  hand_test_fill (f->db, 6);
  export(f, NUMERAL_HAND_PNG, 6, 0);
  fail_to_import (f, INK_ERROR, INK_ERROR_EMPTY, "no ink with a label");
  g_free (f->out);
  f->out = g_strdup (five);
  fail_to_import (f, INK_ERROR, INK_ERROR_FORMAT, "no strokes");
  g_free (f->out);
  f->out = g_strdup (folder);
  g_assert_true (g_file_set_contents (
      ink, "<ink xmlns=\"http://www.w3.org/2003/InkML\"><trace>1 2, 3 4</trace></ink>", -1, NULL));
  fail_to_import (f, INK_ERROR, INK_ERROR_EMPTY, "no ink with a label");
  import (f, 7, 1, 6);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
fail_to_export (Fixture *f, const NumeralHandTransfer *transfer, GQuark domain, int code)
{
  const guint n = count_files (f->folder);

  for (guint i = 0; i < NUMERAL_HAND_N_FORMATS; i++)
    for (guint anonymous = 0; anonymous < 2; anonymous++)
      {
        const NumeralHandExport how = { (NumeralHandFormat) i, anonymous == 1 };
        g_autoptr (GError) error = NULL;
        gsize written, left_out;

        g_assert_false (
            numeral_hand_export (f->db, &how, f->out, transfer, &written, &left_out, &error));
        g_assert_error (error, domain, code);
        g_assert_cmpuint (count_files (f->folder), ==, n);
      }
}

static void
cancel_halfway (double share, gpointer cancellable)
{
  if (share > 0.5)
    g_cancellable_cancel (cancellable);
}

static void
test_failed_export (Fixture *f, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const NumeralHandTransfer plain = { 0 };
  const NumeralHandTransfer cancelled = { cancellable, cancel_halfway, cancellable };
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->out, "mine", NULL);
  gsize written, left_out;

  fail_to_export (f, &plain, INK_ERROR, INK_ERROR_EMPTY);
  hand_test_fill (f->db, N);
  fail_to_export (f, &cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* A folder with something in it stays as it is. */
  g_assert_cmpint (g_mkdir (f->out, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  for (guint i = 0; i < NUMERAL_HAND_UNIPEN; i++)
    {
      const NumeralHandExport how = { .format = (NumeralHandFormat) i };

      g_assert_false (
          numeral_hand_export (f->db, &how, f->out, &plain, &written, &left_out, &error));
      engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_EXISTS, "empty folder");
    }
  g_assert_cmpuint (count_files (f->out), ==, 1);
  g_assert_cmpint (g_remove (file), ==, 0);
  export(f, NUMERAL_HAND_INKML, N, 0);
}

static void
test_cancelled_import (Fixture *f, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const NumeralHandTransfer transfer = { cancellable, cancel_halfway, cancellable };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  gsize added, left_out;

  hand_test_fill (f->db, N);
  export(f, NUMERAL_HAND_INKML, N, 0);
  g_assert_false (numeral_hand_import (f->other, f->out, -1, &transfer, &added, &left_out, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  all = read_all (f->other);
  g_assert_cmpuint (all->len, ==, 0);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static void
assert_finished (GAsyncResult **slot, gsize n, gsize n_left_out)
{
  g_autoptr (GError) error = NULL;
  gsize done, left_out;

  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  numeral_hand_transfer_finish (*slot, &done, &left_out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done, ==, n);
  g_assert_cmpuint (left_out, ==, n_left_out);
}

/* The same in a thread. */
static void
test_async (Fixture *f, gconstpointer unused)
{
  const NumeralHandExport unipen = { .format = NUMERAL_HAND_UNIPEN };
  g_autoptr (GAsyncResult) exported = NULL, imported = NULL, cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  gsize done, left_out;

  hand_test_fill (f->db, N);
  numeral_hand_export_async (f->db, &unipen, f->out, NULL, NULL, on_result, &exported);
  assert_finished (&exported, N - 2, 2);
  numeral_hand_import_async (f->other, f->out, -1, NULL, NULL, on_result, &imported);
  assert_finished (&imported, N - 2, 0);
  g_cancellable_cancel (cancellable);
  numeral_hand_import_async (f->other, f->out, -1, NULL, cancellable, on_result, &cancelled);
  while (cancelled == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (numeral_hand_transfer_finish (cancelled, &done, &left_out, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  all = read_all (f->other);
  g_assert_cmpuint (all->len, ==, N - 2);
}

/* A folder of many files says how far it is. */
static void
test_percent (Fixture *f, gconstpointer unused)
{
  const NumeralHandExport inkml = { .format = NUMERAL_HAND_INKML };
  g_autoptr (GAsyncResult) exported = NULL, imported = NULL;
  int percent = 0;

  hand_test_fill (f->db, N);
  numeral_hand_export_async (f->db, &inkml, f->out, &percent, NULL, on_result, &exported);
  assert_finished (&exported, N, 0);
  /* Told before the last sample is written. */
  g_assert_cmpint (percent, ==, 100 * (N - 1) / N);
  percent = 0;
  numeral_hand_import_async (f->other, f->out, -1, &percent, NULL, on_result, &imported);
  assert_finished (&imported, N, 0);
  g_assert_cmpint (percent, ==, 100);
}

static void
test_names (void)
{
  NumeralHandFormat format;

  for (guint i = 0; i < NUMERAL_HAND_N_FORMATS; i++)
    {
      g_assert_true (
          numeral_hand_format_parse (numeral_hand_format_name ((NumeralHandFormat) i), &format));
      g_assert_cmpint (format, ==, i);
    }
  g_assert_false (numeral_hand_format_parse ("gif", &format));
}

static char *
leave (Fixture *f, const char *name, gint64 age)
{
  const gint64 then = g_get_real_time () / G_USEC_PER_SEC - age;
  const struct utimbuf times = { then, then };
  char *folder = g_build_filename (f->folder, name, NULL);
  g_autofree char *inside = g_build_filename (folder, "7", NULL);
  g_autofree char *file = g_build_filename (inside, "00000001.png", NULL);

  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (g_utime (folder, (struct utimbuf *) &times), ==, 0);
  return folder;
}

/* An export that was killed leaves a hidden folder, which the next one removes; not that of an
 * export that goes on, nor a young one. */
static void
test_left (Fixture *f, gconstpointer unused)
{
  g_autofree char *left = leave (f, ".numeral-abc123", 3600);
  g_autofree char *young = leave (f, ".numeral-abc124", 0);
  g_autofree char *locked = leave (f, ".numeral-abc125", 3600);
  g_autofree char *other = leave (f, ".numeral-somebody", 3600);
  const int fd = g_open (locked, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  hand_test_fill (f->db, N);
  export(f, NUMERAL_HAND_INKML, N, 0);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (locked, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_close (fd, NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer unused);
  } tests[] = {
    { "/engine/hand/transfer/inkml", test_inkml },
    { "/engine/hand/transfer/unipen", test_unipen },
    { "/engine/hand/transfer/idx", test_idx },
    { "/engine/hand/transfer/png", test_png },
    { "/engine/hand/transfer/pictures", test_pictures },
    { "/engine/hand/transfer/failed-export", test_failed_export },
    { "/engine/hand/transfer/cancelled-import", test_cancelled_import },
    { "/engine/hand/transfer/async", test_async },
    { "/engine/hand/transfer/percent", test_percent },
    { "/engine/hand/transfer/left", test_left },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  g_test_add_func ("/engine/hand/transfer/names", test_names);
  return g_test_run ();
}
