/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-folders.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

#include "numeral-fail.h"
#include "numeral-private.h"

#define RUN_PREFIX "run-"
/* Folders with higher numbers are not ours; counting goes on below it. */
#define MAX_NUMBER 999999999
#define NEW_PREFIX ".new-"
#define ASIDE_PREFIX ".deleted-"

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

static char *
make (const char *store, const char *prefix, int *lock, GError **error)
{
  g_autofree char *path = g_strconcat (store, G_DIR_SEPARATOR_S, prefix, "XXXXXX", NULL);

  if (!numeral_private_make (store, error))
    return NULL;
  if (g_mkdtemp_full (path, 0700) == NULL)
    {
      numeral_fail_errno (error, errno, "%s", store);
      return NULL;
    }
  *lock = lock_folder (path);
  if (*lock < 0)
    {
      numeral_fail_errno (error, errno, "%s", path);
      g_rmdir (path);
      return NULL;
    }
  return g_steal_pointer (&path);
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

gboolean
numeral_run_folder_commit (NumeralRunRecord *record,
                           const char *store,
                           guint64 least,
                           gboolean number_it,
                           int lock,
                           GError **error)
{
  g_autofree char *made = g_strdup (record->folder);

  /* Another process may take a number first. */
  for (guint64 number = least;; number++)
    {
      g_autofree char *id = g_strdup_printf (RUN_PREFIX "%04" G_GUINT64_FORMAT, number);
      g_autofree char *path = g_build_filename (store, id, NULL);
      g_autofree char *name = g_strdup_printf (_ ("Run %" PRIu64), number);

      if (number_it)
        numeral_run_record_set_name (record, name);
      if (!numeral_run_record_begin (record, error))
        break;
      if (g_rename (made, path) == 0)
        {
          numeral_run_record_set_folder (record, path);
          g_close (lock, NULL);
          return TRUE;
        }
      if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR)
        {
          numeral_fail_errno (error, errno, "%s", path);
          break;
        }
    }
  numeral_run_folder_abandon (made, lock);
  return FALSE;
}
