/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* The most that is tried; more than this and a pixel counts less than those beside it. */
#define NN_SMOOTH_MAX 0.25

/**
 * nn_smooth_network:
 * @network: that reads images of @width times @height
 * @tap: 0 to NN_SMOOTH_MAX
 *
 * Images that are bent in training are smoothed by it, and those that are read are not: the network
 * then meets something that it never saw. A filter of three taps (@tap, 1 - 2 @tap, @tap) along
 * rows and columns, with ground outside, makes up for that. It is linear, so that it is done by the
 * weights of the first layer, and reading takes no longer.
 *
 * Returns: (transfer full): a network that says of an image what @network says of the smoothed one
 */
NnNetwork *nn_smooth_network (const NnNetwork *network, guint width, guint height, double tap);

/**
 * nn_smooth_choose:
 * @dataset: of images, none of which it learned from
 * @loss: (out) (optional): of the network that is smoothed so
 *
 * Returns: the tap, a whole number of hundredths, with which the loss is least; below 0 on errors:
 *   NN_ERROR_SHAPE where these are no images, or not what the network reads
 */
double
nn_smooth_choose (const NnNetwork *network, const NnDataset *dataset, double *loss, GError **error);

G_END_DECLS
