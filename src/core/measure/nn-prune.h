/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/**
 * nn_prune_weights:
 * @network: changed
 * @share: in [0, 1)
 *
 * Sets the smallest weights of each layer to zero, the share @share of them (Han, Pool, Tran and
 * Dally 2015, "Learning both Weights and Connections for Efficient Neural Networks"). Biases stay.
 * Weights that are zero already count.
 *
 * Returns: (transfer full): [n_params] 0 for the weights that are zero now, 1 for all others
 */
guint8 *nn_prune_weights (NnNetwork *network, double share);

/**
 * nn_prune_units:
 * @whole: @network, or the network that units were left out of before
 * @samples: of what the network reads
 * @share: in [0, 1): of the units of @whole
 *
 * A network without the least important hidden units: of each layer with weights but the last, the
 * share @share, rounded, of its units or channels, but not all. A unit is as important as the mean
 * size of what it gives on the samples, times the length of the weights that lead on from it.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE if the samples do not have the input shape
 *   of the network
 */
NnNetwork *nn_prune_units (const NnNetwork *network,
                           const NnNetwork *whole,
                           const NnDataset *samples,
                           double share,
                           GError **error);

G_END_DECLS
