/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/**
 * nn_unit_order_apply:
 * @network: changed; computes the same as before
 * @samples: of what the network reads, at least one
 *
 * Reorders the hidden units between two dense layers with ReLU, so that four units that follow
 * each other are often zero together. The 8-bit product leaves out groups of four zeros: with
 * units in random order few groups of a layer in which 10 % are active would be zero. Greedily:
 * a group begins with the most active unit that is left, and gets the three that are most often
 * active together with it.
 */
void nn_unit_order_apply (NnNetwork *network, const NnDataset *samples);

G_END_DECLS
