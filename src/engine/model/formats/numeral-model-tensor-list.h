/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-safetensors.h"

G_BEGIN_DECLS

/**
 * NumeralTensorList:
 * @tensors: (element-type NumeralTensorValues)
 *
 * Tensors that are written to a file. They refer to the networks of a model.
 */
typedef struct
{
  GArray *tensors;
  /*< private >*/
  GPtrArray *blocks; /* what was made for the file alone */
} NumeralTensorList;

NumeralTensorList *numeral_tensor_list_new (void);
void numeral_tensor_list_free (NumeralTensorList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralTensorList, numeral_tensor_list_free)

/* Adds a tensor; its name is copied. */
void numeral_tensor_list_add (NumeralTensorList *list, const NumeralTensorValues *tensor);

/* (transfer none): @block, which tensors refer to and which the list frees. */
gpointer numeral_tensor_list_keep (NumeralTensorList *list, gpointer block);

/* Sorts the tensors for numeral_safetensors_write(): those with the longest values first, otherwise
 * as they were added. */
void numeral_tensor_list_sort (NumeralTensorList *list);

G_END_DECLS
