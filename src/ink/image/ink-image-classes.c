/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <math.h>

#define N_BINS 256

InkClasses
ink_classes_of (const float *values, gsize n)
{
  InkClasses classes = { 0 };
  gsize counts[N_BINS] = { 0 }, below = 0;
  double sum = 0, squares = 0, sum_below = 0, best = 0, variance;
  float least = INFINITY, most = -INFINITY;

  for (gsize i = 0; i < n; i++)
    {
      least = MIN (least, values[i]);
      most = MAX (most, values[i]);
    }
  classes.low = classes.high = classes.threshold = least;
  if (!(most > least))
    return classes;
  for (gsize i = 0; i < n; i++)
    {
      const double z = (values[i] - least) / (most - least) * N_BINS;

      counts[(guint) MIN (z, N_BINS - 1)]++;
    }
  for (guint bin = 0; bin < N_BINS; bin++)
    {
      sum += (double) bin * (double) counts[bin];
      squares += (double) bin * bin * (double) counts[bin];
    }
  variance = squares / (double) n - sum / (double) n * (sum / (double) n);
  for (guint bin = 0; bin + 1 < N_BINS; bin++)
    {
      double low, high, share, between;

      below += counts[bin];
      sum_below += (double) bin * (double) counts[bin];
      if (below == 0 || below == n)
        continue;
      share = (double) below / (double) n;
      low = sum_below / (double) below;
      high = (sum - sum_below) / (double) (n - below);
      between = share * (1 - share) * (high - low) * (high - low);
      if (between > best)
        {
          const double step = (most - least) / N_BINS;

          best = between;
          classes.low = (float) (least + (low + 0.5) * step);
          classes.high = (float) (least + (high + 0.5) * step);
          classes.threshold = (float) (least + (bin + 1) * step);
        }
    }
  classes.between = variance > 0 ? best / variance : 0;
  return classes;
}
