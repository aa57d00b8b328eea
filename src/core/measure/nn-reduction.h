/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "nn-pca.h"
#include "nn-write.h"

G_BEGIN_DECLS

#define NN_REDUCTION_DIGEST 32

/**
 * NnReduction:
 * @pca: of the training samples
 * @scale: that the coordinates along the components are multiplied by
 * @digest: SHA-256 of the training samples
 *
 * Principal components as the input of a network: r = scale (x - mean) components^T.
 *
 * A network learns from the few values r of each sample. What reads is the same network with the
 * projection in its first dense layer: since the projection is affine and so is the layer, nothing
 * else knows of it. Centred inputs that do not correlate suit gradient descent (LeCun, Bottou, Orr
 * and Müller 1998, "Efficient BackProp", section 4.3). The same article divides each by its own
 * deviation; here one factor serves all. It makes the mean of the variances 1, as the initial
 * weights of Glorot and of He assume, and keeps the distances between samples. The last components
 * of handwriting are noise or constant: divided by their own deviation they would be noise as large
 * as the first ones, or not a number.
 */
typedef struct
{
  NnPca *pca;
  double scale;
  guint8 digest[NN_REDUCTION_DIGEST];
} NnReduction;

/**
 * nn_reduction_new:
 * @train: the training samples, all of them there
 * @bulk: (nullable): workers and progress
 *
 * Returns: (transfer full) (nullable): the errors of nn_pca_new()
 */
NnReduction *
nn_reduction_new (const NnDataset *train, guint n_components, const NnBulk *bulk, GError **error);
void nn_reduction_free (NnReduction *reduction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnReduction, nn_reduction_free)

/* Share of the variance of the training samples that all components together explain. */
double nn_reduction_explained (const NnReduction *reduction);

/* (transfer full) (nullable): the samples as r, [n, n_components], with their labels. @n_workers: 0
 * for the number of processors. NN_ERROR_TOO_LARGE. */
NnDataset *nn_reduction_project (const NnReduction *reduction,
                                 const NnDataset *dataset,
                                 guint n_workers,
                                 GError **error);

/* (transfer full): the network that gives of x what @network, whose first layer is dense, gives of
 * r, within rounding. Must not be larger than a network can be. */
NnNetwork *nn_reduction_expand (const NnReduction *reduction, const NnNetwork *network);

/* (transfer full): the network that gives of r what @network, whose first layer is dense, gives of
 * the sample with these components and no others. */
NnNetwork *nn_reduction_reduce (const NnReduction *reduction, const NnNetwork *network);

/* Whether bytes begin as nn_reduction_write() does. */
gboolean nn_reduction_is_in (const guint8 *bytes, gsize size);

/* Writes the reduction as bytes with a magic, a version and a checksum, in the byte order of the
 * host. Fails only if @write fails. */
gboolean
nn_reduction_write (const NnReduction *reduction, NnWriteFunc write, gpointer data, GError **error);

/**
 * nn_reduction_read:
 * @bytes: they may go on after the reduction
 * @length: (out): length of the reduction
 * @train: the training samples
 *
 * Returns: (transfer full) (nullable): NN_ERROR_TRUNCATED, NN_ERROR_FORMAT; NN_ERROR_SHAPE if it is
 *   another number of components or if the components are those of other samples
 */
NnReduction *nn_reduction_read (const guint8 *bytes,
                                gsize size,
                                const NnDataset *train,
                                guint n_components,
                                gsize *length,
                                GError **error);

G_END_DECLS
