/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every operation of the database, its pages and counts, its files, and several connections. */

#include <glib/gstdio.h>
#include <string.h>

#include "engine-test.h"
#include "hand-test.h"
#include "numeral-hand-schema.h"

typedef struct
{
  char *folder, *path;
  NumeralHandDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->folder = engine_test_folder ();
  f->path = g_build_filename (f->folder, "new", "hand.db", NULL);
  f->db = numeral_hand_db_new (f->path);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  numeral_hand_db_unref (f->db);
  engine_test_remove (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static gint64
add_one (NumeralHandDb *db, guint seed, int label, int read)
{
  g_autoptr (NumeralHandSample) sample = hand_test_sample (seed, label, read);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  numeral_hand_db_add (db, &sample, 1, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static GPtrArray *
list_page (NumeralHandDb *db, int label, gint64 before, guint skip, guint limit)
{
  const NumeralHandQuery query = { label, before, skip, limit };
  g_autoptr (GError) error = NULL;
  GPtrArray *page = numeral_hand_db_list (db, &query, &error);

  g_assert_no_error (error);
  return page;
}

static gint64
id_at (GPtrArray *page, guint i)
{
  return ((NumeralHandSample *) g_ptr_array_index (page, i))->id;
}

static NumeralHandCounts
counts_after (NumeralHandDb *db, gint64 after)
{
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;

  numeral_hand_db_count (db, after, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static NumeralHandSample *
get (NumeralHandDb *db, gint64 id)
{
  g_autoptr (GError) error = NULL;
  NumeralHandSample *sample = numeral_hand_db_get (db, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sample->id, ==, id);
  return sample;
}

/* Reading does not make a file. */
static void
test_empty (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) page = list_page (f->db, -1, 0, 0, 10);
  const NumeralHandCounts counts = counts_after (f->db, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (page->len, ==, 0);
  g_assert_cmpuint (counts.n, ==, 0);
  g_assert_cmpint (counts.newest, ==, 0);
  g_assert_null (numeral_hand_db_get (f->db, 1, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NOT_FOUND, "1");
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* A program made the file and was killed before it wrote. */
static void
test_killed_early (Fixture *f, gconstpointer unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  g_assert_cmpuint (counts_after (f->db, 0).n, ==, 0);
  hand_test_fill (f->db, 2);
  g_assert_cmpuint (counts_after (f->db, 0).n, ==, 2);
}

static void
test_add (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandSample) first = hand_test_sample (1, 4, 9);
  g_autoptr (NumeralHandSample) second =
      hand_test_sample (2, NUMERAL_HAND_NOT_A_DIGIT, NUMERAL_HAND_UNREAD);
  NumeralHandSample *samples[] = { first, second };
  g_autoptr (NumeralHandSample) kept = NULL, kept_second = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 now = g_get_real_time ();
  const guint64 generation = numeral_hand_db_get_generation (f->db);
  gint64 ids[2];

  second->created = 1234567890123456;
  g_assert_true (numeral_hand_db_add (f->db, samples, 2, ids, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ids[0], ==, 1);
  g_assert_cmpint (ids[1], ==, 2);
  g_assert_cmpuint (numeral_hand_db_get_generation (f->db), >, generation);

  kept = get (f->db, 1);
  g_assert_cmpint (kept->created, >=, now);
  g_assert_cmpint (kept->label, ==, 4);
  g_assert_cmpint (kept->first_label, ==, 4);
  g_assert_cmpint (kept->read, ==, 9);
  g_assert_cmpfloat (kept->probability, ==, 0.75);
  g_assert_true (numeral_hand_sample_is_corrected (kept));
  g_assert_null (kept->damage);
  hand_test_same_drawing (kept->drawing, first->drawing);
  kept_second = get (f->db, 2);
  second->id = 2;
  hand_test_same (kept_second, second);
  g_assert_false (numeral_hand_sample_is_corrected (kept_second));
}

static void
assert_refused (NumeralHandDb *db, NumeralHandSample *bad, const char *word)
{
  g_autoptr (NumeralHandSample) good = hand_test_sample (1, 1, 1);
  NumeralHandSample *samples[] = { good, bad };
  g_autoptr (GError) error = NULL;

  g_assert_false (numeral_hand_db_add (db, samples, 2, NULL, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID, word);
  g_assert_cmpuint (counts_after (db, 0).n, ==, 0);
}

/* All samples of a call are kept, or none. */
static void
test_add_invalid (Fixture *f, gconstpointer unused)
{
  g_autoptr (InkDrawing) nothing = ink_drawing_new_empty ();
  g_autoptr (InkStroke) stroke = ink_stroke_new (1);
  g_autoptr (InkDrawing) much = NULL;
  g_autoptr (NumeralHandSample) label = hand_test_sample (1, 11, 1);
  g_autoptr (NumeralHandSample) negative = hand_test_sample (1, -1, 1);
  g_autoptr (NumeralHandSample) read = hand_test_sample (1, 1, 11);
  g_autoptr (NumeralHandSample) probability = hand_test_sample (1, 1, 1);
  g_autoptr (NumeralHandSample) empty = numeral_hand_sample_new (nothing, 3);
  g_autoptr (NumeralHandSample) none = numeral_hand_sample_new (NULL, 3);
  g_autoptr (NumeralHandSample) large = NULL;

  for (guint i = 0; i < NUMERAL_HAND_MAX_INK / sizeof (InkPoint); i++)
    ink_stroke_append (stroke, (InkPoint){ (float) i, 0, 0.5f, 0 });
  much = ink_drawing_new (&stroke, 1);
  large = numeral_hand_sample_new (much, 3);
  probability->probability = 1.5;
  assert_refused (f->db, label, "label");
  assert_refused (f->db, negative, "label");
  assert_refused (f->db, read, "label");
  assert_refused (f->db, probability, "label");
  assert_refused (f->db, empty, "no ink");
  assert_refused (f->db, none, "no ink");
  assert_refused (f->db, large, "more ink");
}

static void
test_relabel (Fixture *f, gconstpointer unused)
{
  const gint64 id = add_one (f->db, 1, 4, NUMERAL_HAND_UNREAD);
  const gint64 taught = add_one (f->db, 2, 4, 9);
  g_autoptr (NumeralHandSample) corrected = NULL, undone = NULL, agreed = NULL;
  g_autoptr (GError) error = NULL;
  int before;

  g_assert_true (numeral_hand_db_relabel (f->db, id, 7, &before, &error));
  g_assert_cmpint (before, ==, 4);
  corrected = get (f->db, id);
  g_assert_cmpint (corrected->label, ==, 7);
  g_assert_true (numeral_hand_sample_is_corrected (corrected));
  g_assert_cmpuint (counts_after (f->db, 0).n_corrected, ==, 2);
  g_assert_true (numeral_hand_db_relabel (f->db, id, before, NULL, &error));
  undone = get (f->db, id);
  g_assert_cmpint (undone->label, ==, 4);
  g_assert_false (numeral_hand_sample_is_corrected (undone));
  /* Back to what was read. */
  g_assert_true (numeral_hand_db_relabel (f->db, taught, 9, NULL, &error));
  agreed = get (f->db, taught);
  g_assert_false (numeral_hand_sample_is_corrected (agreed));
  g_assert_cmpuint (counts_after (f->db, 0).n_corrected, ==, 0);

  g_assert_false (numeral_hand_db_relabel (f->db, 99, 7, NULL, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NOT_FOUND, "99");
  g_assert_false (numeral_hand_db_relabel (f->db, id, 11, NULL, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID, "label");
}

/* A deleted sample comes back with its number, and no new sample takes it. */
static void
test_delete (Fixture *f, gconstpointer unused)
{
  const gint64 ids[] = { 3, 20, 99, 3 };
  g_autoptr (GPtrArray) deleted = NULL, before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  hand_test_fill (f->db, 20);
  before = list_page (f->db, -1, 0, 0, 100);
  deleted = numeral_hand_db_delete (f->db, ids, G_N_ELEMENTS (ids), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->len, ==, 2);
  g_assert_cmpint (id_at (deleted, 0), ==, 3);
  g_assert_cmpuint (counts_after (f->db, 0).n, ==, 18);
  g_assert_null (numeral_hand_db_get (f->db, 3, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NOT_FOUND, "3");

  g_assert_cmpint (add_one (f->db, 5, 5, NUMERAL_HAND_UNREAD), ==, 21);
  for (guint i = 0; i < 2; i++) /* the second time nothing is left to do */
    g_assert_true (numeral_hand_db_restore (f->db, (NumeralHandSample *const *) deleted->pdata,
                                            deleted->len, &error));
  after = list_page (f->db, -1, 21, 0, 100);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    hand_test_same (g_ptr_array_index (before, i), g_ptr_array_index (after, i));
}

static void
test_restore_new (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (numeral_hand_db_restore (f->db, &sample, 1, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID, "never kept");
}

static void
test_count (Fixture *f, gconstpointer unused)
{
  NumeralHandCounts counts;

  hand_test_fill (f->db, 25);
  counts = counts_after (f->db, 0);
  g_assert_cmpuint (counts.n, ==, 25);
  g_assert_cmpint (counts.newest, ==, 25);
  for (guint i = 0; i < NUMERAL_HAND_N_LABELS; i++)
    g_assert_cmpuint (counts.labels[i], ==, i < 3 ? 3 : 2);
  counts = counts_after (f->db, 22);
  g_assert_cmpuint (counts.n, ==, 3);
  for (guint i = 0; i < NUMERAL_HAND_N_LABELS; i++)
    g_assert_cmpuint (counts.labels[i], ==, i < 3);
}

static void
test_pages (Fixture *f, gconstpointer unused)
{
  gint64 next = 101, before = 0;
  g_autoptr (GPtrArray) skipped = NULL, fours = NULL, too_many = NULL;

  hand_test_fill (f->db, 100);
  for (;;)
    {
      g_autoptr (GPtrArray) page = list_page (f->db, -1, before, 0, 7);

      for (guint i = 0; i < page->len; i++)
        g_assert_cmpint (id_at (page, i), ==, --next);
      if (page->len < 7)
        break;
      before = next;
    }
  g_assert_cmpint (next, ==, 1);
  skipped = list_page (f->db, -1, 0, 95, 10);
  g_assert_cmpuint (skipped->len, ==, 5);
  g_assert_cmpint (id_at (skipped, 0), ==, 5);
  fours = list_page (f->db, 4, 0, 1, 100);
  g_assert_cmpuint (fours->len, ==, 8);
  for (guint i = 0; i < fours->len; i++)
    g_assert_cmpint (id_at (fours, i), ==, 5 + 11 * (7 - (gint64) i));
  too_many = list_page (f->db, -1, 0, 0, G_MAXUINT);
  g_assert_cmpuint (too_many->len, ==, 100);
}

static guint
mode_of (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

/* Others may not read the files, and every transaction reaches the disk. */
static void
test_files (Fixture *f, gconstpointer unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);
  g_autofree char *mode = NULL, *id = NULL, *version = NULL;

  hand_test_fill (f->db, 3);
  g_assert_cmphex (mode_of (folder), ==, 0700);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const ends[] = { "", "-wal", "-shm" };
      g_autofree char *path = g_strconcat (f->path, ends[i], NULL);

      g_assert_cmphex (mode_of (path), ==, 0600);
    }
  mode = hand_test_query (f->path, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "wal");
  id = hand_test_query (f->path, "PRAGMA application_id");
  g_assert_cmpint (g_ascii_strtoll (id, NULL, 10), ==, NUMERAL_HAND_APPLICATION_ID);
  version = hand_test_query (f->path, "PRAGMA user_version");
  g_assert_cmpint (g_ascii_strtoll (version, NULL, 10), ==, numeral_hand_schema.n_steps);
}

/* Deleted ink is overwritten. */
static void
test_deleted_is_gone (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deleted = NULL;
  gint64 id;
  gsize size;
  const InkStroke *stroke = sample->drawing->strokes[0];

  numeral_hand_db_add (f->db, &sample, 1, &id, &error);
  hand_test_execute (f->path, "PRAGMA wal_checkpoint(TRUNCATE)");
  g_assert_true (g_file_get_contents (f->path, &data, &size, NULL));
  g_assert_nonnull (memmem (data, size, stroke->points, 64));
  deleted = numeral_hand_db_delete (f->db, &id, 1, &error);
  g_assert_no_error (error);
  hand_test_execute (f->path, "PRAGMA wal_checkpoint(TRUNCATE)");
  g_free (data);
  g_assert_true (g_file_get_contents (f->path, &data, &size, NULL));
  g_assert_null (memmem (data, size, stroke->points, 64));
}

/* Two windows, or a window and the command line. */
static void
test_two (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) other = numeral_hand_db_new (f->path);
  guint64 generation;

  hand_test_fill (f->db, 2);
  g_assert_cmpuint (counts_after (other, 0).n, ==, 2);
  generation = numeral_hand_db_look (other);
  g_assert_cmpuint (numeral_hand_db_look (other), ==, generation);
  hand_test_fill (f->db, 1);
  g_assert_cmpuint (numeral_hand_db_look (other), >, generation);
  g_assert_cmpuint (counts_after (other, 0).n, ==, 3);
  generation = numeral_hand_db_look (f->db);
  hand_test_fill (other, 1);
  g_assert_cmpuint (numeral_hand_db_look (f->db), >, generation);
}

/* Somebody moves the file away: the next sample begins a new one. */
static void
test_moved (Fixture *f, gconstpointer unused)
{
  g_autofree char *elsewhere = g_build_filename (f->folder, "elsewhere.db", NULL);
  g_autoptr (NumeralHandDb) old = numeral_hand_db_new (elsewhere);
  guint64 generation;

  hand_test_fill (f->db, 5);
  hand_test_execute (f->path, "PRAGMA wal_checkpoint(TRUNCATE)");
  generation = numeral_hand_db_look (f->db);
  g_assert_cmpint (g_rename (f->path, elsewhere), ==, 0);
  g_assert_cmpuint (numeral_hand_db_look (f->db), >, generation);
  g_assert_cmpuint (counts_after (f->db, 0).n, ==, 0);
  hand_test_fill (f->db, 1);
  g_assert_cmpuint (counts_after (f->db, 0).n, ==, 1);
  g_assert_cmpuint (counts_after (old, 0).n, ==, 5);
}

#define N_THREADS 4
#define N_EACH 25

static gpointer
work (gpointer db)
{
  for (guint i = 0; i < N_EACH; i++)
    {
      const gint64 id = add_one (db, i, (int) (i % 10), 3);
      g_autoptr (GError) error = NULL;

      if (i % 5 == 0)
        {
          g_autoptr (GPtrArray) deleted = numeral_hand_db_delete (db, &id, 1, &error);

          g_assert_no_error (error);
          g_assert_cmpuint (deleted->len, ==, 1);
        }
      else
        numeral_hand_db_relabel (db, id, 1, NULL, &error);
      g_assert_no_error (error);
      counts_after (db, 0);
    }
  return NULL;
}

/* Threads on one database, and on another of the same file. */
static void
test_threads (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) other = numeral_hand_db_new (f->path);
  GThread *threads[N_THREADS];
  g_autofree char *check = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("hand", work, i % 2 == 0 ? f->db : other);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (counts_after (f->db, 0).n, ==, N_THREADS * N_EACH * 4 / 5);
  g_assert_cmpuint (counts_after (other, 0).labels[1], ==, N_THREADS * N_EACH * 4 / 5);
  check = hand_test_query (f->path, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
}

static void
test_default_path (void)
{
  g_autofree char *path = numeral_hand_default_path ();
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);

  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_cmpstr (numeral_hand_db_get_path (db), ==, path);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer unused);
  } tests[] = {
    { "/engine/hand/db/empty", test_empty },
    { "/engine/hand/db/killed-early", test_killed_early },
    { "/engine/hand/db/add", test_add },
    { "/engine/hand/db/add-invalid", test_add_invalid },
    { "/engine/hand/db/relabel", test_relabel },
    { "/engine/hand/db/delete", test_delete },
    { "/engine/hand/db/restore-new", test_restore_new },
    { "/engine/hand/db/count", test_count },
    { "/engine/hand/db/pages", test_pages },
    { "/engine/hand/db/files", test_files },
    { "/engine/hand/db/deleted-is-gone", test_deleted_is_gone },
    { "/engine/hand/db/two", test_two },
    { "/engine/hand/db/moved", test_moved },
    { "/engine/hand/db/threads", test_threads },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  g_test_add_func ("/engine/hand/db/default-path", test_default_path);
  return g_test_run ();
}
