/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-idx.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define IDX_TYPE_UBYTE 0x08
#define IDX_MAX_DIMS 3

static guint32
read_be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

/* Checks the header and the length of the data; then *@data has dims[0] * ... bytes. */
static gboolean
parse_header (GBytes *bytes,
              const char *what,
              guint n_dims,
              guint32 dims[IDX_MAX_DIMS],
              const guint8 **data,
              GError **error)
{
  gsize size;
  const guint8 *p = g_bytes_get_data (bytes, &size);
  gsize header = 4 + 4 * n_dims;
  guint64 total = 1;

  if (size < 4)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TRUNCATED,
                   _ ("the IDX file (%s) ends inside its magic number, after %zu bytes"), what,
                   size);
      return FALSE;
    }
  if (p[0] != 0 || p[1] != 0 || p[2] != IDX_TYPE_UBYTE || p[3] != n_dims)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("not an IDX file (%s): its magic number is %02x%02x%02x%02x, not "
                      "0000%02x%02x"),
                   what, p[0], p[1], p[2], p[3], IDX_TYPE_UBYTE, n_dims);
      return FALSE;
    }
  if (size < header)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TRUNCATED,
                   _ ("the IDX file (%s) ends inside its header, after %zu bytes"), what, size);
      return FALSE;
    }
  for (guint d = 0; d < n_dims; d++)
    {
      dims[d] = read_be32 (p + 4 + 4 * d);
      /* Both factors are below 2^33, so the product does not overflow. */
      total *= dims[d];
      if (total > NN_DATASET_MAX_BYTES)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                       _ ("the header of the IDX file (%s) declares more than %u GiB"), what,
                       (guint) (NN_DATASET_MAX_BYTES >> 30));
          return FALSE;
        }
    }
  if (total == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT, _ ("the IDX file (%s) is empty"), what);
      return FALSE;
    }
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
  *data = p + header;
  return TRUE;
}

/* The headers of both files, and the number of labels below @n_classes. */
typedef struct
{
  guint32 n, width, height;
  const guint8 *pixels, *classes;
  gsize n_good;
} Parsed;

static gboolean
parse_files (GBytes *images, GBytes *labels, guint n_classes, Parsed *parsed, GError **error)
{
  guint32 image_dims[IDX_MAX_DIMS], label_dims[IDX_MAX_DIMS];

  if (!parse_header (images, _ ("images"), 3, image_dims, &parsed->pixels, error) ||
      !parse_header (labels, _ ("labels"), 1, label_dims, &parsed->classes, error))
    return FALSE;
  if (image_dims[0] != label_dims[0])
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("there are %u images and %u labels"),
                   image_dims[0], label_dims[0]);
      return FALSE;
    }
  parsed->n = label_dims[0];
  parsed->height = image_dims[1];
  parsed->width = image_dims[2];
  parsed->n_good = 0;
  for (gsize i = 0; i < parsed->n; i++)
    parsed->n_good += parsed->classes[i] < n_classes;
  if (parsed->n_good == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("none of the %u labels is less than %u"),
                   parsed->n, n_classes);
      return FALSE;
    }
  return TRUE;
}

/* Copies the images that have a valid label, if not all have one. */
static NnDataset *
copy_good (const Parsed *parsed, guint n_classes, GError **error)
{
  NnDataset *dataset =
      nn_dataset_new_pixels (parsed->n_good, parsed->width, parsed->height, n_classes, error);
  gsize j = 0;

  if (dataset == NULL)
    return NULL;
  for (gsize i = 0; i < parsed->n; i++)
    if (parsed->classes[i] < n_classes)
      {
        memcpy (dataset->pixels + j * dataset->n_features, parsed->pixels + i * dataset->n_features,
                dataset->n_features);
        dataset->labels[j++] = parsed->classes[i];
      }
  return dataset;
}

NnDataset *
nn_idx_parse_take (
    GBytes *images, GBytes *labels, guint n_classes, gsize *n_rejected, GError **error)
{
  g_autoptr (GBytes) owned = images;
  NnDataset *dataset;
  Parsed parsed;

  if (!parse_files (images, labels, n_classes, &parsed, error))
    return NULL;
  if (parsed.n_good < parsed.n)
    dataset = copy_good (&parsed, n_classes, error);
  else
    {
      gsize size,
          offset = (gsize) (parsed.pixels - (const guint8 *) g_bytes_get_data (images, NULL));
      guint8 *storage = g_bytes_unref_to_data (g_steal_pointer (&owned), &size);

      dataset = nn_dataset_new_take (storage, offset, parsed.n, parsed.width, parsed.height,
                                     n_classes, error);
      if (dataset != NULL)
        memcpy (dataset->labels, parsed.classes, parsed.n);
    }
  if (dataset != NULL && n_rejected != NULL)
    *n_rejected = parsed.n - parsed.n_good;
  return dataset;
}

static GBytes *
format (guint n_dims, const guint32 *dims, const guint8 *data, gsize size)
{
  GByteArray *array = g_byte_array_sized_new ((guint) (4 + 4 * n_dims + size));
  guint8 magic[4] = { 0, 0, IDX_TYPE_UBYTE, (guint8) n_dims };

  g_byte_array_append (array, magic, sizeof magic);
  for (guint d = 0; d < n_dims; d++)
    {
      guint32 be = GUINT32_TO_BE (dims[d]);

      g_byte_array_append (array, (guint8 *) &be, sizeof be);
    }
  g_byte_array_append (array, data, (guint) size);
  return g_byte_array_free_to_bytes (array);
}

GBytes *
nn_idx_format_images (const NnDataset *dataset)
{
  guint32 dims[3] = { (guint32) dataset->n, dataset->height, dataset->width };

  g_return_val_if_fail (dataset->pixels != NULL, NULL);
  return format (3, dims, dataset->pixels, dataset->n * dataset->n_features);
}

GBytes *
nn_idx_format_labels (const NnDataset *dataset)
{
  guint32 dims[1] = { (guint32) dataset->n };

  return format (1, dims, dataset->labels, dataset->n);
}
