/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <math.h>

InkPlane *
ink_plane_new (guint width, guint height)
{
  InkPlane *plane = g_new (InkPlane, 1);

  plane->width = width;
  plane->height = height;
  plane->values = g_new0 (float, (gsize) width *height);
  return plane;
}

void
ink_plane_free (InkPlane *plane)
{
  g_free (plane->values);
  g_free (plane);
}

guint
ink_plane_block (const InkPlane *plane, guint max_side)
{
  return (MAX (plane->width, plane->height) + max_side - 1) / max_side;
}

InkPlane *
ink_plane_reduce (const InkPlane *plane, guint max_side)
{
  const guint block = ink_plane_block (plane, max_side);
  const guint width = (plane->width + block - 1) / block;
  const guint height = (plane->height + block - 1) / block;
  InkPlane *small = ink_plane_new (width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint x1 = MIN ((x + 1) * block, plane->width);
        const guint y1 = MIN ((y + 1) * block, plane->height);
        double sum = 0.0;

        for (guint v = y * block; v < y1; v++)
          for (guint u = x * block; u < x1; u++)
            sum += plane->values[(gsize) v * plane->width + u];
        small->values[(gsize) y * width + x] =
            (float) (sum / ((double) (x1 - x * block) * (y1 - y * block)));
      }
  return small;
}

float
ink_plane_sample (const InkPlane *plane, double x, double y)
{
  const double cx = CLAMP (x, 0.0, plane->width - 1.0), cy = CLAMP (y, 0.0, plane->height - 1.0);
  const guint x0 = (guint) cx, y0 = (guint) cy;
  const guint x1 = MIN (x0 + 1, plane->width - 1), y1 = MIN (y0 + 1, plane->height - 1);
  const float fx = (float) (cx - x0), fy = (float) (cy - y0);
  const float *above = plane->values + (gsize) y0 * plane->width;
  const float *below = plane->values + (gsize) y1 * plane->width;

  return (1 - fy) * ((1 - fx) * above[x0] + fx * above[x1]) +
         fy * ((1 - fx) * below[x0] + fx * below[x1]);
}

/* Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981, with a = -1/2. */
static double
cubic (double t)
{
  t = fabs (t);
  return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

float
ink_plane_sample_cubic (const InkPlane *plane, double x, double y)
{
  const gssize x0 = (gssize) floor (x) - 1, y0 = (gssize) floor (y) - 1;
  double sum = 0;

  for (gssize v = MAX (y0, 0); v < MIN (y0 + 4, (gssize) plane->height); v++)
    for (gssize u = MAX (x0, 0); u < MIN (x0 + 4, (gssize) plane->width); u++)
      sum += cubic (x - (double) u) * cubic (y - (double) v) *
             (double) plane->values[v * (gssize) plane->width + u];
  return (float) sum;
}

/* Quickselect (Hoare): a quantile needs no full sort. */
float
ink_quantile (float *values, gsize n, double part)
{
  const gssize k = (gssize) floor (CLAMP (part, 0.0, 1.0) * (double) (n - 1) + 0.5);
  gssize lo = 0, hi = (gssize) n - 1;

  while (lo < hi)
    {
      const float pivot = values[lo + (hi - lo) / 2];
      gssize i = lo, j = hi;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            {
              const float swap = values[i];

              values[i++] = values[j];
              values[j--] = swap;
            }
        }
      if (k <= j)
        hi = j;
      else if (k >= i)
        lo = i;
      else
        break;
    }
  return values[k];
}
