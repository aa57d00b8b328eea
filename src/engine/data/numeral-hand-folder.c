/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "numeral-draft.h"
#include "numeral-fail.h"

/* In seconds. A younger folder may be one that is not locked yet. */
#define MIN_AGE 60
/* The folder, and in it those of the digits. */
#define DEPTH 2

struct _NumeralHandFolder
{
  char *path, *draft;
  int lock;        /* of @draft, until it is freed; -1 where there are no locks */
  GPtrArray *made; /* paths in the draft, in order */
  gboolean committed;
};

static gboolean
is_free (const char *path, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  g_autofree char *name = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  dir = g_dir_open (path, 0, NULL);
  if (dir != NULL && g_dir_read_name (dir) == NULL)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _ ("%s: this exists, and nothing in it was changed; choose a new or an empty "
                  "folder"),
               name);
  return FALSE;
}

static int
open_folder (const char *path)
{
  return g_open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
}

static void
remove_files (const char *path, guint depth)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat status;

      if (lstat (child, &status) == 0 && S_ISDIR (status.st_mode) && depth > 1)
        remove_files (child, depth - 1);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* Removes the drafts of exports whose program was killed. */
static void
sweep (const char *parent)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, NUMERAL_DRAFT_PREFIX) &&
        strlen (name) == strlen (NUMERAL_DRAFT_PREFIX "XXXXXX"))
      {
        g_autofree char *path = g_build_filename (parent, name, NULL);
        const int fd = open_folder (path);
        struct stat status;

        if (fd >= 0 && fstat (fd, &status) == 0 && status.st_mtime < time (NULL) - MIN_AGE &&
            flock (fd, LOCK_EX | LOCK_NB) == 0)
          remove_files (path, DEPTH);
        if (fd >= 0)
          g_close (fd, NULL);
      }
}

NumeralHandFolder *
numeral_hand_folder_new (const char *path, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);
  g_autofree char *draft = g_build_filename (parent, NUMERAL_DRAFT_PREFIX "XXXXXX", NULL);
  NumeralHandFolder *self;

  if (!is_free (full, error))
    return NULL;
  sweep (parent);
  if (g_mkdtemp (draft) == NULL)
    {
      numeral_fail_errno (error, errno, "%s", path);
      return NULL;
    }
  self = g_new0 (NumeralHandFolder, 1);
  self->path = g_steal_pointer (&full);
  self->draft = g_steal_pointer (&draft);
  self->lock = open_folder (self->draft);
  if (self->lock >= 0)
    (void) flock (self->lock, LOCK_EX | LOCK_NB);
  self->made = g_ptr_array_new_with_free_func (g_free);
  return self;
}

gboolean
numeral_hand_folder_write (
    NumeralHandFolder *self, const char *inside, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_build_filename (self->draft, inside, NULL);
  char *path = g_build_filename (folder, name, NULL);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (inside != NULL && g_mkdir (folder, 0777) == 0)
    g_ptr_array_add (self->made, g_steal_pointer (&folder));
  g_ptr_array_add (self->made, path);
  return g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0666,
                                   error);
}

/* One call for all files, of which there may be thousands. */
static gboolean
sync_all (const NumeralHandFolder *self, GError **error)
{
  const int fd = g_open (self->draft, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  const gboolean done = fd >= 0 && syncfs (fd) == 0;
  const int code = errno;

  if (fd >= 0)
    g_close (fd, NULL);
  return done || numeral_fail_errno (error, code, "%s", self->path);
}

gboolean
numeral_hand_folder_commit (NumeralHandFolder *self, GError **error)
{
  if (!sync_all (self, error))
    return FALSE;
  /* Fails if another program has written into the folder since. */
  if (g_rename (self->draft, self->path) != 0)
    return numeral_fail_errno (error, errno, "%s", self->path);
  self->committed = TRUE;
  return TRUE;
}

void
numeral_hand_folder_free (NumeralHandFolder *self)
{
  if (!self->committed)
    {
      for (guint i = self->made->len; i > 0; i--)
        g_remove (self->made->pdata[i - 1]);
      g_rmdir (self->draft);
    }
  if (self->lock >= 0)
    g_close (self->lock, NULL);
  g_ptr_array_unref (self->made);
  g_free (self->draft);
  g_free (self->path);
  g_free (self);
}
