/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnNeighbour:
 * @index: of the vector
 * @similarity: cosine of the angle to it, -1 to 1; 0 if one of the two is zero
 */
typedef struct
{
  gsize index;
  float similarity;
} NnNeighbour;

/**
 * NnNeighbours:
 *
 * Vectors among which to find the nearest ones. Immutable: any thread may look in it. Each vector
 * takes 2 bytes a value.
 */
typedef struct _NnNeighbours NnNeighbours;

/* @vectors: [n, n_features] finite; they are copied */
NnNeighbours *nn_neighbours_new (const float *vectors, gsize n, guint n_features);
void nn_neighbours_free (NnNeighbours *neighbours);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNeighbours, nn_neighbours_free)

/**
 * nn_neighbours_find:
 * @x: [n_features] finite
 * @n_workers: number of threads; 0 for the number of processors
 * @found: (out): [n_wanted] the nearest vectors by cosine, the nearest first; of equally near ones
 *   that of the lowest index
 *
 * Looks at all vectors: exact but for their rounding to 16 bits, which changes a cosine by less
 * than 1e-4.
 *
 * Returns: the number found, which is the smaller of @n_wanted and the number of vectors
 */
guint nn_neighbours_find (const NnNeighbours *neighbours,
                          const float *x,
                          guint n_workers,
                          NnNeighbour *found,
                          guint n_wanted);

G_END_DECLS
