/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-draft.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "numeral-fail.h"
#include "numeral-private.h"
#include "numeral-sealed-file.h"
#include "numeral-sealed-folder.h"

/**
 * NumeralDraft:
 * @name: name of the file, for messages
 * @target: (nullable): the path of the file; %NULL if only GVfs can reach it
 * @temporary: (nullable): path of the temporary file, until it is renamed
 * @fd: of @temporary, or -1
 * @vault: (nullable): what encrypts the contents; then the temporary file is made at the end
 * @buffer: (nullable): the contents, if there is no @temporary
 */
struct _NumeralDraft
{
  GFile *file;
  char *name;
  char *target;
  char *temporary;
  int fd;
  NumeralVault *vault;
  GByteArray *buffer;
};

/* In seconds. A younger file may be one that is not locked yet. */
#define MIN_AGE 60

static gboolean
fail_to_write (GError **error, const NumeralDraft *draft, int code)
{
  return numeral_fail_write (error, code, draft->name);
}

/* Syncs the folder after the rename, so that the new name survives a power failure too. Errors
 * are ignored: not every file system supports it, and the contents are safe already. */
static void
sync_directory (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      (void) fsync (fd);
      close (fd);
    }
}

/* g_file_replace() writes a temporary file too, but it syncs only some files on some file
 * systems. */
static gboolean
open_temporary (NumeralDraft *draft, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (draft->target);
  struct stat old;
  gboolean exists = stat (draft->target, &old) == 0;

  if (exists && S_ISDIR (old.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _ ("%s: this is a folder; give the name of a file"), draft->name);
      return FALSE;
    }
  if (exists && !S_ISREG (old.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("%s: this is not a regular file and cannot be replaced"), draft->name);
      return FALSE;
    }
  /* A rename would succeed, but a read-only file must not be replaced. */
  if (exists && access (draft->target, W_OK) != 0)
    return fail_to_write (error, draft, errno);

  draft->temporary = g_build_filename (directory, NUMERAL_DRAFT_PREFIX "XXXXXX", NULL);
  numeral_draft_sweep (directory);
  draft->fd = g_mkstemp_full (draft->temporary, O_WRONLY | O_CLOEXEC,
                              numeral_private_contains (draft->target) ? 0600 : 0666);
  if (draft->fd < 0)
    {
      const int code = errno;

      g_clear_pointer (&draft->temporary, g_free);
      return fail_to_write (error, draft, code);
    }
  /* Until it is closed, or the program is killed. Not every file system has locks. */
  (void) flock (draft->fd, LOCK_EX | LOCK_NB);
  if (exists && !numeral_private_contains (draft->target) &&
      fchmod (draft->fd, old.st_mode & 0777) != 0)
    return fail_to_write (error, draft, errno);
  return TRUE;
}

NumeralDraft *
numeral_draft_new (GFile *file, GError **error)
{
  g_autoptr (NumeralDraft) draft = g_new0 (NumeralDraft, 1);
  const char *path = g_file_peek_path (file);
  char *resolved;

  draft->file = g_object_ref (file);
  draft->fd = -1;
  if (path == NULL)
    {
      draft->name = g_file_get_parse_name (file);
      draft->buffer = g_byte_array_new ();
      return g_steal_pointer (&draft);
    }
  resolved = realpath (path, NULL);
  draft->name = g_strdup (path);
  draft->target = g_strdup (resolved != NULL ? resolved : path);
  free (resolved);
  if (!numeral_sealed_folder_find (draft->target, &draft->vault, error))
    {
      g_prefix_error (error, "%s: ", draft->name);
      return NULL;
    }
  if (draft->vault != NULL)
    {
      draft->buffer = g_byte_array_new ();
      return g_steal_pointer (&draft);
    }
  return open_temporary (draft, error) ? g_steal_pointer (&draft) : NULL;
}

gboolean
numeral_draft_write (gpointer data, gconstpointer bytes, gsize size, GError **error)
{
  NumeralDraft *draft = data;
  const guint8 *at = bytes;

  if (draft->vault != NULL && size > NUMERAL_SEALED_FILE_MAX - draft->buffer->len)
    return fail_to_write (error, draft, EFBIG);
  if (draft->buffer != NULL)
    {
      /* The length of a GByteArray is a guint. */
      if (size > G_MAXUINT - draft->buffer->len)
        return fail_to_write (error, draft, EFBIG);
      g_byte_array_append (draft->buffer, at, (guint) size);
      return TRUE;
    }
  while (size > 0)
    {
      gssize n = write (draft->fd, at, MIN (size, (gsize) 1 << 30));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_to_write (error, draft, errno);
      at += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* Writes through GVfs; its backends replace a file atomically. */
static gboolean
commit_remote (NumeralDraft *draft, GCancellable *cancellable, GError **error)
{
  if (g_file_replace_contents (draft->file, (const char *) draft->buffer->data, draft->buffer->len,
                               NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error))
    return TRUE;
  g_prefix_error (error, "%s: ", draft->name);
  return FALSE;
}

/* Writes the encrypted contents into a temporary file. What was sealed before stays as it is. */
static gboolean
seal (NumeralDraft *draft, GError **error)
{
  g_autoptr (GBytes) plain = g_byte_array_free_to_bytes (g_steal_pointer (&draft->buffer));
  g_autoptr (GBytes) sealed = numeral_sealed_file_is (plain) ?
                                  g_bytes_ref (plain) :
                                  numeral_sealed_file_seal (draft->vault, plain);
  gsize size;
  gconstpointer data = g_bytes_get_data (sealed, &size);

  g_clear_pointer (&draft->vault, numeral_vault_unref);
  return open_temporary (draft, error) && numeral_draft_write (draft, data, size, error);
}

gboolean
numeral_draft_commit (NumeralDraft *draft, GCancellable *cancellable, GError **error)
{
  int code = 0;

  if (draft->vault != NULL && !seal (draft, error))
    return FALSE;
  if (draft->buffer != NULL)
    return commit_remote (draft, cancellable, error);
  if (fsync (draft->fd) != 0)
    code = errno;
  if (close (draft->fd) != 0 && code == 0)
    code = errno;
  draft->fd = -1;
  if (code == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (code == 0 && g_rename (draft->temporary, draft->target) != 0)
    code = errno;
  if (code != 0)
    return fail_to_write (error, draft, code);
  g_clear_pointer (&draft->temporary, g_free);
  sync_directory (draft->target);
  return TRUE;
}

void
numeral_draft_free (NumeralDraft *draft)
{
  if (draft->fd >= 0)
    close (draft->fd);
  if (draft->temporary != NULL)
    g_unlink (draft->temporary);
  g_clear_pointer (&draft->buffer, g_byte_array_unref);
  g_clear_pointer (&draft->vault, numeral_vault_unref);
  g_free (draft->temporary);
  g_free (draft->target);
  g_free (draft->name);
  g_object_unref (draft->file);
  g_free (draft);
}

static void
remove_if_left (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat status;

  if (fd < 0)
    return;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) &&
      status.st_mtime < time (NULL) - MIN_AGE && flock (fd, LOCK_EX | LOCK_NB) == 0)
    g_unlink (path);
  close (fd);
}

void
numeral_draft_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, NUMERAL_DRAFT_PREFIX) &&
        strlen (name) == strlen (NUMERAL_DRAFT_PREFIX "XXXXXX"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        remove_if_left (path);
      }
}
