/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-tensor-list.h"

NumeralTensorList *
numeral_tensor_list_new (void)
{
  NumeralTensorList *list = g_new (NumeralTensorList, 1);

  list->tensors = g_array_new (FALSE, FALSE, sizeof (NumeralTensorValues));
  list->blocks = g_ptr_array_new_with_free_func (g_free);
  return list;
}

void
numeral_tensor_list_free (NumeralTensorList *list)
{
  g_array_unref (list->tensors);
  g_ptr_array_unref (list->blocks);
  g_free (list);
}

gpointer
numeral_tensor_list_keep (NumeralTensorList *list, gpointer block)
{
  g_ptr_array_add (list->blocks, block);
  return block;
}

void
numeral_tensor_list_add (NumeralTensorList *list, const NumeralTensorValues *tensor)
{
  NumeralTensorValues copy = *tensor;

  copy.name = numeral_tensor_list_keep (list, g_strdup (tensor->name));
  g_array_append_val (list->tensors, copy);
}

/* Float32 in any case, float32 or float16, bytes. */
static int
rank (const NumeralTensorValues *tensor)
{
  return tensor->bytes != NULL ? 2 : !tensor->exact;
}

/* g_array_sort() is stable. */
static int
compare (gconstpointer a, gconstpointer b)
{
  return rank (a) - rank (b);
}

void
numeral_tensor_list_sort (NumeralTensorList *list)
{
  g_array_sort (list->tensors, compare);
}
