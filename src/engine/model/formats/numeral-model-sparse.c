/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-sparse.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-layers.h"

#define MASK "_mask"
#define VALUES "_values"

static gsize
count_values (const NumeralTensorValues *tensor)
{
  gsize n = 1;

  for (guint d = 0; d < tensor->n_dims; d++)
    n *= tensor->dims[d];
  return n;
}

static gboolean
is_zero (const NumeralTensorValues *tensor, gsize i)
{
  if (tensor->bytes != NULL)
    return ((const guint8 *) tensor->bytes)[i] == 0;
  return !(tensor->values[i] < 0 || tensor->values[i] > 0);
}

static void
add_sparse (NumeralTensorList *list, const NumeralTensorValues *weight, gsize n, gsize n_kept)
{
  const gsize width = weight->bytes != NULL ? 1 : sizeof (float);
  g_autofree char *mask_name = g_strconcat (weight->name, MASK, NULL);
  g_autofree char *values_name = g_strconcat (weight->name, VALUES, NULL);
  guint8 *mask = numeral_tensor_list_keep (list, g_new0 (guint8, (n + 7) / 8));
  guint8 *kept = numeral_tensor_list_keep (list, g_malloc (MAX (n_kept, 1) * width));
  const NumeralTensorValues mask_tensor = { .name = mask_name,
                                            .n_dims = 1,
                                            .dims = { (n + 7) / 8 },
                                            .type = NUMERAL_TENSOR_U8,
                                            .bytes = mask };
  const NumeralTensorValues values = { .name = values_name,
                                       .n_dims = 1,
                                       .dims = { n_kept },
                                       .type = weight->type,
                                       .exact = weight->exact,
                                       .bytes = weight->bytes != NULL ? kept : NULL,
                                       .values = (const float *) (const void *) kept };
  const guint8 *from = weight->bytes != NULL ? weight->bytes : (gconstpointer) weight->values;
  gsize k = 0;

  for (gsize i = 0; i < n; i++)
    if (!is_zero (weight, i))
      {
        mask[i / 8] |= (guint8) (1 << i % 8);
        memcpy (kept + k++ * width, from + i * width, width);
      }
  numeral_tensor_list_add (list, &values);
  numeral_tensor_list_add (list, &mask_tensor);
}

void
numeral_model_sparse_add (NumeralTensorList *list,
                          const NumeralTensorValues *weight,
                          gboolean sparse)
{
  const gsize n = count_values (weight);
  gsize n_kept = 0;

  for (gsize i = 0; i < n; i++)
    n_kept += !is_zero (weight, i);
  if (sparse && n_kept <= n / 2)
    add_sparse (list, weight, n, n_kept);
  else
    numeral_tensor_list_add (list, weight);
}

static gsize
count_bits (const NumeralTensor *mask)
{
  gsize n = 0;

  for (gsize i = 0; i < mask->n_values; i++)
    n += (gsize) __builtin_popcount (mask->data[i]);
  return n;
}

/* Whether the mask is one of @n values and there are as many values as it says. */
static gboolean
check_sparse (const char *name,
              gsize n,
              const NumeralTensor *mask,
              const NumeralTensor *values,
              GError **error)
{
  if (values == NULL)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("tensor “%s%s” is missing"), name, VALUES);
  if (mask->type != NUMERAL_TENSOR_U8 || mask->n_dims != 1 || mask->n_values != (n + 7) / 8 ||
      (n % 8 != 0 && mask->data[n / 8] >> n % 8 != 0) || values->n_dims != 1 ||
      values->n_values != count_bits (mask))
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the mask of tensor “%s” does not fit its values"), name);
  return TRUE;
}

/* (transfer full): the weight with its zeros. */
static NumeralTensor *
expand (const char *name, const NumeralTensor *mask, const NumeralTensor *values, gsize n)
{
  NumeralTensor *tensor = g_new0 (NumeralTensor, 1);
  const guint8 *from = values->data;

  tensor->name = g_strdup (name);
  tensor->type = values->type;
  tensor->width = values->width;
  tensor->n_values = n;
  tensor->owned = g_malloc0 (n * values->width);
  tensor->data = tensor->owned;
  for (gsize i = 0; i < n; i++)
    if (mask->data[i / 8] >> i % 8 & 1)
      {
        memcpy (tensor->owned + i * values->width, from, values->width);
        from += values->width;
      }
  return tensor;
}

static gboolean
expand_weight (NumeralSafetensors *file,
               guint i,
               const NnArchitecture *arch,
               const NnWeights *view,
               GError **error)
{
  const gsize n = (gsize) view->n_out * view->n_in;
  g_autofree char *name = g_strdup_printf (NUMERAL_MODEL_WEIGHT, i);
  g_autofree char *mask_name = g_strconcat (name, MASK, NULL);
  g_autofree char *values_name = g_strconcat (name, VALUES, NULL);
  const NumeralTensor *mask = numeral_safetensors_find (file, mask_name);
  const NumeralTensor *values = numeral_safetensors_find (file, values_name);
  NumeralTensor *weight;

  if (mask == NULL)
    return TRUE;
  if (!check_sparse (name, n, mask, values, error))
    return FALSE;
  weight = expand (name, mask, values, n);
  weight->n_dims = numeral_model_weight_dims (arch, view, weight->dims);
  g_ptr_array_remove (file->tensors, (gpointer) mask);
  g_ptr_array_remove (file->tensors, (gpointer) values);
  g_ptr_array_add (file->tensors, weight);
  return TRUE;
}

static gboolean
has_masks (const NumeralSafetensors *file)
{
  for (guint i = 0; i < file->tensors->len; i++)
    if (g_str_has_suffix (((const NumeralTensor *) g_ptr_array_index (file->tensors, i))->name,
                          ".weight" MASK))
      return TRUE;
  return FALSE;
}

gboolean
numeral_model_sparse_expand (NumeralSafetensors *file, GError **error)
{
  g_autofree NnArchitecture *arch = NULL;
  NnWeights views[NN_MAX_LAYERS];
  guint n_weights;

  /* PyTorch gives masks to its own tensors. */
  if (!has_masks (file) || !g_hash_table_contains (file->metadata, "architecture"))
    return TRUE;
  arch = g_new0 (NnArchitecture, 1);
  if (!numeral_model_layers_read_described (file, arch, error))
    return FALSE;
  n_weights = nn_architecture_weights (arch, NULL, views);
  for (guint i = 0; i < n_weights; i++)
    if (!expand_weight (file, i, arch, &views[i], error))
      return FALSE;
  return TRUE;
}
