/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-simd.h"

/* Private to core: images as lists of the pixels that are not background.
 *
 * 80 % of the pixels of a digit are zero and contribute nothing to a product. The first layer is
 * most of a small network, so skipping zeros saves more time than the higher rate of a dense
 * product. */

/* Rows of (column, value) pairs, in compressed form: the entries of row i are [start[i],
 * end[i]). */
typedef struct
{
  gsize n_rows;
  guint n_columns;
  gsize *start;      /* [n_rows] */
  gsize *end;        /* [n_rows] */
  guint16 *column;   /* ascending in each row */
  guint8 *value;     /* 1..255 */
  float scaled[256]; /* value / 255 */
} NnSparseRows;

/* Share of the @size pixels that are not zero. */
double nn_sparse_density (const guint8 *pixels, gsize size);
/* @pixels: [n_rows, n_columns] */
NnSparseRows *nn_sparse_rows_new (const guint8 *pixels, gsize n_rows, guint n_columns);
/* Empty rows with capacity for any density, to be set one by one. */
NnSparseRows *nn_sparse_rows_new_empty (gsize n_rows, guint n_columns);
/* @pixels: [n_columns]. Different threads may set different rows. */
void nn_sparse_rows_set (NnSparseRows *rows, gsize row, const guint8 *pixels);
void nn_sparse_rows_free (NnSparseRows *rows);

/* Prefetches the rows @indices [n]. Samples are spread over the whole data set, so each would be
 * a cache miss. */
void nn_sparse_rows_prefetch (const NnSparseRows *rows, const guint32 *indices, gsize n);

/* A minibatch by column: a bit for each row that is not zero there, and the values. It is filled
 * while the rows are read for the forward pass, and one loop visits all rows of a column. Each
 * worker makes its own copy, which is faster than reading it from the cache of another
 * processor. */
#define NN_SPARSE_SEGMENT 8 /* rows in a byte of the mask */

typedef struct
{
  guint n_columns;
  guint8 *mask;      /* [segments, n_columns] bit r: row 8 s + r is not zero there */
  guint8 *value;     /* [segments, n_columns, 8] 1..255 where the bit is set, else anything */
  float scaled[256]; /* value / 255 */
} NnSparseColumns;

NN_INLINE gsize
nn_sparse_n_segments (gsize n_rows)
{
  return (n_rows + NN_SPARSE_SEGMENT - 1) / NN_SPARSE_SEGMENT;
}

/* Allocates columns for a minibatch of @n_rows. */
NnSparseColumns *nn_sparse_columns_new (guint n_columns, gsize n_rows);
void nn_sparse_columns_free (NnSparseColumns *columns);
/* Clears the first @n_rows. */
void nn_sparse_columns_clear (NnSparseColumns *columns, gsize n_rows);

/* Adds an entry of row @i. */
NN_INLINE void
nn_sparse_columns_add (NnSparseColumns *columns, gsize i, gsize column, guint8 value)
{
  const gsize place = i / NN_SPARSE_SEGMENT * columns->n_columns + column;

  columns->mask[place] |= (guint8) (1 << i % NN_SPARSE_SEGMENT);
  columns->value[place * NN_SPARSE_SEGMENT + i % NN_SPARSE_SEGMENT] = value;
}
