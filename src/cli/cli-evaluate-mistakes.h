/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* @logits: [n, n_classes] of @network for the samples
 *
 * Draws the samples that @network reads wrongly into a PNG at @path, the most confident mistakes
 * first: the tensor with the answer and the label, to look for the cause. NN_ERROR_SHAPE if the
 * samples are not images of 28x28 pixels, G_IO_ERROR_*. */
gboolean cli_evaluate_mistakes (const NnNetwork *network,
                                const NnDataset *dataset,
                                const float *logits,
                                const char *path,
                                GError **error);

G_END_DECLS
