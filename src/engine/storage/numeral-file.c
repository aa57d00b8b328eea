/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-file.h"

#include <glib/gi18n-lib.h>

#include "nn-error.h"
#include "numeral-draft.h"
#include "numeral-file-kind.h"
#include "numeral-sealed-file.h"

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

/* Unpacks one member of a gzip stream and appends it to @out; @used is the size of the member in
 * @data. */
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

  /* RFC 1952 allows several members in a row. Zero padding, as on tapes, is ignored as gzip
   * does. */
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

/* Refuses pipes and devices, which may never end, or never begin. A program that is started by a
 * shell may get a pipe by the name of an open file. */
static gboolean
check_kind (GFile *file, GCancellable *cancellable, GError **error)
{
  static const char *const open_files[] = { "/dev/stdin", "/dev/fd/", "/proc/self/fd/" };
  const char *path = g_file_peek_path (file);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (open_files); i++)
    if (path != NULL && g_str_has_prefix (path, open_files[i]))
      return TRUE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_SPECIAL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                       _ ("this is a pipe or a device; a file is needed"));
  return FALSE;
}

static GBytes *
read_raw (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GByteArray) out = NULL;
  g_autofree guint8 *chunk = NULL;

  if (!check_kind (file, cancellable, error))
    return NULL;
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  /* Reject a file by its size before reading it; a pipe has no size. */
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

/* The contents of what is on the disk: decrypted and unpacked. */
static GBytes *
unwrap (GBytes *stored, gsize max_bytes, GError **error)
{
  g_autoptr (GBytes) raw = numeral_sealed_file_is (stored) ?
                               numeral_sealed_file_open (stored, error) :
                               g_bytes_ref (stored);
  GBytes *bytes = raw != NULL ? numeral_bytes_gunzip (raw, max_bytes, error) : NULL;

  if (bytes != NULL && !numeral_file_kind_check (bytes, error))
    g_clear_pointer (&bytes, g_bytes_unref);
  return bytes;
}

/* Most messages of GIO do not name the file, so add it; a cancellation needs no name.
 * @local: (transfer full) */
static void
name_error (GError **error, GError *local, GFile *file)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("%s: there is no such file"), name);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                 _ ("%s: this is a folder; a file is needed"), name);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _ ("%s: you do not have permission to read it"), name);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local);
      return;
    }
  else
    {
      g_propagate_prefixed_error (error, local, "%s: ", name);
      return;
    }
  g_error_free (local);
}

GBytes *
numeral_file_read (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) stored = NULL;
  GError *local = NULL;
  GBytes *bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  /* The length of a GByteArray is a guint. */
  g_return_val_if_fail (max_bytes < G_MAXUINT, NULL);

  stored = read_raw (file, max_bytes, cancellable, &local);
  if (stored != NULL)
    bytes = unwrap (stored, max_bytes, &local);
  if (bytes == NULL)
    name_error (error, local, file);
  return bytes;
}

GBytes *
numeral_file_read_stored (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  GBytes *stored;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (max_bytes < G_MAXUINT, NULL);

  stored = read_raw (file, max_bytes, cancellable, &local);
  if (stored == NULL)
    name_error (error, local, file);
  return stored;
}

gboolean
numeral_file_write (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (NumeralDraft) draft = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  draft = numeral_draft_new (file, error);
  return draft != NULL && numeral_draft_write (draft, data, size, error) &&
         numeral_draft_commit (draft, cancellable, error);
}
