/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-folders.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "numeral-fail.h"
#include "numeral-private.h"

#define RUN_PREFIX "run-"
/* Folders with higher numbers are not ours; counting goes on below it. */
#define MAX_NUMBER 999999999
#define NEW_PREFIX ".new-"
#define ASIDE_PREFIX ".deleted-"
#define N_ATTEMPTS 10

gboolean
numeral_run_folder_is_run (const char *name)
{
  return g_str_has_prefix (name, RUN_PREFIX);
}

guint64
numeral_run_folder_number (const char *name)
{
  guint64 number;

  return numeral_run_folder_is_run (name) &&
                 g_ascii_string_to_unsigned (name + strlen (RUN_PREFIX), 10, 1, MAX_NUMBER, &number,
                                             NULL) ?
             number :
             0;
}

char *
numeral_run_folder_id (guint64 number)
{
  return g_strdup_printf (RUN_PREFIX "%04" G_GUINT64_FORMAT, number);
}

int
numeral_run_folder_compare (const char *a, const char *b)
{
  const guint64 m = numeral_run_folder_number (a), n = numeral_run_folder_number (b);

  if (m != n)
    return m > n ? -1 : 1;
  return strcmp (b, a);
}

guint64
numeral_run_folder_highest (const char *store)
{
  g_autoptr (GDir) dir = g_dir_open (store, 0, NULL);
  guint64 highest = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    highest = MAX (highest, numeral_run_folder_number (name));
  return highest;
}

gboolean
numeral_run_folder_exists (const char *path)
{
  GStatBuf status;

  return g_lstat (path, &status) == 0;
}

/* Symbolic links are removed, not followed. */
void
numeral_run_folder_remove (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_unlink (path);
      return;
    }
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      numeral_run_folder_remove (child);
    }
  g_rmdir (path);
}

/* Returns -1 and sets errno on failure. */
static int
lock_folder (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), code;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      code = errno;
      g_close (fd, NULL);
      errno = code;
      return -1;
    }
  return fd;
}

void
numeral_run_folder_sweep (const char *store, const char *name)
{
  g_autofree char *path = g_build_filename (store, name, NULL);
  int fd;

  if (!g_str_has_prefix (name, NEW_PREFIX) && !g_str_has_prefix (name, ASIDE_PREFIX))
    return;
  fd = lock_folder (path);
  if (fd < 0)
    return;
  numeral_run_folder_remove (path);
  g_close (fd, NULL);
}

/* Whether the folder at @path is still that of @fd. */
static gboolean
is_same (int fd, const char *path)
{
  struct stat opened, there;

  return fstat (fd, &opened) == 0 && stat (path, &there) == 0 && opened.st_dev == there.st_dev &&
         opened.st_ino == there.st_ino;
}

static char *
make_once (const char *store, const char *prefix, int *lock, GError **error)
{
  g_autofree char *path = g_strconcat (store, G_DIR_SEPARATOR_S, prefix, "XXXXXX", NULL);

  *lock = -1;
  if (g_mkdtemp_full (path, 0700) == NULL)
    {
      numeral_fail_write (error, errno, store);
      return NULL;
    }
  *lock = lock_folder (path);
  if (*lock < 0)
    numeral_fail_errno (error, errno, "%s", path);
  return g_steal_pointer (&path);
}

/* Between its creation and its lock, a sweep may take the folder for one that was left behind. */
static char *
make (const char *store, const char *prefix, int *lock, GError **error)
{
  if (!numeral_private_make (store, error))
    return NULL;
  for (guint i = 1;; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *path = make_once (store, prefix, lock, &local);

      if (path != NULL && *lock >= 0 && is_same (*lock, path))
        return g_steal_pointer (&path);
      if (*lock >= 0)
        g_close (*lock, NULL);
      if (path == NULL || i == N_ATTEMPTS)
        {
          if (local == NULL)
            numeral_fail_errno (&local, ENOENT, "%s", path);
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
}

char *
numeral_run_folder_begin (const char *store, int *lock, GError **error)
{
  return make (store, NEW_PREFIX, lock, error);
}

char *
numeral_run_folder_make_backup (const char *store, int *lock, GError **error)
{
  return make (store, ASIDE_PREFIX, lock, error);
}

void
numeral_run_folder_abandon (const char *path, int lock)
{
  numeral_run_folder_remove (path);
  g_close (lock, NULL);
}

NumeralRunTaken
numeral_run_folder_commit (
    NumeralRunRecord *record, const char *store, guint64 number, int lock, GError **error)
{
  g_autofree char *made = g_strdup (record->folder);
  g_autofree char *id = numeral_run_folder_id (number);
  g_autofree char *path = g_build_filename (store, id, NULL);

  /* rename(2) would replace an empty folder. */
  if (numeral_run_folder_exists (path))
    return NUMERAL_RUN_TAKEN;
  if (numeral_run_record_begin (record, error))
    {
      if (g_rename (made, path) == 0)
        {
          numeral_run_record_set_folder (record, path);
          g_close (lock, NULL);
          return NUMERAL_RUN_COMMITTED;
        }
      if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
        return NUMERAL_RUN_TAKEN;
      numeral_fail_write (error, errno, path);
    }
  numeral_run_folder_abandon (made, lock);
  return NUMERAL_RUN_ABANDONED;
}
