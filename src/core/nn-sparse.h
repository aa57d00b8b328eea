/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

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

/* Share of the pixels that are not zero. */
double nn_sparse_density (const NnDataset *dataset);
NnSparseRows *nn_sparse_rows_new (const NnDataset *dataset);
/* Room for rows of any density, all of them empty, to be set one by one. */
NnSparseRows *nn_sparse_rows_new_empty (gsize n_rows, guint n_columns);
/* @pixels: [n_columns]. Different threads may set different rows of an empty one. */
void nn_sparse_rows_set (NnSparseRows *rows, gsize row, const guint8 *pixels);
void nn_sparse_rows_free (NnSparseRows *rows);

/* A minibatch by column, in segments of 8 rows: where ink is, as one bit for a row, and how much.
 * Unlike lists it is made in one pass, and a column's rows are met in one loop. Segments are apart
 * in memory, so that each worker fills its own. */
#define NN_SPARSE_SEGMENT 8

typedef struct
{
  guint n_columns;
  gsize n_segments;
  guint8 *mask;      /* [n_segments, n_columns] bit r: row 8 s + r is not zero there */
  guint8 *value;     /* [n_segments, n_columns, 8] 1..255 where the bit is set, else anything */
  float scaled[256]; /* value / 255 */
} NnSparseColumns;

NnSparseColumns *nn_sparse_columns_new (guint n_columns, gsize n_rows);
void nn_sparse_columns_free (NnSparseColumns *columns);
/**
 * nn_sparse_columns_fill:
 * @indices: [n_rows] which of @rows are the minibatch
 * @next: [n_next] those of the minibatch after it; none where that is not known
 *
 * Takes segments [first, last) of the minibatch; the last of all may be short.
 * Samples are drawn from all over the data set, so that each is a wait for
 * memory; those of @next are asked for now, to be there when their turn comes.
 */
void nn_sparse_columns_fill (NnSparseColumns *columns,
                             const NnSparseRows *rows,
                             const guint32 *indices,
                             gsize n_rows,
                             const guint32 *next,
                             gsize n_next,
                             gsize first,
                             gsize last);
