/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-sparse.h"

#include <string.h>

#define CACHE_LINE 64 /* bytes */

static gsize
count_nonzero (const guint8 *pixels, gsize size)
{
  gsize n = 0;

  for (gsize i = 0; i < size; i++)
    n += pixels[i] != 0;
  return n;
}

double
nn_sparse_density (const guint8 *pixels, gsize size)
{
  return (double) count_nonzero (pixels, size) / (double) size;
}

static void
set_scaled (float scaled[256])
{
  for (guint v = 0; v < 256; v++)
    scaled[v] = (float) v * (1 / 255.0f);
}

static NnSparseRows *
rows_new (gsize n_rows, guint n_columns, gsize n_entries)
{
  NnSparseRows *rows = g_new0 (NnSparseRows, 1);

  rows->n_rows = n_rows;
  rows->n_columns = n_columns;
  rows->start = g_new0 (gsize, n_rows);
  rows->end = g_new0 (gsize, n_rows);
  /* One more entry, which nn_sparse_rows_set() may write and then overwrite. */
  rows->column = g_new (guint16, n_entries + 1);
  rows->value = g_new (guint8, n_entries + 1);
  set_scaled (rows->scaled);
  return rows;
}

/* Writes the entries of a row from @k on; returns their end. */
static gsize
put_row (NnSparseRows *rows, gsize k, const guint8 *pixels)
{
  guint j = 0;

  for (; j + 8 <= rows->n_columns; j += 8)
    {
      guint64 eight;

      memcpy (&eight, pixels + j, 8);
      if (eight == 0)
        continue;
      /* Avoids an unpredictable branch: every pixel is written, and the next one overwrites
       * background. */
      for (guint b = j; b < j + 8; b++)
        {
          rows->column[k] = (guint16) b;
          rows->value[k] = pixels[b];
          k += pixels[b] != 0;
        }
    }
  for (; j < rows->n_columns; j++)
    if (pixels[j] != 0)
      {
        rows->column[k] = (guint16) j;
        rows->value[k++] = pixels[j];
      }
  return k;
}

NnSparseRows *
nn_sparse_rows_new (const guint8 *pixels, gsize n_rows, guint n_columns)
{
  gsize k = 0;
  NnSparseRows *rows = rows_new (n_rows, n_columns, count_nonzero (pixels, n_rows * n_columns));

  for (gsize i = 0; i < n_rows; i++)
    {
      rows->start[i] = k;
      k = put_row (rows, k, pixels + i * n_columns);
      rows->end[i] = k;
    }
  return rows;
}

NnSparseRows *
nn_sparse_rows_new_empty (gsize n_rows, guint n_columns)
{
  NnSparseRows *rows = rows_new (n_rows, n_columns, n_rows * n_columns);

  for (gsize i = 0; i < n_rows; i++)
    rows->start[i] = rows->end[i] = i * n_columns;
  return rows;
}

void
nn_sparse_rows_set (NnSparseRows *rows, gsize row, const guint8 *pixels)
{
  rows->end[row] = put_row (rows, rows->start[row], pixels);
}

void
nn_sparse_rows_free (NnSparseRows *rows)
{
  g_free (rows->start);
  g_free (rows->end);
  g_free (rows->column);
  g_free (rows->value);
  g_free (rows);
}

void
nn_sparse_rows_prefetch (const NnSparseRows *rows, const guint32 *indices, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize k = rows->start[indices[i]]; k < rows->end[indices[i]]; k += CACHE_LINE)
      {
        __builtin_prefetch (&rows->value[k]);
        __builtin_prefetch (&rows->column[k]);
        __builtin_prefetch (&rows->column[k + CACHE_LINE / 2]);
      }
}

NnSparseColumns *
nn_sparse_columns_new (guint n_columns, gsize n_rows)
{
  NnSparseColumns *columns = g_new0 (NnSparseColumns, 1);

  columns->n_columns = n_columns;
  columns->mask = g_new (guint8, nn_sparse_n_segments (n_rows) * n_columns);
  columns->value = g_new (guint8, nn_sparse_n_segments (n_rows) * n_columns * NN_SPARSE_SEGMENT);
  set_scaled (columns->scaled);
  return columns;
}

void
nn_sparse_columns_free (NnSparseColumns *columns)
{
  g_free (columns->mask);
  g_free (columns->value);
  g_free (columns);
}

void
nn_sparse_columns_clear (NnSparseColumns *columns, gsize n_rows)
{
  memset (columns->mask, 0, nn_sparse_n_segments (n_rows) * columns->n_columns);
}
