/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/**
 * NnBulk:
 * @n_workers: number of threads; 0 for the number of processors
 * @progress: (nullable): called repeatedly on the calling thread; returns %FALSE with @error set
 *   to stop
 * @part: (nullable): called on the calling thread with the values [n, size] of the samples from
 *   @first on as soon as they are there: each sample once, in minibatches in any order
 * @data: passed to @progress and @part
 *
 * Options for reading many samples. All zero is the default, as is %NULL in its place.
 */
typedef struct
{
  guint n_workers;
  gboolean (*progress) (gsize n_done, gsize n, gpointer data, GError **error);
  void (*part) (gsize first, gsize n, const float *values, gpointer data);
  gpointer data;
} NnBulk;

/**
 * nn_bulk_logits:
 * @bulk: (nullable)
 *
 * Computes the logits [n, n_classes] of all samples of a data set, in minibatches on all
 * workers: by nn_mlp_forward() if the network is a multilayer perceptron and the samples are
 * images with much background, otherwise by nn_forward(). A network with a form in 8 bits computes
 * in that. The minibatches depend on the number
 * of samples alone, so that the result does not depend on the number of workers, bit for bit.
 *
 * Returns: (transfer full) (nullable): free with g_free(); %NULL with NN_ERROR_SHAPE if the
 *   samples do not have the input shape of the network, or with the error of @bulk's progress
 */
float *nn_bulk_logits (const NnNetwork *network,
                       const NnDataset *dataset,
                       const NnBulk *bulk,
                       GError **error);

/* The same for the output of layer @layer: [n, size of its output]. Of a layer but the last one
 * always in float32. */
float *nn_bulk_activations (const NnNetwork *network,
                            const NnDataset *dataset,
                            guint layer,
                            const NnBulk *bulk,
                            GError **error);

G_END_DECLS
