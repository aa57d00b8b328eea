/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * numeral_model_adapt_data:
 * @dataset: not shared
 *
 * Makes the samples of a table what the samples were that @model was trained on: divides them by
 * the same number, and gives the classes of the same names the same numbers. The card of the model
 * tells both (numeral_run_card_format()). Other data is left as it is.
 *
 * Returns: FALSE with NN_ERROR_SHAPE if the model does not know the name of a class
 */
gboolean numeral_model_adapt_data (const NumeralModel *model, NnDataset *dataset, GError **error);

G_END_DECLS
