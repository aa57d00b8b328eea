/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"
#include "nn-train-config.h"

G_BEGIN_DECLS

/* Fewest and most folds. */
#define NN_FOLDS_MIN 2
#define NN_FOLDS_MAX 20

/**
 * nn_folds_divide:
 * @folds: (out): [dataset->n] the fold of each sample, below @n_folds
 *
 * Divides a data set at random into folds of nearly the same size, each class evenly (stratified).
 * The result depends on the labels, the number and the seed alone.
 */
void nn_folds_divide (const NnDataset *dataset, guint n_folds, guint64 seed, guint8 *folds);

/**
 * nn_folds_read:
 * @config: how each network is trained; its seed also divides the samples
 * @n_folds: %NN_FOLDS_MIN to %NN_FOLDS_MAX
 * @bulk: (nullable): its progress counts samples that were trained on or read
 *
 * Cross-validation: trains a network for each fold on all the others, and reads the samples of the
 * fold with it. The same data and settings give the same result bit for bit on the same machine,
 * with any number of workers. Blocks.
 *
 * Returns: (transfer full) (nullable): the probabilities [n, n_classes] that each sample got from
 *   the network that was not trained on it; free with g_free(). %NULL with NN_ERROR_CONFIG if the
 *   settings do not fit or a fold has no samples, or with the error of @bulk's progress
 */
float *nn_folds_read (const NnTrainConfig *config,
                      const NnDataset *dataset,
                      guint n_folds,
                      const NnBulk *bulk,
                      GError **error);

G_END_DECLS
