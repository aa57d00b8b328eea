/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine-test.h"
#include "nn-error.h"
#include "numeral-data.h"
#include "numeral-document.h"
#include "numeral-draft.h"
#include "numeral-file.h"
#include "numeral-model-file.h"

#define TEXT "seven, eight, nine; seven, eight, nine; seven, eight, nine"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = engine_test_folder ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  engine_test_remove (fixture->folder);
  g_free (fixture->folder);
}

static GBytes *
read_path (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GBytes *bytes = numeral_file_read (file, max_bytes, NULL, error);

  g_assert_true ((bytes != NULL) == (error == NULL || *error == NULL));
  return bytes;
}

static gboolean
write_path (const char *path, const char *text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  gboolean written = numeral_file_write (file, bytes, NULL, error);

  g_assert_true (written == (*error == NULL));
  return written;
}

static void
assert_holds (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, text);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed = engine_test_gzip (TEXT, strlen (TEXT));
  g_autoptr (GByteArray) twice = g_byte_array_new ();
  g_autofree char *plain_path = engine_test_write (fixture->folder, "plain", TEXT, strlen (TEXT));
  g_autofree char *empty_path = engine_test_write (fixture->folder, "empty", "", 0);
  g_autofree char *packed_path = NULL;
  g_autofree char *twice_path = NULL;
  g_autoptr (GBytes) plain = read_path (plain_path, strlen (TEXT), &error);
  g_autoptr (GBytes) empty = read_path (empty_path, 100, &error);
  g_autoptr (GBytes) unpacked = NULL;
  g_autoptr (GBytes) both = NULL;
  gsize size;
  const guint8 *p = g_bytes_get_data (packed, &size);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), TEXT, strlen (TEXT));
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);

  packed_path = engine_test_write (fixture->folder, "packed", p, size);
  unpacked = read_path (packed_path, strlen (TEXT), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (unpacked, plain));

  /* Two members and zeros after them. */
  g_byte_array_append (twice, p, (guint) size);
  g_byte_array_append (twice, p, (guint) size);
  g_byte_array_append (twice, (const guint8 *) "\0\0\0", 3);
  twice_path = engine_test_write (fixture->folder, "twice", twice->data, twice->len);
  both = read_path (twice_path, 2 * strlen (TEXT), &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (both, NULL), g_bytes_get_size (both), TEXT TEXT,
                   2 * strlen (TEXT));
}

static void
test_damaged_gzip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed = engine_test_gzip (TEXT, strlen (TEXT));
  gsize size;
  const guint8 *p = g_bytes_get_data (packed, &size);
  g_autofree guint8 *copy = g_malloc (size + 1);

  for (gsize n = 2; n < size; n++)
    {
      g_autofree char *path = engine_test_write (fixture->folder, "cut", p, n);

      g_assert_null (read_path (path, 1000, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_TRUNCATED, "cut: ");
    }
  /* Each byte of the checksum and of the length. */
  for (gsize i = size - 8; i < size; i++)
    {
      g_autofree char *path = NULL;

      memcpy (copy, p, size);
      copy[i] ^= 0x10;
      path = engine_test_write (fixture->folder, "damaged", copy, size);
      g_assert_null (read_path (path, 1000, &error));
      engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "damaged: ");
    }
  /* Something that does not belong there. */
  memcpy (copy, p, size);
  copy[size] = 'x';
  {
    g_autofree char *path = engine_test_write (fixture->folder, "more", copy, size + 1);

    g_assert_null (read_path (path, 1000, &error));
    engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "follows");
  }
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  const gsize bomb_size = (gsize) 64 << 20;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *zeros = g_malloc0 (bomb_size);
  g_autoptr (GBytes) bomb = engine_test_gzip (zeros, bomb_size);
  g_autofree char *plain_path = engine_test_write (fixture->folder, "plain", TEXT, strlen (TEXT));
  g_autofree char *bomb_path =
      engine_test_write (fixture->folder, "bomb", g_bytes_get_data (bomb, NULL),
                         g_bytes_get_size (bomb));

  g_assert_null (read_path (plain_path, strlen (TEXT) - 1, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TOO_LARGE, "plain: larger than");
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 1 << 20);
  g_assert_null (read_path (bomb_path, 1 << 20, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TOO_LARGE, "bomb: larger than 1.0");
  /* Endless, and without a size. */
  g_assert_null (read_path ("/dev/zero", 1 << 20, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "/dev/zero");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);
  g_autofree char *loop = g_build_filename (fixture->folder, "loop", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->folder);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_assert_null (read_path (missing, 1000, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "missing: there is no such file");
  g_assert_null (read_path (fixture->folder, 1000, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, fixture->folder);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  g_assert_null (read_path (loop, 1000, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS, "loop: ");
  /* A file whose reading fails after it was opened. */
  g_assert_null (read_path ("/proc/self/mem", 1000, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "/proc/self/mem: ");

  g_cancellable_cancel (cancelled);
  g_assert_null (numeral_file_read (file, 1000, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* In a process of its own, because the super-user may read and write everything. */
static void
test_permission_subprocess (void)
{
  const char *folder = g_getenv ("NUMERAL_TEST_FOLDER");
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = g_build_filename (folder, "secret", NULL);
  g_autofree char *kept = g_build_filename (folder, "kept", NULL);
  g_autofree char *fresh = g_build_filename (folder, "fresh", NULL);

  g_autofree char *closed = g_build_filename (folder, "closed", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (secret);

  engine_test_drop_privileges ();
  g_assert_null (read_path (secret, 1000, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "secret: ");
  /* Every way in says so. */
  g_assert_null (numeral_model_load (file, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "secret: ");
  g_assert_null (numeral_document_load (file, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "secret: ");
  g_assert_null (numeral_data_load (secret, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "secret: ");
  g_assert_null (numeral_data_load (closed, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "closed: ");
  g_assert_false (write_path (kept, "new", &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "kept: ");
  g_assert_false (write_path (fresh, "new", &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "fresh: ");
}

static void
test_permission (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = engine_test_write (fixture->folder, "secret", TEXT, strlen (TEXT));
  g_autofree char *kept = engine_test_write (fixture->folder, "kept", TEXT, strlen (TEXT));
  g_autofree char *closed = g_build_filename (fixture->folder, "closed", NULL);

  g_assert_cmpint (g_mkdir (closed, 0), ==, 0);
  g_assert_cmpint (g_chmod (secret, 0), ==, 0);
  g_assert_cmpint (g_chmod (kept, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  g_setenv ("NUMERAL_TEST_FOLDER", fixture->folder, TRUE);
  g_test_trap_subprocess ("/engine/file/permission/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  g_test_trap_assert_passed ();
  assert_holds (kept, TEXT);
  g_assert_cmpuint (count_files (fixture->folder), ==, 3);
  g_assert_cmpint (g_chmod (closed, 0755), ==, 0);
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  struct stat info;
  mode_t mask = umask (027);

  write_path (path, "one", &error);
  g_assert_no_error (error);
  assert_holds (path, "one");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0640);

  /* Permissions of the old file stay, and the link leads to the new one. */
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_cmpint (symlink ("file", link), ==, 0);
  write_path (link, "two", &error);
  g_assert_no_error (error);
  assert_holds (path, "two");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
  umask (mask);
}

static void
test_write_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = engine_test_write (fixture->folder, "file", TEXT, strlen (TEXT));
  g_autofree char *absent = g_build_filename (fixture->folder, "absent", "file", NULL);
  g_autofree char *below = g_build_filename (path, "below", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_assert_false (write_path (absent, "new", &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, absent);
  g_assert_false (write_path (below, "new", &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, below);
  g_assert_false (write_path (fixture->folder, "new", &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, fixture->folder);
  g_assert_false (write_path ("/dev/full", "new", &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "/dev/full");

  g_cancellable_cancel (cancelled);
  g_assert_false (numeral_file_write (file, bytes, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_holds (path, TEXT);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

/* As when the disk is full: writing begins and fails. */
static void
test_write_atomic (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = engine_test_write (fixture->folder, "file", TEXT, strlen (TEXT));
  g_autofree char *large = g_strnfill (100000, 'x');
  struct rlimit old, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 4096;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (write_path (path, large, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "file: could not be written");
  assert_holds (path, TEXT);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);

  write_path (path, large, &error);
  g_assert_no_error (error);
  assert_holds (path, large);
}

/* Piece by piece; what is thrown away leaves nothing, and what is kept takes the other's place. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = engine_test_write (fixture->folder, "file", TEXT, strlen (TEXT));
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint keep = 0; keep < 2; keep++)
    {
      g_autoptr (NumeralDraft) draft = numeral_draft_new (file, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (count_files (fixture->folder), ==, 2);
      g_assert_true (numeral_draft_write (draft, "one ", 4, &error));
      g_assert_true (numeral_draft_write (draft, "", 0, &error));
      g_assert_true (numeral_draft_write (draft, "two", 3, &error));
      assert_holds (path, TEXT);
      if (keep)
        g_assert_true (numeral_draft_commit (draft, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  assert_holds (path, "one two");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/engine/file/read", test_read);
  ADD ("/engine/file/damaged-gzip", test_damaged_gzip);
  ADD ("/engine/file/too-large", test_too_large);
  ADD ("/engine/file/unreadable", test_unreadable);
  ADD ("/engine/file/permission", test_permission);
  g_test_add_func ("/engine/file/permission/subprocess", test_permission_subprocess);
  ADD ("/engine/file/write", test_write);
  ADD ("/engine/file/write-refused", test_write_refused);
  ADD ("/engine/file/write-atomic", test_write_atomic);
  ADD ("/engine/file/draft", test_draft);
  return g_test_run ();
}
