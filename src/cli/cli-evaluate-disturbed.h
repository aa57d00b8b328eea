/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* Measures how digits are read that were drawn smaller, elsewhere, with another pen and turned, and
 * prints it as a table, or as one JSON object. The samples must be pen strokes: NN_ERROR_VALUE. */
gboolean cli_evaluate_disturbed (const NnNetwork *network,
                                 const NnDataset *dataset,
                                 gboolean json,
                                 GError **error);

G_END_DECLS
