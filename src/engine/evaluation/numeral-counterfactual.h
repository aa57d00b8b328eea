/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-deformation.h"
#include "numeral-model.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

/**
 * NumeralCounterfactual:
 * @tensor: [28, 28] the digit that was asked about
 * @target: the digit that it shall be read as
 * @deformation: the smallest smooth deformation that was found
 * @reading: of the deformed tensor: the target, and not refused
 * @displacement: mean length of the displacement of the ink, in pixels of the tensor
 * @bending: energy of the deformation
 *
 * What would make a digit another one. Immutable; reference-counted (atomic).
 */
typedef struct
{
  float tensor[INK_TENSOR_SIZE];
  guint target;
  NnDeformation *deformation;
  NumeralReading reading;
  double displacement, bending;
  /*< private >*/
  int ref_count;
} NumeralCounterfactual;

/**
 * numeral_counterfactual_find:
 * @tensor: [28, 28]
 * @target: 0 to 9
 * @progress: (nullable): called repeatedly with the share that is done, on the calling thread
 * @data: passed to @progress
 *
 * Looks for the smallest smooth deformation with which @model reads the target and does not refuse
 * it (nn_counterfactual_find()). Blocks, for about a second with the model that ships.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE if the model does not read digits,
 *   NN_ERROR_VALUE if none was found, G_IO_ERROR_CANCELLED
 */
NumeralCounterfactual *numeral_counterfactual_find (const NumeralModel *model,
                                                    const float tensor[INK_TENSOR_SIZE],
                                                    guint target,
                                                    void (*progress) (double share, gpointer data),
                                                    gpointer data,
                                                    GCancellable *cancellable,
                                                    GError **error);
NumeralCounterfactual *numeral_counterfactual_ref (NumeralCounterfactual *counterfactual);
void numeral_counterfactual_unref (NumeralCounterfactual *counterfactual);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralCounterfactual, numeral_counterfactual_unref)

/* The digit on its way to the other one. @share: 0 for the digit as it is to 1 */
void numeral_counterfactual_between (const NumeralCounterfactual *counterfactual,
                                     double share,
                                     float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
