/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * numeral_gan_diversity_of_data:
 * @dataset: its samples are there; it need not be images
 * @diversity: (out): [n_classes] mean Euclidean distance between the samples of each class, of up
 *   to NUMERAL_GAN_DIVERSITY_SAMPLES of them, the first ones; NaN for a class with fewer than two
 */
#define NUMERAL_GAN_DIVERSITY_SAMPLES 64
void numeral_gan_diversity_of_data (const NnDataset *dataset, double *diversity);

G_END_DECLS
