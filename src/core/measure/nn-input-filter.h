/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* The largest outer tap that is tried. Above 0.25 a pixel would count less than its two
 * neighbours together. */
#define NN_INPUT_FILTER_MAX 0.25

/**
 * nn_input_filter_apply:
 * @network: reads images of @width times @height by a dense layer
 * @tap: 0 to NN_INPUT_FILTER_MAX
 *
 * Augmentation smooths the training images, so images that are read later are sharper. A filter
 * of three taps (@tap, 1 - 2 @tap, @tap) along rows and columns, with background outside of the
 * image, compensates for the difference. The filter is linear, so it is folded into the weights
 * of the first layer, and reading takes no longer.
 *
 * Returns: (transfer full): a network whose output for an image is that of @network for the
 *   filtered image
 */
NnNetwork *nn_input_filter_apply (const NnNetwork *network, guint width, guint height, double tap);

/**
 * nn_input_filter_choose:
 * @dataset: images that @network was not trained on
 * @loss: (out) (optional): of @network with that filter
 *
 * Returns: the tap with the lowest loss, a multiple of 0.01; below 0 on errors: NN_ERROR_SHAPE
 *   if @dataset has no images or images of another size than @network reads, or if the first layer
 *   is not dense
 */
double nn_input_filter_choose (const NnNetwork *network,
                               const NnDataset *dataset,
                               double *loss,
                               GError **error);

G_END_DECLS
