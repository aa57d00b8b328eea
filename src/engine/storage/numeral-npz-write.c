/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "nn-half.h"
#include "numeral-npz.h"

/* Number of values that are written at once. */
#define BUFFER ((gsize) 4096)
/* Bytes in front of the header of safetensors: its length. */
#define N_LENGTH 8

typedef struct archive Writer;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writer, archive_write_free)

/* Where libarchive puts the bytes. */
typedef struct
{
  NnWriteFunc write;
  gpointer data;
  GError *error;
} Sink;

static la_ssize_t
on_bytes (Writer *writer, void *data, const void *bytes, size_t size)
{
  Sink *sink = data;

  if (sink->error == NULL && sink->write (sink->data, bytes, size, &sink->error))
    return (la_ssize_t) size;
  archive_set_error (writer, EIO, "write");
  return -1;
}

static Writer *
writer_new (Sink *sink)
{
  Writer *writer = archive_write_new ();

  archive_write_set_format_zip (writer);
  archive_write_zip_set_compression_store (writer);
  archive_write_set_bytes_per_block (writer, 0);
  archive_write_open2 (writer, sink, NULL, on_bytes, NULL, NULL);
  return writer;
}

static gboolean
put (Writer *writer, gconstpointer bytes, gsize size)
{
  const guint8 *p = bytes;

  while (size > 0)
    {
      const la_ssize_t n = archive_write_data (writer, p, size);

      if (n <= 0)
        return FALSE;
      p += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* Begins a file ".npy" and writes its header. */
static gboolean
begin_array (Writer *writer,
             const char *name,
             NumeralNpyType type,
             guint width,
             const gsize *dims,
             guint n_dims)
{
  g_autoptr (GBytes) header = numeral_npy_header_format (type, width, dims, n_dims);
  g_autofree char *path = g_strconcat (name, ".npy", NULL);
  struct archive_entry *entry = archive_entry_new ();
  gsize n = 1, length;
  const void *bytes = g_bytes_get_data (header, &length);
  gboolean ok;

  for (guint d = 0; d < n_dims; d++)
    n *= dims[d];
  archive_entry_set_pathname (entry, path);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) (length + n * width));
  ok = archive_write_header (writer, entry) == ARCHIVE_OK && put (writer, bytes, length);
  archive_entry_free (entry);
  return ok;
}

/* The values, little-endian. */
static gboolean
put_values (Writer *writer, const float *values, gsize n, gboolean half)
{
  guint32 words[BUFFER];
  guint16 halves[BUFFER];

  for (gsize first = 0; first < n; first += BUFFER)
    {
      const gsize length = MIN (BUFFER, n - first);

      for (gsize i = 0; i < length; i++)
        if (half)
          {
            const float value = CLAMP (values[first + i], -NN_HALF_MAX, NN_HALF_MAX);

            halves[i] = GUINT16_TO_LE (nn_half_from_float (value));
          }
        else
          {
            memcpy (&words[i], &values[first + i], sizeof words[i]);
            words[i] = GUINT32_TO_LE (words[i]);
          }
      if (!put (writer, half ? (gconstpointer) halves : words, length * (half ? 2 : 4)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_tensor (Writer *writer, const NumeralTensorValues *tensor, gboolean half)
{
  gsize n = 1;

  for (guint d = 0; d < tensor->n_dims; d++)
    n *= tensor->dims[d];
  if (tensor->bytes != NULL)
    return begin_array (writer, tensor->name,
                        tensor->type == NUMERAL_TENSOR_I8 ? NUMERAL_NPY_SIGNED :
                                                            NUMERAL_NPY_UNSIGNED,
                        1, tensor->dims, tensor->n_dims) &&
           put (writer, tensor->bytes, n);
  half = half && !tensor->exact;
  return begin_array (writer, tensor->name, NUMERAL_NPY_FLOAT, half ? 2 : 4, tensor->dims,
                      tensor->n_dims) &&
         put_values (writer, tensor->values, n, half);
}

/* @header: of safetensors, with its length */
static gboolean
put_metadata (Writer *writer, const GByteArray *header)
{
  const gsize size = header->len - N_LENGTH;

  return begin_array (writer, NUMERAL_NPZ_METADATA, NUMERAL_NPY_UNSIGNED, 1, &size, 1) &&
         put (writer, header->data + N_LENGTH, size);
}

gboolean
numeral_npz_write (const NumeralTensorValues *tensors,
                   guint n_tensors,
                   GHashTable *metadata,
                   gboolean half,
                   NnWriteFunc write,
                   gpointer data,
                   GError **error)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  Sink sink = { write, data, NULL };
  g_autoptr (Writer) writer = NULL;
  gboolean ok;

  if (metadata != NULL &&
      !numeral_safetensors_write (NULL, 0, metadata, FALSE, nn_write_to_array, header, error))
    return FALSE;
  writer = writer_new (&sink);
  ok = metadata == NULL || put_metadata (writer, header);
  for (guint i = 0; i < n_tensors && ok; i++)
    ok = put_tensor (writer, &tensors[i], half);
  ok = ok && archive_write_close (writer) == ARCHIVE_OK;
  if (sink.error != NULL)
    {
      g_propagate_error (error, sink.error);
      return FALSE;
    }
  return ok || numeral_fail (error, NN_ERROR_FORMAT, _ ("the archive cannot be written: %s"),
                             archive_error_string (writer));
}
