/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-npz.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-idx.h"
#include "nn-idx-values.h"
#include "numeral-draft.h"
#include "numeral-fail.h"
#include "numeral-npz.h"

#define N_DIGITS 10
#define MAX_BYTES ((gsize) 1 << 30)

/* The names of images and labels. Those of one split come first. */
#define N_SPLIT_NAMES 2

static const struct
{
  const char *images, *labels;
} names[] = {
  { "x_train", "y_train" }, { "x_test", "y_test" }, { "x", "y" },         { "X", "y" },
  { "images", "labels" },   { "data", "target" },   { "arr_0", "arr_1" },
};

gboolean
numeral_data_is_npz (GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return numeral_npz_is (bytes) || numeral_npy_is (data, size);
}

gboolean
numeral_data_npz_has_test (const char *path)
{
  return numeral_npz_file_has (path, names[NUMERAL_SPLIT_TEST].images);
}

/* (transfer full) (nullable): the arrays with these names. */
static GPtrArray *
read_arrays (GBytes *bytes, guint row, GError **error)
{
  const char *const wanted[] = { names[row].images, names[row].labels, NULL };

  return numeral_npz_parse (bytes, wanted, MAX_BYTES, error);
}

/* (transfer full) (nullable): the images and the labels of a split, in this order. */
static GPtrArray *
find_arrays (GBytes *bytes, NumeralSplit split, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      /* Of the splits, the one that is wanted goes first. */
      const guint row = i < N_SPLIT_NAMES ? (split + i) % N_SPLIT_NAMES : i;
      g_autoptr (GPtrArray) arrays = read_arrays (bytes, row, error);

      if (arrays == NULL)
        return NULL;
      if (numeral_npz_find (arrays, names[row].images) == NULL ||
          numeral_npz_find (arrays, names[row].labels) == NULL)
        continue;
      if (i == 1)
        break;
      if (arrays->pdata[0] != numeral_npz_find (arrays, names[row].images))
        {
          gpointer first = arrays->pdata[0];

          arrays->pdata[0] = arrays->pdata[1];
          arrays->pdata[1] = first;
        }
      return g_steal_pointer (&arrays);
    }
  numeral_fail (error, NN_ERROR_FORMAT,
                _ ("the archive lacks the arrays %s and %s; save it in Python with "
                   "numpy.savez(FILE, x=IMAGES, y=LABELS)"),
                names[split].images, names[split].labels);
  return NULL;
}

/* The type of IDX that holds all values of an array. */
static NnIdxType
idx_type (const NumeralNpyHeader *header)
{
  if (header->width == 1)
    return header->type == NUMERAL_NPY_SIGNED ? NN_IDX_BYTE : NN_IDX_UBYTE;
  if (header->type == NUMERAL_NPY_FLOAT)
    return header->width == 8 ? NN_IDX_DOUBLE : NN_IDX_FLOAT;
  if (header->type == NUMERAL_NPY_SIGNED && header->width == 2)
    return NN_IDX_SHORT;
  if (header->width == 2 || (header->type == NUMERAL_NPY_SIGNED && header->width == 4))
    return NN_IDX_INT;
  return NN_IDX_DOUBLE;
}

static guint
idx_width (NnIdxType type)
{
  return type <= NN_IDX_BYTE ? 1 : type == NN_IDX_SHORT ? 2 : type == NN_IDX_DOUBLE ? 8 : 4;
}

/* Writes a value big-endian. */
static void
put_value (NnIdxType type, double value, guint8 *out)
{
  const float single = (float) value;
  const guint width = idx_width (type);
  guint64 bits = (guint64) (gint64) value;
  guint32 word;

  if (type == NN_IDX_FLOAT)
    {
      memcpy (&word, &single, sizeof word);
      bits = word;
    }
  else if (type == NN_IDX_DOUBLE)
    memcpy (&bits, &value, sizeof bits);
  for (guint k = 0; k < width; k++)
    out[k] = (guint8) (bits >> 8 * (width - 1 - k));
}

/* (transfer full) (nullable): an array in the format of IDX, which has its own checks and
 * conversions. @n_dims: of those of the array, the others have the size 1 */
static GBytes *
to_idx (const NumeralNpyArray *array, guint n_dims, GError **error)
{
  const NumeralNpyHeader *header = &array->header;
  const NnIdxType type = idx_type (header);
  const guint width = idx_width (type);
  const gsize begin = 4 + 4 * (gsize) n_dims;
  guint8 *bytes;

  for (guint d = 0; d < n_dims; d++)
    if (header->dims[d] > G_MAXUINT32)
      {
        numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("its shape overflows"));
        return NULL;
      }
  bytes = g_try_malloc (begin + header->n_values * width);
  if (bytes == NULL)
    {
      numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("it is too large"));
      return NULL;
    }
  bytes[0] = bytes[1] = 0;
  bytes[2] = (guint8) type;
  bytes[3] = (guint8) n_dims;
  for (guint d = 0; d < n_dims; d++)
    put_value (NN_IDX_INT, (double) header->dims[d], bytes + 4 + 4 * d);
  if (width == 1)
    memcpy (bytes + begin, array->data, header->n_values);
  else
    for (gsize i = 0; i < header->n_values; i++)
      put_value (type, numeral_npy_array_get (array, i), bytes + begin + i * width);
  return g_bytes_new_take (bytes, begin + header->n_values * width);
}

/* Labels are one number each. */
static gboolean
check_labels (const NumeralNpyArray *labels, GError **error)
{
  const NumeralNpyHeader *header = &labels->header;

  if (header->n_dims == 1 || (header->n_dims == 2 && header->dims[1] == 1))
    return TRUE;
  return numeral_fail (error, NN_ERROR_SHAPE,
                       _ ("the labels have %u dimensions; save one number each, in Python with "
                          "LABELS.argmax(axis=1)"),
                       header->n_dims);
}

NnDataset *
numeral_data_from_npz (GBytes *bytes, NumeralSplit split, gsize *n_rejected, GError **error)
{
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GBytes) images = NULL;
  g_autoptr (GBytes) labels = NULL;
  const NumeralNpyArray *array;

  if (!numeral_npz_is (bytes))
    {
      numeral_fail (error, NN_ERROR_FORMAT,
                    _ ("this is one array of NumPy, without labels; save it in Python with "
                       "numpy.savez(FILE, x=IMAGES, y=LABELS)"));
      return NULL;
    }
  arrays = find_arrays (bytes, split, error);
  if (arrays == NULL || !check_labels (arrays->pdata[1], error))
    return NULL;
  array = arrays->pdata[0];
  if (array->header.n_dims < 2 || array->header.n_dims > NN_IDX_MAX_DIMS)
    {
      numeral_fail (error, NN_ERROR_SHAPE,
                    _ ("the images have %u dimensions, but not as images have them: n × rows × "
                       "columns, with one channel, or n × pixels of a square"),
                    array->header.n_dims);
      return NULL;
    }
  images = to_idx (array, array->header.n_dims, error);
  labels = images != NULL ? to_idx (arrays->pdata[1], 1, error) : NULL;
  if (labels == NULL)
    return NULL;
  return nn_idx_parse_take (g_steal_pointer (&images), labels, N_DIGITS, n_rejected, error);
}

gboolean
numeral_data_write_npz (const NnDataset *dataset, GFile *file, GError **error)
{
  const NumeralTensorValues tensors[] = {
    { .name = "x",
      .n_dims = 3,
      .dims = { dataset->n, dataset->height, dataset->width },
      .type = NUMERAL_TENSOR_U8,
      .bytes = dataset->pixels },
    { .name = "y",
      .n_dims = 1,
      .dims = { dataset->n },
      .type = NUMERAL_TENSOR_U8,
      .bytes = dataset->labels },
  };
  g_autoptr (NumeralDraft) draft = numeral_draft_new (file, error);

  return draft != NULL &&
         numeral_npz_write (tensors, G_N_ELEMENTS (tensors), NULL, FALSE, numeral_draft_write,
                            draft, error) &&
         numeral_draft_commit (draft, NULL, error);
}
