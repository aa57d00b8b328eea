/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-procrustes.h"

#include <math.h>

#include "nn-eigen.h"

/* Singular values below this share of the largest are rounding. */
#define RANK 1e-7

/* m [k, k] = coordinates^T before */
static void
correlate (const float *before, const float *coordinates, gsize n, gsize k, double *m)
{
  for (gsize i = 0; i < k * k; i++)
    m[i] = 0;
  for (gsize i = 0; i < n; i++)
    for (gsize a = 0; a < k; a++)
      for (gsize b = 0; b < k; b++)
        m[a * k + b] += (double) coordinates[i * k + a] * (double) before[i * k + b];
}

/* Makes row @i of @u [k, k] a unit vector that is orthogonal to the rows before: the axis that
 * those leave most of. */
static void
complete_row (double *u, gsize i, gsize k)
{
  double best = -1;
  g_autofree double *row = g_new (double, k);

  for (gsize axis = 0; axis < k; axis++)
    {
      double norm = 0;

      for (gsize a = 0; a < k; a++)
        {
          row[a] = a == axis;
          for (gsize j = 0; j < i; j++)
            row[a] -= u[j * k + axis] * u[j * k + a];
          norm += row[a] * row[a];
        }
      if (norm <= best)
        continue;
      best = norm;
      for (gsize a = 0; a < k; a++)
        u[i * k + a] = row[a] / sqrt (norm);
    }
}

void
nn_procrustes (const float *before, const float *coordinates, gsize n, guint k, float *rotation)
{
  const gsize size = (gsize) k * k;
  g_autofree double *m = g_new (double, size);
  g_autofree double *square = g_new (double, size);
  g_autofree double *values = g_new (double, k);
  g_autofree double *v = g_new (double, size); /* rows: right singular vectors */
  g_autofree double *u = g_new (double, size); /* rows: left singular vectors */

  correlate (before, coordinates, n, k, m);
  for (guint a = 0; a < k; a++)
    for (guint b = 0; b < k; b++)
      {
        square[a * k + b] = 0;
        for (guint c = 0; c < k; c++)
          square[a * k + b] += m[c * k + a] * m[c * k + b];
      }
  nn_eigen_symmetric (square, k, values, v);
  for (guint i = 0; i < k; i++)
    {
      const double singular = sqrt (MAX (values[i], 0));

      if (values[0] <= 0 || singular <= RANK * sqrt (values[0]))
        {
          complete_row (u, i, k);
          continue;
        }
      for (guint a = 0; a < k; a++)
        {
          u[i * k + a] = 0;
          for (guint b = 0; b < k; b++)
            u[i * k + a] += m[a * k + b] * v[i * k + b] / singular;
        }
    }
  for (guint a = 0; a < k; a++)
    for (guint b = 0; b < k; b++)
      {
        double sum = 0;

        for (guint i = 0; i < k; i++)
          sum += u[i * k + a] * v[i * k + b];
        rotation[a * k + b] = (float) sum;
      }
}
