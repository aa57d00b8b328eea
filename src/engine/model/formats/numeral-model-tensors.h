/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"
#include "numeral-model-tensor-list.h"

G_BEGIN_DECLS

/* A model as named tensors and texts, which safetensors and NumPy's archives have in common. */

/**
 * numeral_model_tensors_read:
 * @file: loses the tensors of the novelty detector
 * @architecture: (nullable): instead of that in its metadata, whose texts are freed with g_free()
 *
 * Returns: (transfer full) (nullable): the model in the tensors of a file. NN_ERROR_*
 */
NumeralModel *
numeral_model_tensors_read (NumeralSafetensors *file, const char *architecture, GError **error);

/* (transfer full): the tensors of all networks of the model, with the weights of the model.
 * @sparse: whether weights that are mostly zero are stored sparsely */
NumeralTensorList *numeral_model_tensors_list (const NumeralModel *model, gboolean sparse);

/* Adds the tensors of a network to @list, their names with @prefix. @sparse: as above */
void numeral_model_tensors_add (NumeralTensorList *list,
                                const NnNetwork *network,
                                const char *prefix,
                                gboolean sparse);

G_END_DECLS
