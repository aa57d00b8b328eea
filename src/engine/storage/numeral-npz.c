/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-npz.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"

#define SUFFIX ".npy"
/* The first header of a zip archive: its magic number, and where the length of its name and its
 * name are. */
#define ZIP_MAGIC "PK\3\4"
#define ZIP_LENGTH 26
#define ZIP_NAME 30
/* Files in an archive, far more than a network or a data set has. */
#define MAX_ENTRIES 4096
/* Memory for values that is taken at first. */
#define FIRST_BYTES ((gsize) 1 << 16)

typedef struct archive Reader;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, archive_read_free)

gboolean
numeral_npz_is (GBytes *bytes)
{
  gsize size, length;
  const guint8 *p = g_bytes_get_data (bytes, &size);

  if (size < ZIP_NAME || memcmp (p, ZIP_MAGIC, strlen (ZIP_MAGIC)) != 0)
    return FALSE;
  length = p[ZIP_LENGTH] | (gsize) p[ZIP_LENGTH + 1] << 8;
  return length > strlen (SUFFIX) && size - ZIP_NAME >= length &&
         memcmp (p + ZIP_NAME + length - strlen (SUFFIX), SUFFIX, strlen (SUFFIX)) == 0;
}

static gboolean
fail_archive (Reader *reader, GError **error)
{
  const char *reason = archive_error_string (reader);
  g_autofree char *valid = g_utf8_make_valid (reason != NULL ? reason : "", -1);

  return numeral_fail (error, NN_ERROR_FORMAT, _ ("the archive is damaged: %s"), valid);
}

/* Reads up to @size bytes; fewer where the file ends. -1 on an error. */
static gssize
read_bytes (Reader *reader, guint8 *bytes, gsize size, GError **error)
{
  gsize n = 0;

  while (n < size)
    {
      const la_ssize_t got = archive_read_data (reader, bytes + n, size - n);

      if (got < 0)
        {
          fail_archive (reader, error);
          return -1;
        }
      if (got == 0)
        break;
      n += (gsize) got;
    }
  return (gssize) n;
}

/* Reads exactly @size bytes. */
static gboolean
read_all (Reader *reader, guint8 *bytes, gsize size, GError **error)
{
  const gssize n = read_bytes (reader, bytes, size, error);

  if (n < 0)
    return FALSE;
  return (gsize) n == size || numeral_fail (error, NN_ERROR_TRUNCATED, _ ("it ends early"));
}

static gboolean
read_header (Reader *reader, NumeralNpyHeader *header, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (NUMERAL_NPY_PREFIX);
  const gssize n = read_bytes (reader, bytes, NUMERAL_NPY_PREFIX, error);
  gsize size;

  if (n < 0)
    return FALSE;
  size = numeral_npy_header_size (bytes, (gsize) n, error);
  if (size == 0)
    return FALSE;
  if (size < NUMERAL_NPY_PREFIX)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its header is not that of an array of NumPy"));
  bytes = g_realloc (bytes, size);
  return read_all (reader, bytes + NUMERAL_NPY_PREFIX, size - NUMERAL_NPY_PREFIX, error) &&
         numeral_npy_header_parse (bytes, size, header, error);
}

/* The memory grows with what is read: the size in the header may be a lie. */
static gboolean
read_values (Reader *reader, NumeralNpyArray *array, GError **error)
{
  const gsize size = array->header.size;
  gsize capacity = MIN (size, FIRST_BYTES), n = 0;
  guint8 more;
  gssize rest;

  array->data = g_malloc (MAX (capacity, 1));
  while (n < size)
    {
      if (!read_all (reader, array->data + n, capacity - n, error))
        return FALSE;
      n = capacity;
      capacity = capacity > size / 2 ? size : 2 * capacity;
      array->data = g_realloc (array->data, MAX (capacity, 1));
    }
  /* The end of a file is also where its checksum is compared. */
  rest = read_bytes (reader, &more, 1, error);
  if (rest > 0)
    numeral_fail (error, NN_ERROR_FORMAT, _ ("it has more values than its header says"));
  return rest == 0;
}

/* @left: (inout): bytes that values may still take */
static NumeralNpyArray *
read_array (Reader *reader, const char *name, gsize *left, GError **error)
{
  g_autoptr (NumeralNpyArray) array = g_new0 (NumeralNpyArray, 1);

  array->name = g_strdup (name);
  if (!read_header (reader, &array->header, error))
    return NULL;
  if (array->header.size > *left)
    {
      numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("it is too large"));
      return NULL;
    }
  if (!read_values (reader, array, error))
    return NULL;
  *left -= array->header.size;
  numeral_npy_array_arrange (array);
  return g_steal_pointer (&array);
}

/* Reads the array of an entry if it is one, and wanted. */
static gboolean
read_entry (Reader *reader,
            const char *path,
            const char *const *wanted,
            gsize *left,
            GPtrArray *arrays,
            GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *quoted = NULL;
  NumeralNpyArray *array;

  if (path == NULL || !g_str_has_suffix (path, SUFFIX))
    return TRUE;
  name = g_strndup (path, strlen (path) - strlen (SUFFIX));
  if (wanted != NULL && !g_strv_contains (wanted, name))
    return TRUE;
  quoted = numeral_tensor_quote (name);
  if (numeral_npz_find (arrays, name) != NULL)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("the archive has the array %s twice"), quoted);
  array = read_array (reader, name, left, error);
  if (array == NULL)
    {
      /* Translators: %s is the name of an array; a colon and the problem follow */
      g_prefix_error (error, _ ("array %s: "), quoted);
      return FALSE;
    }
  g_ptr_array_add (arrays, array);
  return TRUE;
}

static Reader *
reader_new (void)
{
  Reader *reader = archive_read_new ();

  archive_read_support_format_zip (reader);
  return reader;
}

GPtrArray *
numeral_npz_parse (GBytes *bytes, const char *const *wanted, gsize max_bytes, GError **error)
{
  g_autoptr (GPtrArray) arrays =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_npy_array_free);
  g_autoptr (Reader) reader = reader_new ();
  struct archive_entry *entry;
  gsize size, left = max_bytes;
  const void *data = g_bytes_get_data (bytes, &size);
  int result = archive_read_open_memory (reader, data, size);

  for (guint n = 0; result == ARCHIVE_OK || result == ARCHIVE_WARN; n++)
    {
      result = archive_read_next_header (reader, &entry);
      if (result == ARCHIVE_EOF)
        return g_steal_pointer (&arrays);
      if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        break;
      if (n == MAX_ENTRIES)
        {
          numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the archive has more than %u files"),
                        MAX_ENTRIES);
          return NULL;
        }
      if (!read_entry (reader, archive_entry_pathname_utf8 (entry), wanted, &left, arrays, error))
        return NULL;
    }
  fail_archive (reader, error);
  return NULL;
}

const NumeralNpyArray *
numeral_npz_find (const GPtrArray *arrays, const char *name)
{
  for (guint i = 0; i < arrays->len; i++)
    if (g_str_equal (((const NumeralNpyArray *) arrays->pdata[i])->name, name))
      return arrays->pdata[i];
  return NULL;
}

gboolean
numeral_npz_file_has (const char *path, const char *name)
{
  g_autoptr (Reader) reader = reader_new ();
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);
  struct archive_entry *entry;
  gboolean found = FALSE;

  if (archive_read_open_filename (reader, path, FIRST_BYTES) != ARCHIVE_OK)
    return FALSE;
  for (guint n = 0; n < MAX_ENTRIES && !found; n++)
    {
      const int result = archive_read_next_header (reader, &entry);

      if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        break;
      found = g_strcmp0 (archive_entry_pathname_utf8 (entry), file) == 0;
    }
  return found;
}
