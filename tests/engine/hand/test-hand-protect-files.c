/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Encrypted handwriting on the disk: nothing of it is in the database, in its log, and in the files
 * beside; nor do sizes tell. */

#include <glib/gstdio.h>
#include <string.h>

#include "engine-test.h"
#include "hand-test.h"
#include "numeral-hand-file.h"
#include "numeral-sealed-file.h"
#include "protect-test.h"

#define N 40

/* (transfer full): the bytes of all files below the home, the log of the database too. */
static GByteArray *
all_bytes (const char *folder)
{
  GByteArray *all = g_byte_array_new ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_autoptr (GByteArray) below = all_bytes (path);

          g_byte_array_append (all, below->data, below->len);
        }
      else if (g_file_get_contents (path, &data, &size, NULL))
        g_byte_array_append (all, (guint8 *) data, (guint) size);
    }
  return all;
}

static gboolean
contains (GByteArray *all, gconstpointer data, gsize size)
{
  return memmem (all->data, all->len, data, size) != NULL;
}

/* How many of the samples, and of the files, are found among all bytes. */
static guint
count_found (const char *home, GPtrArray *samples, const char *drawing, const char *model)
{
  g_autoptr (GByteArray) all = all_bytes (home);
  guint n = contains (all, drawing, strlen (drawing)) + contains (all, model, strlen (model));

  n += contains (all, "Ink1", 4);
  for (guint i = 0; i < samples->len; i++)
    {
      const NumeralHandSample *sample = protect_test_at (samples, i);
      gsize size;
      const guint8 *ink = g_bytes_get_data (sample->ink, &size);
      /* As the record has it, and as SQLite does. */
      const guint64 little = GUINT64_TO_LE ((guint64) sample->created);
      const guint64 big = GUINT64_TO_BE ((guint64) sample->created);

      n += contains (all, &little, sizeof little);
      n += contains (all, &big, sizeof big);
      /* Each point, of 16 bytes. */
      for (gsize j = 16; j + 16 <= size; j += 16)
        n += contains (all, ink + j, 16);
    }
  return n;
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  numeral_hand_file_write (path, bytes, &error);
  g_assert_no_error (error);
}

static void
assert_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = numeral_hand_file_read (path, 1 << 20, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (text, strlen (text), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_no_plain_byte (ProtectTest *f, gconstpointer unused)
{
  static const char drawing[] = "<ink>a drawing of mine</ink>";
  static const char model[] = "a model of my hand";
  g_autofree char *drawing_path = numeral_hand_file_last_drawing ();
  g_autofree char *model_path = numeral_hand_file_path ("my-hand.safetensors");
  g_autoptr (GPtrArray) samples = NULL, later = NULL, gone = NULL;
  const gint64 ids[] = { 2, 9, 30 };

  hand_test_fill (f->db, N);
  gone = numeral_hand_db_delete (f->db, ids, G_N_ELEMENTS (ids), NULL);
  samples = protect_test_read_all (f->db);
  for (guint i = 0; i < gone->len; i++)
    g_ptr_array_add (samples, numeral_hand_sample_ref (protect_test_at (gone, i)));
  write_file (drawing_path, drawing);
  write_file (model_path, model);
  g_assert_cmpuint (count_found (f->home, samples, drawing, model), >, N * 20);

  protect_test_switch_on (f);
  g_assert_cmpuint (count_found (f->home, samples, drawing, model), ==, 0);
  assert_file (drawing_path, drawing);
  assert_file (model_path, model);

  /* Neither of what is added, changed and written from now on. */
  hand_test_fill (f->db, N);
  g_assert_true (numeral_hand_db_relabel (f->db, 1, 3, NULL, NULL));
  write_file (drawing_path, drawing);
  later = protect_test_read_all (f->db);
  g_assert_cmpuint (later->len, ==, 2 * N - 3);
  g_assert_cmpuint (count_found (f->home, later, drawing, model), ==, 0);

  /* And back: everything is plain, and no key is left. */
  protect_test_switch_off (f);
  assert_file (drawing_path, drawing);
  assert_file (model_path, model);
  g_assert_cmpuint (count_found (f->home, later, drawing, model), >, N * 20);
}

static goffset
size_of (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

/* Short and long inks, other labels and times: the files have the same sizes. */
static void
test_sizes (ProtectTest *f, gconstpointer unused)
{
  g_autofree char *folder = engine_test_folder ();
  goffset sizes[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *path = g_build_filename (folder, name, "hand.db", NULL);
      g_autoptr (NumeralHandDb) db = numeral_hand_db_new (path);
      NumeralKey *const keys[] = { f->secret };

      for (guint j = 0; j < N; j++)
        {
          /* One stroke has 320 bytes, three have 960. */
          g_autoptr (NumeralHandSample) sample = NULL;

          for (guint seed = j * 1000;; seed++)
            {
              sample = hand_test_sample (seed, i == 0 ? 1 : 10, i == 0 ? 1 : NUMERAL_HAND_UNREAD);
              if (sample->drawing->n_strokes == (i == 0 ? 1 : 3))
                break;
              g_clear_pointer (&sample, numeral_hand_sample_unref);
            }
          sample->created = i == 0 ? 1 : 0;
          g_assert_true (numeral_hand_db_add (db, &sample, 1, NULL, NULL));
        }
      protect_test_protect (db, keys, 1);
      sizes[i] = size_of (path);
      numeral_hand_db_lock (db, NULL);
    }
  g_assert_cmpint (sizes[0], ==, sizes[1]);
  engine_test_remove (folder);
}

/* While it is locked the files stay; a plain file is read at any time. */
static void
test_files_locked (ProtectTest *f, gconstpointer unused)
{
  g_autofree char *path = numeral_hand_file_last_drawing ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("newer", 5);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;

  write_file (path, "older");
  protect_test_switch_on (f);
  protect_test_lock (f);
  g_assert_null (numeral_hand_file_read (path, 1 << 20, NULL, &error));
  g_assert_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (numeral_hand_file_write (path, bytes, &error));
  g_assert_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED);
  protect_test_unlock (f->db, f->secret);
  assert_file (path, "older");
  write_file (path, "newer");
  assert_file (path, "newer");
  protect_test_lock (f);
  g_assert_true (g_file_set_contents (path, "copied here", -1, NULL));
  assert_file (path, "copied here");
  protect_test_unlock (f->db, f->secret);
}

/* A file that cannot be converted does not undo the switch; it is converted when the database is
 * opened the next time. */
static void
test_converted_later (ProtectTest *f, gconstpointer unused)
{
  g_autofree char *path = numeral_hand_file_path ("my-hand.safetensors");
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  hand_test_fill (f->db, 1);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_test_expect_message ("Numeral", G_LOG_LEVEL_MESSAGE, "*later*");
  protect_test_switch_on (f);
  g_test_assert_expected_messages ();
  g_assert_true (protect_test_look (f->db).unfinished);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 1);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_true (g_file_set_contents (path, "a model", -1, NULL));
  protect_test_lock (f);
  protect_test_unlock (f->db, f->recovery);
  g_assert_false (protect_test_look (f->db).unfinished);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  bytes = g_bytes_new_take (data, size);
  g_assert_true (numeral_sealed_file_is (bytes));
  assert_file (path, "a model");
}

static NumeralKey *asked_key;
static guint n_asked;

static gboolean
ask (NumeralHandDb *db, GError **error)
{
  n_asked++;
  return numeral_hand_db_unlock (db, asked_key, error);
}

/* A program that asks when a key is needed. */
static void
test_asking (ProtectTest *f, gconstpointer unused)
{
  g_autofree char *path = numeral_hand_file_last_drawing ();
  g_autoptr (NumeralKey) wrong = protect_test_passphrase ("wrong horse");
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;

  hand_test_fill (f->db, 2);
  write_file (path, "a drawing");
  protect_test_switch_on (f);
  numeral_hand_db_set_unlocker (ask);
  protect_test_lock (f);
  asked_key = wrong;
  g_assert_false (numeral_hand_db_count (f->db, 0, &counts, &error));
  g_assert_error (error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_WRONG_KEY);
  asked_key = f->secret;
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 2);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 2);
  g_assert_cmpuint (n_asked, ==, 2);
  protect_test_lock (f);
  assert_file (path, "a drawing");
  protect_test_lock (f);
  write_file (path, "another");
  g_assert_cmpuint (n_asked, ==, 4);
  numeral_hand_db_set_unlocker (NULL);
}

#define N_THREADS 4
#define N_STEPS 25

/* A change that is refused because another thread has just switched or locked is right; any other
 * error is not. */
static void
assert_right (gboolean done, GError *error)
{
  if (!done && !g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED) &&
      !g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_BUSY) &&
      !g_error_matches (error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_STATE))
    g_error ("%s", error->message);
  g_clear_error (&error);
}

/* Each thread has a database of its own, and shares one with the others. */
typedef struct
{
  ProtectTest *f;
  guint seed;
  gint *n_added;
} Storm;

static void
step (const Storm *storm, NumeralHandDb *db, guint what, guint i)
{
  g_autofree char *path = numeral_hand_file_last_drawing ();
  NumeralKey *const keys[] = { storm->f->secret };
  g_autoptr (NumeralHandSample) sample = hand_test_sample (i, 4, 4);
  g_autoptr (NumeralVault) vault = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a drawing", 9);
  NumeralHandCounts counts;
  GError *error = NULL;
  gboolean done;

  switch (what)
    {
    case 0:
      vault = numeral_vault_new (NULL);
      done = numeral_hand_db_protect (db, vault, keys, 1, &numeral_slot_limits_least, &error);
      break;
    case 1:
      done = numeral_hand_db_unprotect (db, &error);
      break;
    case 2:
      done = numeral_hand_db_lock (db, &error);
      break;
    case 3:
      done = numeral_hand_db_unlock (db, storm->f->secret, &error);
      break;
    case 4:
      done = numeral_hand_db_count (db, 0, &counts, &error);
      break;
    case 5:
      done = numeral_hand_file_write (path, bytes, &error);
      break;
    default:
      done = numeral_hand_db_add (db, &sample, 1, NULL, &error);
      if (done)
        g_atomic_int_inc (storm->n_added);
      break;
    }
  assert_right (done, error);
}

static gpointer
run_storm (gpointer data)
{
  const Storm *storm = data;
  g_autoptr (NumeralHandDb) own = numeral_hand_db_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (storm->seed);

  for (guint i = 0; i < N_STEPS; i++)
    {
      NumeralHandDb *db = g_rand_boolean (random) ? own : storm->f->db;

      step (storm, db, (guint) g_rand_int_range (random, 0, 9), i);
    }
  return NULL;
}

/* Switches, keys, samples and files from several threads at once: what was confirmed is there. */
static void
test_storm (ProtectTest *f, gconstpointer unused)
{
  GThread *threads[N_THREADS];
  Storm storms[N_THREADS];
  g_autofree char *path = numeral_hand_file_last_drawing ();
  gint n_added = 0;

  hand_test_fill (f->db, N);
  write_file (path, "a drawing");
  for (guint i = 0; i < N_THREADS; i++)
    {
      storms[i] = (Storm){ f, (guint) g_test_rand_int (), &n_added };
      threads[i] = g_thread_new ("storm", run_storm, &storms[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  if (protect_test_look (f->db).access == NUMERAL_HAND_LOCKED)
    protect_test_unlock (f->db, f->secret);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, N + (guint) n_added);
  assert_file (path, "a drawing");
}

int
main (int argc, char **argv)
{
  static const ProtectTestCase cases[] = {
    { "/engine/hand/protect-files/no-plain-byte", test_no_plain_byte },
    { "/engine/hand/protect-files/sizes", test_sizes },
    { "/engine/hand/protect-files/files-locked", test_files_locked },
    { "/engine/hand/protect-files/converted-later", test_converted_later },
    { "/engine/hand/protect-files/asking", test_asking },
    { "/engine/hand/protect-files/storm", test_storm },
  };

  return protect_test_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
