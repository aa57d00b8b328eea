/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"
#include "nn-neighbours.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* Number of neighbours by default. */
#define NUMERAL_NEIGHBOURS_WANTED 8

/**
 * NumeralNeighbours:
 * @dataset: the samples
 * @layer: what is compared: the output of this layer of the network, from 1; 0 for the features
 *
 * The samples of a data set as the last hidden layer of a network sees them, to find those that are
 * most like a digit: the samples that speak for its answer (Papernot and McDaniel, "Deep k-nearest
 * neighbors", 2018). Immutable, used by any thread; reference-counted (atomic).
 */
typedef struct
{
  NnDataset *dataset;
  guint layer;
  /*< private >*/
  NnNetwork *network;
  NnNeighbours *index;
  int ref_count;
} NumeralNeighbours;

/**
 * numeral_neighbours_new:
 * @progress: (nullable): called repeatedly with the share that is done, on the calling thread
 * @data: passed to @progress
 *
 * Reads all samples. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE, NN_ERROR_VALUE if an activation is not
 *   finite, NN_ERROR_TOO_LARGE if the activations take more memory than they may,
 *   G_IO_ERROR_CANCELLED
 */
NumeralNeighbours *numeral_neighbours_new (NnNetwork *network,
                                           NnDataset *dataset,
                                           void (*progress) (double share, gpointer data),
                                           gpointer data,
                                           GCancellable *cancellable,
                                           GError **error);
NumeralNeighbours *numeral_neighbours_ref (NumeralNeighbours *neighbours);
void numeral_neighbours_unref (NumeralNeighbours *neighbours);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralNeighbours, numeral_neighbours_unref)

/* Whether @network sees the samples like this. */
gboolean numeral_neighbours_are_of (const NumeralNeighbours *neighbours, const NnNetwork *network);

/**
 * numeral_neighbours_find:
 * @x: the features of a digit
 * @found: (out): [n_wanted] the nearest samples first
 *
 * Returns: the number found; 0 if the activations for @x are not finite
 */
guint numeral_neighbours_find (const NumeralNeighbours *neighbours,
                               const float *x,
                               NnNeighbour *found,
                               guint n_wanted);

G_END_DECLS
