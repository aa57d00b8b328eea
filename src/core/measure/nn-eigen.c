/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-eigen.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "nn-simd.h"

/* QL needs fewer than two steps for each eigenvalue; so many are only reached by numbers that are
 * not finite. */
#define MAX_STEPS 50

NN_CLONES static void
add_scaled (double *y, const double *x, double factor, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] += factor * x[i];
}

/* Eight sums, so that the additions need not wait for each other. */
NN_CLONES static double
dot (const double *x, const double *y, gsize n)
{
  double sums[8] = { 0 }, sum = 0;
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    for (gsize j = 0; j < 8; j++)
      sums[j] += x[i + j] * y[i + j];
  for (; i < n; i++)
    sum += x[i] * y[i];
  for (gsize j = 0; j < 8; j++)
    sum += sums[j];
  return sum;
}

/* Rows x and y of the eigenvectors, turned by the angle with this cosine and sine. */
NN_CLONES static void
rotate (double *x, double *y, double cosine, double sine, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      const double f = y[k];

      y[k] = sine * x[k] + cosine * f;
      x[k] = cosine * x[k] - sine * f;
    }
}

/* Makes @v [m] the vector of a reflection H = 1 - factor v v^T that maps it to a multiple of the
 * first axis, which is returned. */
static double
reflection (double *v, gsize m, double *factor)
{
  const double norm = sqrt (dot (v, v, m));
  const double first = v[0] > 0 ? -norm : norm;

  *factor = 0;
  if (norm == 0 || norm == fabs (v[0]))
    return v[0];
  v[0] -= first;
  *factor = 2 / dot (v, v, m);
  return first;
}

/* A becomes Q T Q^T: T has @diagonal [n] and @off [n], whose last is 0. Row k of @a keeps the
 * vector of reflection k behind its diagonal, and @factors [n] its factor. */
static void
reduce (double *a, gsize n, double *diagonal, double *off, double *factors)
{
  g_autofree double *w = g_new (double, n);

  for (gsize k = 0; k < n; k++)
    {
      double *v = a + k * n + k + 1;
      const gsize m = n - k - 1;
      double *rest = a + (k + 1) * n + k + 1; /* [m, m] with rows of n */
      double half;

      diagonal[k] = a[k * n + k];
      off[k] = factors[k] = 0;
      if (m == 0)
        continue;
      off[k] = reflection (v, m, &factors[k]);
      if (factors[k] == 0)
        continue;
      for (gsize i = 0; i < m; i++)
        w[i] = factors[k] * dot (rest + i * n, v, m);
      half = 0.5 * factors[k] * dot (w, v, m);
      add_scaled (w, v, -half, m);
      for (gsize i = 0; i < m; i++)
        {
          add_scaled (rest + i * n, w, -v[i], m);
          add_scaled (rest + i * n, v, -w[i], m);
        }
    }
}

/* z = Q^T [n, n], from the reflections. */
static void
accumulate (const double *a, gsize n, const double *factors, double *z)
{
  memset (z, 0, n * n * sizeof *z);
  for (gsize i = 0; i < n; i++)
    z[i * n + i] = 1;
  /* Q^T is the product of all reflections, the last one first. Reflection k changes only columns
   * after k, and in those only the rows after k are not zero yet. */
  for (gsize k = n; k-- > 0;)
    if (factors[k] != 0)
      {
        const double *v = a + k * n + k + 1;
        const gsize m = n - k - 1;

        for (gsize i = k + 1; i < n; i++)
          {
            double *row = z + i * n + k + 1;

            add_scaled (row, v, -factors[k] * dot (row, v, m), m);
          }
      }
}

/* One step of QL on the block [l, m] of the tridiagonal matrix. */
static void
step (double *d, double *e, gsize l, gsize m, double *z, gsize n)
{
  double g = (d[l + 1] - d[l]) / (2 * e[l]), r = hypot (g, 1);
  double sine = 1, cosine = 1, p = 0;

  g = d[m] - d[l] + e[l] / (g + copysign (r, g));
  for (gsize i = m; i-- > l;)
    {
      const double f = sine * e[i], b = cosine * e[i];

      e[i + 1] = r = hypot (f, g);
      if (r == 0)
        {
          d[i + 1] -= p;
          e[m] = 0;
          return;
        }
      sine = f / r;
      cosine = g / r;
      g = d[i + 1] - p;
      r = (d[i] - g) * sine + 2 * cosine * b;
      p = sine * r;
      d[i + 1] = g + p;
      g = cosine * r - b;
      rotate (z + i * n, z + (i + 1) * n, cosine, sine, n);
    }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}

/* The end of the block that begins at @l: the next off-diagonal element that is 0 to rounding. */
static gsize
block_end (const double *d, const double *e, gsize l, gsize n)
{
  gsize m = l;

  while (m + 1 < n && fabs (e[m]) > DBL_EPSILON * (fabs (d[m]) + fabs (d[m + 1])) + DBL_MIN)
    m++;
  return m;
}

static int
compare_descending (gconstpointer a, gconstpointer b, gpointer values)
{
  const double x = ((const double *) values)[*(const guint *) a];
  const double y = ((const double *) values)[*(const guint *) b];

  return x < y ? 1 : x > y ? -1 : 0;
}

void
nn_eigen_symmetric (double *a, guint n, double *values, double *vectors)
{
  g_autofree double *d = g_new (double, n + 1);
  g_autofree double *e = g_new (double, n + 1);
  g_autofree double *factors = g_new (double, n + 1);
  g_autofree double *z = g_new (double, (gsize) n *n + 1);
  g_autofree guint *order = g_new (guint, n + 1);

  reduce (a, n, d, e, factors);
  accumulate (a, n, factors, z);
  for (gsize l = 0; l < n; l++)
    {
      gsize m;

      for (guint i = 0; i < MAX_STEPS && (m = block_end (d, e, l, n)) != l; i++)
        step (d, e, l, m, z, n);
    }
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_descending, d);
  for (guint i = 0; i < n; i++)
    {
      values[i] = d[order[i]];
      memcpy (vectors + (gsize) i * n, z + (gsize) order[i] * n, n * sizeof *z);
    }
}
