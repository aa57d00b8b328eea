/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nn-error.h"

#define CHUNK ((gsize) 64 << 10)

static void
set_too_large (GError **error, gsize max_bytes)
{
  g_autofree char *size = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE, _ ("larger than %s, the most that is read"),
               size);
}

static gboolean
is_gzip (const guint8 *data, gsize size)
{
  return size >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/* Unpacks one member of a gzip stream onto the end of @out; @used is how much of @data it took. */
static gboolean
gunzip_member (
    const guint8 *data, gsize size, gsize max_bytes, GByteArray *out, gsize *used, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor =
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gsize at = 0;

  for (;;)
    {
      g_autoptr (GError) local = NULL;
      gsize n_read = 0, n_written = 0;
      GConverterResult result =
          g_converter_convert (G_CONVERTER (decompressor), data + at, size - at, chunk, CHUNK,
                               G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &local);

      if (result == G_CONVERTER_ERROR)
        {
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
            g_set_error_literal (error, NN_ERROR, NN_ERROR_TRUNCATED,
                                 _ ("the gzip stream ends early; the file is not complete"));
          else
            g_set_error (error, local->domain, local->code, _ ("the gzip stream is damaged: %s"),
                         local->message);
          return FALSE;
        }
      if (n_written > max_bytes - out->len)
        {
          set_too_large (error, max_bytes);
          return FALSE;
        }
      g_byte_array_append (out, chunk, (guint) n_written);
      at += n_read;
      if (result == G_CONVERTER_FINISHED)
        break;
    }
  *used = at;
  return TRUE;
}

GBytes *
numeral_bytes_gunzip (GBytes *bytes, gsize max_bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GByteArray) out = NULL;

  g_return_val_if_fail (max_bytes < G_MAXUINT, NULL);

  if (!is_gzip (data, size))
    {
      if (size > max_bytes)
        {
          set_too_large (error, max_bytes);
          return NULL;
        }
      return g_bytes_ref (bytes);
    }

  /* RFC 1952 lets members follow one another; tape-style zero padding is let pass as gzip does. */
  out = g_byte_array_new ();
  while (is_gzip (data, size))
    {
      gsize used;

      if (!gunzip_member (data, size, max_bytes, out, &used, error))
        return NULL;
      data += used;
      size -= used;
    }
  for (gsize i = 0; i < size; i++)
    if (data[i] != 0)
      {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             _ ("something that is not gzip follows the gzip stream"));
        return NULL;
      }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
read_raw (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GByteArray) out = NULL;
  g_autofree guint8 *chunk = NULL;

  if (stream == NULL)
    return NULL;

  /* Refuse by the size that is claimed, before reading; pipes claim none. */
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  if (info != NULL && g_file_info_get_size (info) > 0 &&
      (guint64) g_file_info_get_size (info) > max_bytes)
    {
      set_too_large (error, max_bytes);
      return NULL;
    }

  out = g_byte_array_new ();
  chunk = g_malloc (CHUNK);
  for (;;)
    {
      gssize n = g_input_stream_read (G_INPUT_STREAM (stream), chunk, CHUNK, cancellable, error);

      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      if ((gsize) n > max_bytes - out->len)
        {
          set_too_large (error, max_bytes);
          return NULL;
        }
      g_byte_array_append (out, chunk, (guint) n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
numeral_file_read (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) raw = NULL;
  GBytes *bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  /* The length of a GByteArray is a guint. */
  g_return_val_if_fail (max_bytes < G_MAXUINT, NULL);

  raw = read_raw (file, max_bytes, cancellable, &local);
  if (raw != NULL)
    bytes = numeral_bytes_gunzip (raw, max_bytes, &local);
  if (bytes == NULL)
    {
      /* GIO's own messages mostly leave the file out; cancelling is nobody's fault. */
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("%s: there is no such file"),
                     name);
      else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                     _ ("%s: this is a folder; a file is needed"), name);
      else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                     _ ("%s: you do not have permission to read it"), name);
      else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s: ", name);
    }
  return bytes;
}

static gboolean
fail_errno (GError **error, const char *name, int code)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("%s: could not be written: %s"),
               name, g_strerror (code));
  return FALSE;
}

/* 0 or an errno. */
static int
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, MIN (size, (gsize) 1 << 30));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      data += n;
      size -= (gsize) n;
    }
  return 0;
}

/* After the rename, so that the new name survives a power cut too. Not every file system can, and
 * the file itself is safe by now. */
static void
sync_directory (const char *directory)
{
  int fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      (void) fsync (fd);
      close (fd);
    }
}

/* GFile's own replace writes aside too, but syncs only some files on some file systems. */
static gboolean
write_local (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autofree char *target = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *temporary = NULL;
  char *resolved = realpath (path, NULL);
  struct stat old;
  gboolean exists;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int fd, code = 0;

  target = g_strdup (resolved != NULL ? resolved : path);
  free (resolved);
  directory = g_path_get_dirname (target);

  exists = stat (target, &old) == 0;
  if (exists && S_ISDIR (old.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _ ("%s: this is a folder; give the name of a file"), path);
      return FALSE;
    }
  if (exists && !S_ISREG (old.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("%s: this is not a regular file and cannot be replaced"), path);
      return FALSE;
    }
  /* A rename would succeed, but whoever made a file read-only wants to keep it. */
  if (exists && access (target, W_OK) != 0)
    return fail_errno (error, path, errno);

  temporary = g_build_filename (directory, ".numeral-XXXXXX", NULL);
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail_errno (error, path, errno);

  if (exists && fchmod (fd, old.st_mode & 0777) != 0)
    code = errno;
  if (code == 0)
    code = write_all (fd, data, size);
  if (code == 0 && fsync (fd) != 0)
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_unlink (temporary);
      return FALSE;
    }
  if (code == 0 && g_rename (temporary, target) != 0)
    code = errno;
  if (code != 0)
    {
      g_unlink (temporary);
      return fail_errno (error, path, code);
    }
  sync_directory (directory);
  return TRUE;
}

gboolean
numeral_file_write (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *name = NULL;
  gsize size;
  const char *data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (path != NULL)
    return write_local (path, bytes, cancellable, error);

  /* Somewhere that only GVfs reaches; its backends replace in one step. */
  data = g_bytes_get_data (bytes, &size);
  if (g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable,
                               error))
    return TRUE;
  name = g_file_get_parse_name (file);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}
