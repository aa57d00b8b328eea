/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-roc.h"

#include <math.h>
#include <stdlib.h>

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Free with g_free(). */
static double *
sorted (const double *scores, gsize n)
{
  double *copy = g_memdup2 (scores, n * sizeof *scores);

  if (n > 0)
    qsort (copy, n, sizeof *copy, compare);
  return copy;
}

double
nn_roc_auc (const double *found, gsize n_found, const double *rest, gsize n_rest)
{
  g_autofree double *others = NULL;
  gsize below = 0, up_to = 0;
  g_autofree double *ours = NULL;
  double sum = 0;

  if (n_found == 0 || n_rest == 0)
    return 0.5;
  ours = sorted (found, n_found);
  others = sorted (rest, n_rest);
  for (gsize i = 0; i < n_found; i++)
    {
      while (below < n_rest && others[below] < ours[i])
        below++;
      while (up_to < n_rest && others[up_to] <= ours[i])
        up_to++;
      sum += ((double) below + (double) up_to) / 2;
    }
  return sum / (double) n_found / (double) n_rest;
}

double
nn_roc_threshold (const double *rest, gsize n_rest, double share)
{
  g_autofree double *others = NULL;
  gsize may;

  if (n_rest == 0 || share >= 1)
    return -INFINITY;
  others = sorted (rest, n_rest);
  may = (gsize) floor (MAX (share, 0) * (double) n_rest);
  return others[n_rest - 1 - MIN (may, n_rest - 1)];
}

double
nn_roc_share_above (const double *scores, gsize n, double threshold)
{
  gsize above = 0;

  for (gsize i = 0; i < n; i++)
    above += scores[i] > threshold;
  return n > 0 ? (double) above / (double) n : 0;
}
