/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-confident.h"
#include "nn-bulk.h"

G_BEGIN_DECLS

/* Number of parts into which the samples are divided; each is read by a network that learned from
 * the others. */
#define NUMERAL_SUSPECTS_FOLDS 5

/**
 * numeral_suspects_find:
 * @bulk: (nullable): see nn_folds_read()
 *
 * Finds the samples of a data set that are probably labelled wrongly: networks are trained on it,
 * and nn_confident_suspects() looks at what they say of samples that they did not see. Blocks for
 * as long as training takes: half a minute for 60,000 digits on two processors.
 *
 * Returns: (transfer full) (nullable) (element-type NnSuspect): the surest first; %NULL with the
 *   errors of nn_folds_read()
 */
GArray *numeral_suspects_find (const NnDataset *dataset, const NnBulk *bulk, GError **error);

G_END_DECLS
