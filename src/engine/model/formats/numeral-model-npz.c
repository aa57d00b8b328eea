/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-npz.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-card.h"
#include "numeral-model-file.h"
#include "numeral-model-tensors.h"
#include "numeral-npz.h"

static gboolean
sniff (GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return numeral_npz_is (bytes) || numeral_npy_is (data, size);
}

/* (transfer full) (nullable): the metadata: JSON that needs its length in front. */
static GHashTable *
read_metadata (const NumeralNpyArray *array, GError **error)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (NumeralSafetensors) file = NULL;
  guint64 length;

  if (array == NULL)
    return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (array->header.type != NUMERAL_NPY_UNSIGNED || array->header.width != 1 ||
      array->header.size > NUMERAL_SAFETENSORS_MAX_HEADER)
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("its metadata is not UTF-8 text"));
      return NULL;
    }
  length = GUINT64_TO_LE (array->header.size);
  g_byte_array_append (header, (const guint8 *) &length, sizeof length);
  g_byte_array_append (header, array->data, (guint) array->header.size);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&header));
  file = numeral_safetensors_parse (bytes, error);
  return file != NULL ? g_hash_table_ref (file->metadata) : NULL;
}

static NumeralTensorType
type_of (const NumeralNpyHeader *header)
{
  if (header->type != NUMERAL_NPY_FLOAT)
    return header->width > 1                    ? NUMERAL_TENSOR_OTHER :
           header->type == NUMERAL_NPY_SIGNED   ? NUMERAL_TENSOR_I8 :
           header->type == NUMERAL_NPY_UNSIGNED ? NUMERAL_TENSOR_U8 :
                                                  NUMERAL_TENSOR_OTHER;
  return header->width == 2 ? NUMERAL_TENSOR_F16 :
         header->width == 4 ? NUMERAL_TENSOR_F32 :
                              NUMERAL_TENSOR_F64;
}

/* The array as a tensor, which borrows its values. */
static NumeralTensor *
tensor_of (const NumeralNpyArray *array)
{
  const NumeralNpyHeader *header = &array->header;
  NumeralTensor *tensor = g_new0 (NumeralTensor, 1);

  tensor->name = g_strdup (array->name);
  tensor->type = type_of (header);
  tensor->width = header->width;
  tensor->n_dims = header->n_dims;
  memcpy (tensor->dims, header->dims, sizeof tensor->dims);
  tensor->n_values = header->n_values;
  tensor->data = array->data;
  return tensor;
}

G_STATIC_ASSERT (NUMERAL_NPY_MAX_DIMS == NUMERAL_SAFETENSORS_MAX_DIMS);

/* (transfer full) (nullable) (element-type NumeralNpyArray) */
static GPtrArray *
read_arrays (GBytes *bytes, GError **error)
{
  GPtrArray *arrays;
  NumeralNpyArray *array;

  if (numeral_npz_is (bytes) ||
      !numeral_npy_is (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    return numeral_npz_parse (bytes, NULL, NUMERAL_MODEL_MAX_BYTES, error);
  array = numeral_npy_parse (bytes, "weight", NUMERAL_MODEL_MAX_BYTES, error);
  if (array == NULL)
    return NULL;
  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_npy_array_free);
  g_ptr_array_add (arrays, array);
  return arrays;
}

static NumeralModel *
load_as (GBytes *bytes, const char *architecture, GError **error)
{
  g_autoptr (GPtrArray) arrays = read_arrays (bytes, error);
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GPtrArray) tensors =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_tensor_free);
  NumeralSafetensors file = { bytes, tensors, NULL };

  if (arrays == NULL)
    return NULL;
  metadata = read_metadata (numeral_npz_find (arrays, NUMERAL_NPZ_METADATA), error);
  if (metadata == NULL)
    return NULL;
  file.metadata = metadata;
  for (guint i = 0; i < arrays->len; i++)
    if (!g_str_equal (((NumeralNpyArray *) arrays->pdata[i])->name, NUMERAL_NPZ_METADATA))
      g_ptr_array_add (tensors, tensor_of (arrays->pdata[i]));
  return numeral_model_tensors_read (&file, architecture, error);
}

static NumeralModel *
load (GBytes *bytes, GFile *folder, GError **error)
{
  return load_as (bytes, NULL, error);
}

static gboolean
save (const NumeralModel *model,
      NumeralSaveFlags flags,
      NnWriteFunc write,
      gpointer data,
      GError **error)
{
  g_autoptr (NumeralTensorList) list = numeral_model_tensors_list (model, FALSE);
  g_autoptr (GHashTable) metadata = numeral_model_card_write (model);

  return numeral_model_card_check (metadata, error) &&
         numeral_npz_write ((const NumeralTensorValues *) (void *) list->tensors->data,
                            list->tensors->len, metadata, (flags & NUMERAL_SAVE_HALF) != 0, write,
                            data, error);
}

static const char *const suffixes[] = { "npz", NULL };

const NumeralModelFormat numeral_model_npz = {
  .name = "NumPy",
  .suffixes = suffixes,
  .content_type = "application/x-npz",
  .kept = { [NUMERAL_PART_FLOAT32] = NUMERAL_KEPT_EXACTLY,
            [NUMERAL_PART_HALF] = NUMERAL_KEPT_ROUNDED,
            [NUMERAL_PART_INT8] = NUMERAL_KEPT_EXACTLY,
            [NUMERAL_PART_ARCHITECTURE] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_CARD] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_LOSS] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_NOVELTY] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_VECTOR] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_READ] = NUMERAL_KEPT_YES },
  .sniff = sniff,
  .load = load,
  .load_as = load_as,
  .save = save,
};
