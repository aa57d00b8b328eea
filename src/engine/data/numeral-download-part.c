/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-download-part.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((gsize) 64 << 10)
#define MAX_TAG 200
/* How often another process may take the file away between opening and locking it. */
#define MAX_RACES 8

/**
 * NumeralDownloadPart:
 * @locked: whether this process holds the lock; without it the file must not be changed
 * @offset: bytes in the file; @sum covers all of them
 * @url: @tag: (nullable): the address of the bytes, and the version (ETag) of the file
 */
struct _NumeralDownloadPart
{
  const NumeralDownloadFile *file;
  char *folder;
  char *path;
  char *part_path;
  char *tag_path;
  int fd;
  gboolean locked;
  guint64 offset;
  GChecksum *sum;
  char *url;
  char *tag;
};

static gboolean
fail_storage (GError **error, const char *path, int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_STORAGE,
               _ ("%s could not be written: %s"), name, g_strerror (code));
  return FALSE;
}

/* Computes the checksum of the file from its start; *@n_bytes is the number of its bytes, @max
 * at most. */
static gboolean
sum_up (int fd,
        guint64 max,
        GChecksum *sum,
        guint64 *n_bytes,
        int *code,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  *n_bytes = 0;
  *code = 0;
  while (*n_bytes < max)
    {
      gssize n = pread (fd, chunk, MIN (CHUNK, max - *n_bytes), (off_t) *n_bytes);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        *code = errno;
      if (n <= 0)
        break;
      g_checksum_update (sum, chunk, n);
      *n_bytes += (guint64) n;
    }
  return TRUE;
}

gboolean
numeral_download_part_is_there (const char *folder,
                                const NumeralDownloadFile *file,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autofree char *path = g_build_filename (folder, file->name, NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  gboolean there = FALSE;
  struct stat status;
  guint64 size;
  int code;

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) &&
      (guint64) status.st_size == file->size)
    there = sum_up (fd, file->size, sum, &size, &code, cancellable, error) && size == file->size &&
            strcmp (g_checksum_get_string (sum), file->sha256) == 0;
  close (fd);
  return there;
}

/* Whether a text is a strong ETag (RFC 9110, 8.8.3); weak ones do not identify bytes. The tag
 * comes from a file and goes into a request header, so it is checked strictly. */
static gboolean
is_strong_tag (const char *tag)
{
  gsize length = tag != NULL ? strlen (tag) : 0;

  if (length < 2 || length > MAX_TAG || tag[0] != '"' || tag[length - 1] != '"')
    return FALSE;
  for (gsize i = 1; i + 1 < length; i++)
    if (!g_ascii_isgraph (tag[i]) || tag[i] == '"')
      return FALSE;
  return TRUE;
}

/* Reads the tag file, which has two lines: the address and the ETag. Without it only the
 * checksum decides. */
static void
read_tag (NumeralDownloadPart *part)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf status;

  if (g_lstat (part->tag_path, &status) != 0 || !S_ISREG (status.st_mode) ||
      status.st_size > (off_t) CHUNK || !g_file_get_contents (part->tag_path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", 3);
  if (g_strv_length (lines) < 2 || !is_strong_tag (lines[1]))
    return;
  part->url = g_strdup (lines[0]);
  part->tag = g_strdup (lines[1]);
}

/* Opens and locks the file. Another process may rename it to its final name between the two
 * steps; then open a new file. */
static gboolean
open_locked (NumeralDownloadPart *part, GError **error)
{
  for (guint i = 0; i < MAX_RACES; i++)
    {
      struct stat opened, named;

      part->fd =
          g_open (part->part_path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
      if (part->fd < 0)
        return fail_storage (error, part->part_path, errno);
      if (fstat (part->fd, &opened) != 0)
        return fail_storage (error, part->part_path, errno);
      if (!S_ISREG (opened.st_mode))
        return fail_storage (error, part->part_path, EEXIST);
      /* Continue without a lock if the file system does not support it. */
      if (flock (part->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        break;
      if (lstat (part->part_path, &named) == 0 && named.st_ino == opened.st_ino &&
          named.st_dev == opened.st_dev)
        {
          part->locked = TRUE;
          return TRUE;
        }
      close (part->fd);
      part->fd = -1;
    }
  g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_BUSY,
               _ ("%s is being downloaded by another window or program"), part->file->name);
  return FALSE;
}

static gboolean
empty (NumeralDownloadPart *part, GError **error)
{
  part->offset = 0;
  g_checksum_reset (part->sum);
  g_clear_pointer (&part->url, g_free);
  g_clear_pointer (&part->tag, g_free);
  if (ftruncate (part->fd, 0) != 0)
    return fail_storage (error, part->part_path, errno);
  if (g_unlink (part->tag_path) != 0 && errno != ENOENT)
    return fail_storage (error, part->tag_path, errno);
  return TRUE;
}

NumeralDownloadPart *
numeral_download_part_open (const char *folder,
                            const NumeralDownloadFile *file,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (NumeralDownloadPart) part = g_new0 (NumeralDownloadPart, 1);
  struct stat status;
  int code;

  part->file = file;
  part->fd = -1;
  part->folder = g_strdup (folder);
  part->path = g_build_filename (folder, file->name, NULL);
  part->part_path = g_strconcat (part->path, ".part", NULL);
  part->tag_path = g_strconcat (part->part_path, ".tag", NULL);
  part->sum = g_checksum_new (G_CHECKSUM_SHA256);

  if (!open_locked (part, error))
    return NULL;
  if (fstat (part->fd, &status) != 0)
    {
      fail_storage (error, part->part_path, errno);
      return NULL;
    }
  if ((guint64) status.st_size > file->size)
    return empty (part, error) ? g_steal_pointer (&part) : NULL;

  if (!sum_up (part->fd, (guint64) status.st_size, part->sum, &part->offset, &code, cancellable,
               error))
    return NULL;
  /* Bytes that cannot be read are discarded. */
  if (part->offset < (guint64) status.st_size)
    return empty (part, error) ? g_steal_pointer (&part) : NULL;
  if (part->offset > 0)
    read_tag (part);
  return g_steal_pointer (&part);
}

guint64
numeral_download_part_get_offset (const NumeralDownloadPart *part)
{
  return part->offset;
}

const NumeralDownloadFile *
numeral_download_part_get_file (const NumeralDownloadPart *part)
{
  return part->file;
}

const char *
numeral_download_part_get_tag (const NumeralDownloadPart *part, const char *url)
{
  return g_strcmp0 (part->url, url) == 0 ? part->tag : NULL;
}

gboolean
numeral_download_part_restart (NumeralDownloadPart *part,
                               const char *url,
                               const char *tag,
                               GError **error)
{
  if (!empty (part, error))
    return FALSE;
  if (is_strong_tag (tag))
    {
      g_autofree char *text = g_strdup_printf ("%s\n%s\n", url, tag);
      g_autoptr (GError) local = NULL;

      if (!g_file_set_contents (part->tag_path, text, -1, &local))
        {
          g_set_error_literal (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_STORAGE,
                               local->message);
          return FALSE;
        }
      part->url = g_strdup (url);
      part->tag = g_strdup (tag);
    }
  return TRUE;
}

gboolean
numeral_download_part_append (NumeralDownloadPart *part,
                              const guint8 *data,
                              gsize size,
                              GError **error)
{
  g_return_val_if_fail (size <= part->file->size - part->offset, FALSE);

  while (size > 0)
    {
      gssize n = pwrite (part->fd, data, size, (off_t) part->offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_storage (error, part->part_path, errno);
      g_checksum_update (part->sum, data, n);
      part->offset += (guint64) n;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* Syncs the folder, so that the new name survives a power failure too. Errors are ignored: not
 * every file system supports it, and the contents are safe already. */
static void
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      (void) fsync (fd);
      close (fd);
    }
}

gboolean
numeral_download_part_finish (NumeralDownloadPart *part, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_copy (part->sum);

  g_return_val_if_fail (part->offset == part->file->size, FALSE);

  if (strcmp (g_checksum_get_string (sum), part->file->sha256) != 0)
    {
      if (empty (part, error))
        g_set_error_literal (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_WRONG,
                             _ ("sends other data than the published file has"));
      return FALSE;
    }
  if (fsync (part->fd) != 0)
    return fail_storage (error, part->part_path, errno);
  if (g_rename (part->part_path, part->path) != 0)
    return fail_storage (error, part->path, errno);
  /* A tag file that stays is harmless: it is used only together with a partial file. */
  g_unlink (part->tag_path);
  sync_folder (part->folder);
  return TRUE;
}

void
numeral_download_part_close (NumeralDownloadPart *part)
{
  struct stat status;

  /* Remove an empty partial file. */
  if (part->locked && fstat (part->fd, &status) == 0 && status.st_size == 0)
    {
      g_unlink (part->part_path);
      g_unlink (part->tag_path);
    }
  if (part->fd >= 0)
    close (part->fd);
  g_checksum_free (part->sum);
  g_free (part->folder);
  g_free (part->path);
  g_free (part->part_path);
  g_free (part->tag_path);
  g_free (part->url);
  g_free (part->tag);
  g_free (part);
}
