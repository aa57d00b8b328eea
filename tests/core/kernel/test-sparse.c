/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-test.h"
#include "nn-sparse.h"

#define N_SAMPLES 200
#define SIDE 13 /* 169 columns, no multiple of 8 */

/* What the columns say of a pixel. */
static guint8
at (const NnSparseColumns *columns, gsize row, guint column)
{
  const gsize place = row / NN_SPARSE_SEGMENT * columns->n_columns + column;
  const guint r = row % NN_SPARSE_SEGMENT;

  return columns->mask[place] & 1 << r ? columns->value[place * NN_SPARSE_SEGMENT + r] : 0;
}

/* Minibatches of all sizes, each over what the one before left. */
static void
test_columns (void)
{
  g_autoptr (NnDataset) data = core_test_pixels (N_SAMPLES, SIDE, SIDE, 10, 0.3, 1);
  const guint n_columns = data->n_features;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  NnSparseRows *rows = nn_sparse_rows_new (data->pixels, data->n, n_columns);
  NnSparseColumns *columns = nn_sparse_columns_new (n_columns, 33);

  for (gsize n_rows = 1; n_rows <= 33; n_rows++)
    {
      guint32 indices[33];

      for (gsize i = 0; i < n_rows; i++)
        indices[i] = (guint32) g_rand_int_range (rand, 0, N_SAMPLES);
      nn_sparse_rows_prefetch (rows, indices, n_rows);
      nn_sparse_columns_clear (columns, n_rows);
      for (gsize i = 0; i < n_rows; i++)
        for (gsize k = rows->start[indices[i]]; k < rows->end[indices[i]]; k++)
          nn_sparse_columns_add (columns, i, rows->column[k], rows->value[k]);
      for (gsize i = 0; i < (n_rows + 7) / 8 * 8; i++)
        for (guint j = 0; j < n_columns; j++)
          g_assert_cmpuint (at (columns, i, j), ==,
                            i < n_rows ? data->pixels[indices[i] * n_columns + j] : 0);
    }
  nn_sparse_columns_free (columns);
  nn_sparse_rows_free (rows);
}

/* Rows set one by one say the same as rows of a data set. */
static void
test_rows (void)
{
  g_autoptr (NnDataset) data = core_test_pixels (N_SAMPLES, SIDE, SIDE, 10, 0.3, 2);
  const guint n_columns = data->n_features;
  NnSparseRows *all = nn_sparse_rows_new (data->pixels, data->n, n_columns);
  NnSparseRows *one = nn_sparse_rows_new_empty (1, n_columns);

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      nn_sparse_rows_set (one, 0, data->pixels + i * n_columns);
      g_assert_cmpmem (one->column, (one->end[0] - one->start[0]) * sizeof (guint16),
                       all->column + all->start[i],
                       (all->end[i] - all->start[i]) * sizeof (guint16));
      g_assert_cmpmem (one->value, one->end[0] - one->start[0], all->value + all->start[i],
                       all->end[i] - all->start[i]);
      for (gsize k = all->start[i]; k < all->end[i]; k++)
        g_assert_cmpuint (all->value[k], ==, data->pixels[i * n_columns + all->column[k]]);
    }
  nn_sparse_rows_free (one);
  nn_sparse_rows_free (all);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/sparse/rows", test_rows);
  g_test_add_func ("/core/sparse/columns", test_columns);
  return g_test_run ();
}
