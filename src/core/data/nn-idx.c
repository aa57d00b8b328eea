/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-idx.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-idx-values.h"

/* The share of labels that may be damaged. More of them are another alphabet. */
#define MAX_BAD_SHARE 0.1
/* Fewer labels are too few to tell. */
#define MANY 100

/* The headers of both files, and the number of labels below @n_classes.
 * @stride: number of label columns */
typedef struct
{
  NnIdx images, labels;
  guint32 n, width, height, stride;
  gsize n_good;
} Parsed;

/* The class of sample @i, or @n_classes if it has none. */
static guint
class_of (const Parsed *parsed, gsize i, guint n_classes)
{
  double value = nn_idx_get (&parsed->labels, i * parsed->stride);

  return value >= 0 && value < n_classes && value == floor (value) ? (guint) value : n_classes;
}

/* Rows and columns of the images: n x rows x columns, with one channel before or after, or n x
 * pixels of a square. */
static gboolean
find_size (Parsed *parsed, GError **error)
{
  const NnIdx *images = &parsed->images;
  const guint32 *dims = images->dims;
  guint32 side;

  parsed->n = dims[0];
  if (images->n_dims == 4 && (dims[1] == 1 || dims[3] == 1))
    {
      parsed->height = dims[1] == 1 ? dims[2] : dims[1];
      parsed->width = dims[1] == 1 ? dims[3] : dims[2];
      return TRUE;
    }
  if (images->n_dims == 3)
    {
      parsed->height = dims[1];
      parsed->width = dims[2];
      return TRUE;
    }
  side = images->n_dims == 2 ? (guint32) lround (sqrt (dims[1])) : 0;
  if (side > 0 && (guint64) side * side == dims[1])
    {
      parsed->height = parsed->width = side;
      return TRUE;
    }
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("the images have %u dimensions, but not as images have them: n × rows × columns, "
                  "with "
                  "one channel, or n × pixels of a square"),
               images->n_dims);
  return FALSE;
}

static gboolean
check_labels (Parsed *parsed, guint n_classes, GError **error)
{
  double highest = 0;

  for (gsize i = 0; i < parsed->n; i++)
    {
      parsed->n_good += class_of (parsed, i, n_classes) < n_classes;
      highest = MAX (highest, nn_idx_get (&parsed->labels, i * parsed->stride));
    }
  if (parsed->n_good == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("none of the %u labels is less than %u"),
                   parsed->n, n_classes);
      return FALSE;
    }
  if (parsed->n >= MANY && (double) parsed->n_good < (1 - MAX_BAD_SHARE) * parsed->n)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("the labels go up to %g, so these are not the digits 0 to %u; of EMNIST, "
                      "“digits” and “mnist” can be read, letters cannot"),
                   highest, n_classes - 1);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_files (GBytes *images, GBytes *labels, guint n_classes, Parsed *parsed, GError **error)
{
  memset (parsed, 0, sizeof *parsed);
  if (!nn_idx_parse (images, _ ("images"), &parsed->images, error) ||
      !nn_idx_parse (labels, _ ("labels"), &parsed->labels, error) || !find_size (parsed, error))
    return FALSE;
  if (parsed->labels.n_dims > 2)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the labels have %u dimensions; labels have one, or two as those "
                      "of QMNIST, whose first column is the class"),
                   parsed->labels.n_dims);
      return FALSE;
    }
  if (parsed->n != parsed->labels.dims[0])
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("there are %u images and %u labels"),
                   parsed->n, parsed->labels.dims[0]);
      return FALSE;
    }
  parsed->stride = parsed->labels.n_dims == 2 ? parsed->labels.dims[1] : 1;
  return check_labels (parsed, n_classes, error);
}

/* Moves the images that have a valid label to the front, and sets the labels. */
static NnDataset *
copy_good (const Parsed *parsed, guint n_classes, GError **error)
{
  g_autoptr (NnDataset) all =
      nn_dataset_new_pixels (parsed->n, parsed->width, parsed->height, n_classes, error);
  g_autofree guint32 *good = NULL;
  gsize n_good = 0;

  if (all == NULL || !nn_idx_to_pixels (&parsed->images, all->pixels, error))
    return NULL;
  good = g_new (guint32, parsed->n_good);
  for (guint32 i = 0; i < parsed->n; i++)
    {
      guint label = class_of (parsed, i, n_classes);

      if (label >= n_classes)
        continue;
      all->labels[i] = (guint8) label;
      good[n_good++] = i;
    }
  return n_good == parsed->n ? g_steal_pointer (&all) : nn_dataset_subset (all, good, n_good);
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
  if (parsed.n_good < parsed.n || parsed.images.type != NN_IDX_UBYTE)
    dataset = copy_good (&parsed, n_classes, error);
  else
    {
      gsize size,
          offset = (gsize) (parsed.images.data - (const guint8 *) g_bytes_get_data (images, NULL));
      guint8 *storage = g_bytes_unref_to_data (g_steal_pointer (&owned), &size);

      dataset = nn_dataset_new_take (storage, offset, parsed.n, parsed.width, parsed.height,
                                     n_classes, error);
      for (gsize i = 0; dataset != NULL && i < parsed.n; i++)
        dataset->labels[i] = (guint8) class_of (&parsed, i, n_classes);
    }
  if (dataset != NULL && n_rejected != NULL)
    *n_rejected = parsed.n - parsed.n_good;
  return dataset;
}

static GBytes *
format (guint n_dims, const guint32 *dims, const guint8 *data, gsize size)
{
  GByteArray *array = g_byte_array_sized_new ((guint) (4 + 4 * n_dims + size));
  guint8 magic[4] = { 0, 0, NN_IDX_UBYTE, (guint8) n_dims };

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
