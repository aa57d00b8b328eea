/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/**
 * NnBulk:
 * @n_workers: 0 for as many as there are processors
 * @progress: (nullable): called now and then on the calling thread; %FALSE with @error set stops
 * @data: for @progress
 *
 * How to read many samples. All zero is a good default, and so is %NULL in its place.
 */
typedef struct
{
  guint n_workers;
  gboolean (*progress) (gsize n_done, gsize n, gpointer data, GError **error);
  gpointer data;
} NnBulk;

/**
 * nn_bulk_logits:
 * @bulk: (nullable)
 *
 * The logits [n, n_classes] of all samples of a data set, in minibatches on all workers: by
 * nn_mlp_forward() where the network is a multilayer perceptron and the samples are images with
 * much background, otherwise by nn_forward(). The minibatches depend on the number of samples
 * alone, so that the result is the same bit for bit whatever the number of workers.
 *
 * Returns: (transfer full) (nullable): free with g_free(); %NULL with NN_ERROR_SHAPE where the
 *   samples have other features than the network reads, or with the error of @bulk's progress
 */
float *nn_bulk_logits (const NnNetwork *network,
                       const NnDataset *dataset,
                       const NnBulk *bulk,
                       GError **error);

/* The same for what layer @layer gives: [n, size of its output]. */
float *nn_bulk_activations (const NnNetwork *network,
                            const NnDataset *dataset,
                            guint layer,
                            const NnBulk *bulk,
                            GError **error);

G_END_DECLS
