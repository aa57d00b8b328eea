/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-simd.h"

/* Private to core: images as lists of the pixels that are not ground.
 *
 * Four fifths of a digit's pixels are zero, and so is all arithmetic with them;
 * the first layer is most of a small network, so that leaving it out is worth
 * more than the better rate of a dense product. */

/* Rows of (column, value) pairs, compressed: those of row i are [start[i], end[i]). */
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
/* Room for rows of any density, all of them empty, to be set one by one. */
NnSparseRows *nn_sparse_rows_new_empty (gsize n_rows, guint n_columns);
/* @pixels: [n_columns]. Different threads may set different rows of an empty one. */
void nn_sparse_rows_set (NnSparseRows *rows, gsize row, const guint8 *pixels);
void nn_sparse_rows_free (NnSparseRows *rows);

/* Asks the processor for rows @indices [n], which will be read soon: samples are drawn from all
 * over the data set, so that each is a wait for memory. */
void nn_sparse_rows_prefetch (const NnSparseRows *rows, const guint32 *indices, gsize n);

/* A minibatch by column: where ink is, as one bit for a row, and how much. Unlike lists it is made
 * while the rows are read for something else, and a column's rows are met in one loop. Of several
 * workers each makes its own, which is quicker than to have it from another's cache. */
#define NN_SPARSE_SEGMENT 8 /* rows of a byte of the mask */

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

/* Room for a minibatch of @n_rows. */
NnSparseColumns *nn_sparse_columns_new (guint n_columns, gsize n_rows);
void nn_sparse_columns_free (NnSparseColumns *columns);
/* Empties the first @n_rows. */
void nn_sparse_columns_clear (NnSparseColumns *columns, gsize n_rows);

/* For an entry of row @i. */
NN_INLINE void
nn_sparse_columns_add (NnSparseColumns *columns, gsize i, gsize column, guint8 value)
{
  const gsize place = i / NN_SPARSE_SEGMENT * columns->n_columns + column;

  columns->mask[place] |= (guint8) (1 << i % NN_SPARSE_SEGMENT);
  columns->value[place * NN_SPARSE_SEGMENT + i % NN_SPARSE_SEGMENT] = value;
}
