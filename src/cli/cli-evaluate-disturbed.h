/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* Measures the accuracy on digits that are drawn smaller, elsewhere, with other pens, or rotated,
 * and prints a table or one JSON object. NN_ERROR_VALUE if the samples are not pen strokes. */
gboolean cli_evaluate_disturbed (const NnNetwork *network,
                                 const NnDataset *dataset,
                                 gboolean json,
                                 GError **error);

G_END_DECLS
