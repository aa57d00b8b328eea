/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* @logits: [n, n_classes] of @network for the samples
 *
 * Draws the samples that @network reads wrongly into a PNG at @path, the surest mistakes first,
 * each as the network sees it with its answer and its label, so that one can look for the cause.
 * The samples must be images of 28x28 pixels: NN_ERROR_SHAPE. G_IO_ERROR_* */
gboolean cli_evaluate_mistakes (const NnNetwork *network,
                                const NnDataset *dataset,
                                const float *logits,
                                const char *path,
                                GError **error);

G_END_DECLS
