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

/* One entry of a column: a row of the minibatch and the value as a float, 0..1. */
typedef struct
{
  guint32 row;
  float value;
} NnSparseEntry;

/* Some rows of a minibatch by column: entries of column j are [start[j], start[j + 1]), their rows
 * ascending. */
typedef struct
{
  guint n_columns;
  guint32 *start; /* [n_columns + 2]; one more than is read, for the sort */
  NnSparseEntry *entries;
  gsize n_allocated;
} NnSparseColumns;

NnSparseColumns *nn_sparse_columns_new (guint n_columns);
void nn_sparse_columns_free (NnSparseColumns *columns);
/* Takes rows @indices[first, last) of @rows; they are rows first.. of the minibatch. Grows its room
 * only when a minibatch has more ink than any before. */
void nn_sparse_columns_fill (NnSparseColumns *columns,
                             const NnSparseRows *rows,
                             const guint32 *indices,
                             gsize first,
                             gsize last);
