/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-idx-values.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "nn-dataset.h"

static guint32
read_be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

/* Size of an element in bytes; 0 for an unknown type. */
static guint
size_of (guint8 type)
{
  switch (type)
    {
    case NN_IDX_UBYTE:
    case NN_IDX_BYTE:
      return 1;
    case NN_IDX_SHORT:
      return 2;
    case NN_IDX_INT:
    case NN_IDX_FLOAT:
      return 4;
    case NN_IDX_DOUBLE:
      return 8;
    default:
      return 0;
    }
}

static gboolean
check_magic (const guint8 *p, gsize size, const char *what, GError **error)
{
  if (size < 4)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TRUNCATED,
                   _ ("the IDX file (%s) ends inside its magic number, after %zu bytes"), what,
                   size);
      return FALSE;
    }
  if (p[0] != 0 || p[1] != 0 || size_of (p[2]) == 0 || p[3] < 1 || p[3] > NN_IDX_MAX_DIMS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("not an IDX file (%s) of 1 to %u dimensions: its magic number is "
                      "%02x%02x%02x%02x"),
                   what, NN_IDX_MAX_DIMS, p[0], p[1], p[2], p[3]);
      return FALSE;
    }
  if (size < 4 + 4 * (gsize) p[3])
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TRUNCATED,
                   _ ("the IDX file (%s) ends inside its header, after %zu bytes"), what, size);
      return FALSE;
    }
  return TRUE;
}

/* Sets the dimensions. *@total: bytes that they declare */
static gboolean
read_dims (NnIdx *idx, const guint8 *p, const char *what, guint64 *total, GError **error)
{
  *total = size_of (idx->type);
  for (guint d = 0; d < idx->n_dims; d++)
    {
      idx->dims[d] = read_be32 (p + 4 + 4 * d);
      /* Both factors are below 2^33, so the product does not overflow. */
      *total *= idx->dims[d];
      if (*total > NN_DATASET_MAX_BYTES)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                       _ ("the header of the IDX file (%s) declares more than %u GiB"), what,
                       (guint) (NN_DATASET_MAX_BYTES >> 30));
          return FALSE;
        }
    }
  if (*total > 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_FORMAT, _ ("the IDX file (%s) is empty"), what);
  return FALSE;
}

gboolean
nn_idx_parse (GBytes *bytes, const char *what, NnIdx *idx, GError **error)
{
  gsize size, header;
  const guint8 *p = g_bytes_get_data (bytes, &size);
  guint64 total;

  memset (idx, 0, sizeof *idx);
  if (!check_magic (p, size, what, error))
    return FALSE;
  idx->type = p[2];
  idx->n_dims = p[3];
  header = 4 + 4 * (gsize) idx->n_dims;
  if (!read_dims (idx, p, what, &total, error))
    return FALSE;
  if (size - header < total)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TRUNCATED,
                   _ ("the IDX file (%s) has %zu bytes of data, but its header declares "
                      "%" PRIu64),
                   what, size - header, total);
      return FALSE;
    }
  if (size - header > total)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("the IDX file (%s) has %zu bytes more than its header declares"), what,
                   (gsize) (size - header - total));
      return FALSE;
    }
  idx->data = p + header;
  idx->n = (gsize) (total / size_of (idx->type));
  return TRUE;
}

double
nn_idx_get (const NnIdx *idx, gsize i)
{
  const guint8 *p = idx->data + i * size_of (idx->type);
  guint32 word;
  guint64 wide;
  float single;
  double number;

  switch (idx->type)
    {
    case NN_IDX_UBYTE:
      return p[0];
    case NN_IDX_BYTE:
      return (gint8) p[0];
    case NN_IDX_SHORT:
      return (gint16) (p[0] << 8 | p[1]);
    case NN_IDX_INT:
      return (gint32) read_be32 (p);
    case NN_IDX_FLOAT:
      word = read_be32 (p);
      memcpy (&single, &word, sizeof single);
      return (double) single;
    case NN_IDX_DOUBLE:
    default:
      wide = (guint64) read_be32 (p) << 32 | read_be32 (p + 4);
      memcpy (&number, &wide, sizeof number);
      return number;
    }
}

gboolean
nn_idx_to_pixels (const NnIdx *idx, guint8 *pixels, GError **error)
{
  double highest = 0, factor;

  if (idx->type == NN_IDX_UBYTE)
    {
      memcpy (pixels, idx->data, idx->n);
      return TRUE;
    }
  for (gsize i = 0; i < idx->n; i++)
    {
      double value = nn_idx_get (idx, i);

      if (!(value >= 0 && value <= 255))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                       _ ("the images hold the number %g; pixels are 0 to 255 or 0 "
                          "to 1"),
                       value);
          return FALSE;
        }
      highest = MAX (highest, value);
    }
  factor = highest <= 1 ? 255 : 1;
  for (gsize i = 0; i < idx->n; i++)
    pixels[i] = (guint8) lround (factor * nn_idx_get (idx, i));
  return TRUE;
}
