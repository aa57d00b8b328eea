/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-image-tiff.h"

#include <string.h>

/* TIFF 6.0, section 2, and the tags of sections 8; BigTIFF has other sizes. */
#define NEW_SUBFILE_TYPE 254
#define BITS_PER_SAMPLE 258
#define TYPE_SHORT 3
/* Bits of NewSubfileType: a reduced copy of another picture, a mask. */
#define REDUCED 1
#define MASK 4
/* More pages than anybody counts; a longer walk would only take time. */
#define MAX_PAGES 10000

/* How a file writes its numbers. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean big_endian, big_tiff;
} Reader;

/* A number of @n bytes at @at; %FALSE if it is not inside of the file. */
static gboolean
read_number (const Reader *reader, guint64 at, guint n, guint64 *number)
{
  if (at > reader->size || n > reader->size - at)
    return FALSE;
  *number = 0;
  for (guint i = 0; i < n; i++)
    {
      const guint8 byte = reader->data[at + (reader->big_endian ? i : n - 1 - i)];

      *number = *number << 8 | byte;
    }
  return TRUE;
}

/* The value of a tag with one number, or the first of several short ones. */
static gboolean
read_value (const Reader *reader, guint64 entry, guint64 *value)
{
  const guint offset_size = reader->big_tiff ? 8 : 4;
  const guint64 field = entry + 4 + offset_size;
  guint64 type, count;

  if (!read_number (reader, entry + 2, 2, &type) ||
      !read_number (reader, entry + 4, offset_size, &count))
    return FALSE;
  if (type != TYPE_SHORT)
    return read_number (reader, field, 4, value);
  if (count * 2 <= offset_size)
    return read_number (reader, field, 2, value);
  return read_number (reader, field, offset_size, value) && read_number (reader, *value, 2, value);
}

/* Reads the directory at @at. @next: (out): the place of the next one, 0 for none */
static gboolean
read_directory (const Reader *reader, guint64 at, guint64 *subfile, guint64 *bits, guint64 *next)
{
  const guint count_size = reader->big_tiff ? 8 : 2, entry_size = reader->big_tiff ? 20 : 12;
  guint64 n;

  *subfile = 0;
  if (!read_number (reader, at, count_size, &n) || n == 0 || n > reader->size / entry_size)
    return FALSE;
  at += count_size;
  for (guint64 i = 0; i < n; i++, at += entry_size)
    {
      guint64 tag;

      if (!read_number (reader, at, 2, &tag))
        return FALSE;
      if (tag == NEW_SUBFILE_TYPE && !read_value (reader, at, subfile))
        return FALSE;
      if (tag == BITS_PER_SAMPLE && !read_value (reader, at, bits))
        return FALSE;
    }
  return read_number (reader, at, reader->big_tiff ? 8 : 4, next);
}

static gboolean
reader_init (Reader *reader, const guint8 *data, gsize size)
{
  if (size < 8)
    return FALSE;
  *reader = (Reader){ data, size, data[0] == 'M', FALSE };
  if (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0)
    return TRUE;
  reader->big_tiff = TRUE;
  return size >= 16 &&
         (memcmp (data, "II+\0\x08\0\0\0", 8) == 0 || memcmp (data, "MM\0+\0\x08\0\0", 8) == 0);
}

gboolean
numeral_image_tiff_read (const guint8 *data, gsize size, NumeralImageTiff *tiff)
{
  g_autoptr (GHashTable) seen = NULL;
  guint64 at = 0, bits = 1;
  Reader reader;

  *tiff = (NumeralImageTiff){ 1, 1 };
  if (!reader_init (&reader, data, size))
    return FALSE;
  read_number (&reader, reader.big_tiff ? 8 : 4, reader.big_tiff ? 8 : 4, &at);
  seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint n = 0, pages = 0; at != 0 && n < MAX_PAGES; n++)
    {
      guint64 subfile, page_bits = 1, next;

      if (!g_hash_table_add (seen, g_memdup2 (&at, sizeof at)) ||
          !read_directory (&reader, at, &subfile, &page_bits, &next))
        break;
      if (n == 0)
        bits = page_bits;
      pages += (subfile & (REDUCED | MASK)) == 0;
      tiff->n_pages = MAX (pages, 1);
      at = next;
    }
  tiff->bits = (guint) MIN (bits, 64);
  return TRUE;
}
