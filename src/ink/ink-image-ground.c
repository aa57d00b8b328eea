/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <math.h>
#include <string.h>

/* Greys, of 255, by which ink must differ from the ground at the least. */
#define MIN_CONTRAST 12.0
/* What stands out from the ground by so many times its noise is not noise. */
#define NOISE_FACTOR 5.0
/* No picture of 8 bits is quieter than this. */
#define MIN_NOISE 1.5
/* Where between ground and ink an edge is drawn. */
#define EDGE 0.45
/* The border counts as even where its greys vary by less than this part of the picture's. */
#define EVEN_PART 0.15
/* The picture on which an uneven ground is estimated: a ground is smooth. */
#define COARSE_SIDE 128
/* Dark structures narrower than twice this part of the picture are not ground. */
#define WINDOW_PART 0.2
#define N_TERMS 6

static float
standard_deviation (float *values, gsize n, float *median)
{
  *median = ink_quantile (values, n, 0.5);
  for (gsize i = 0; i < n; i++)
    values[i] = fabsf (values[i] - *median);
  /* The median absolute deviation, as a standard deviation of a normal distribution: ink among the
   * ground does not disturb it. */
  return 1.4826f * ink_quantile (values, n, 0.5);
}

/* The pixels within a fiftieth of the picture's side from its border. */
static float *
border_pixels (const InkPlane *plane, gsize *n)
{
  const guint ring = MAX (1, MIN (plane->width, plane->height) / 50);
  float *pixels = g_new (float, (gsize) plane->width * plane->height);

  *n = 0;
  for (guint y = 0; y < plane->height; y++)
    for (guint x = 0; x < plane->width; x++)
      if (x < ring || y < ring || x + ring >= plane->width || y + ring >= plane->height)
        pixels[(*n)++] = plane->values[(gsize) y * plane->width + x];
  return pixels;
}

/* 1 2 1 in both directions: takes the grain out of a photograph. */
static void
smooth (InkPlane *plane)
{
  const guint w = plane->width, h = plane->height;
  g_autofree float *line = g_new (float, MAX (w, h));

  for (guint y = 0; y < h; y++)
    {
      float *row = plane->values + (gsize) y * w;

      memcpy (line, row, w * sizeof (float));
      for (guint x = 0; x < w; x++)
        row[x] = (line[x > 0 ? x - 1 : 0] + 2 * line[x] + line[x + 1 < w ? x + 1 : x]) / 4;
    }
  for (guint x = 0; x < w; x++)
    {
      float *column = plane->values + x;

      for (guint y = 0; y < h; y++)
        line[y] = column[(gsize) y * w];
      for (guint y = 0; y < h; y++)
        column[(gsize) y * w] =
            (line[y > 0 ? y - 1 : 0] + 2 * line[y] + line[y + 1 < h ? y + 1 : y]) / 4;
    }
}

static void
terms_at (const InkPlane *plane, guint x, guint y, double terms[N_TERMS])
{
  const double u = 2.0 * (x + 0.5) / plane->width - 1.0;
  const double v = 2.0 * (y + 0.5) / plane->height - 1.0;

  terms[0] = 1.0;
  terms[1] = u;
  terms[2] = v;
  terms[3] = u * u;
  terms[4] = u * v;
  terms[5] = v * v;
}

/* Gauss with pivots; the little on the diagonal keeps pictures of one row or column solvable. */
static void
solve (double a[N_TERMS][N_TERMS], double b[N_TERMS])
{
  for (guint i = 0; i < N_TERMS; i++)
    a[i][i] += 1e-6;
  for (guint i = 0; i < N_TERMS; i++)
    {
      guint pivot = i;

      for (guint k = i + 1; k < N_TERMS; k++)
        if (fabs (a[k][i]) > fabs (a[pivot][i]))
          pivot = k;
      for (guint j = 0; j < N_TERMS; j++)
        {
          const double swap = a[i][j];

          a[i][j] = a[pivot][j];
          a[pivot][j] = swap;
        }
      {
        const double swap = b[i];

        b[i] = b[pivot];
        b[pivot] = swap;
      }
      for (guint k = i + 1; k < N_TERMS; k++)
        {
          const double factor = a[k][i] / a[i][i];

          for (guint j = i; j < N_TERMS; j++)
            a[k][j] -= factor * a[i][j];
          b[k] -= factor * b[i];
        }
    }
  for (guint i = N_TERMS; i-- > 0;)
    {
      for (guint j = i + 1; j < N_TERMS; j++)
        b[i] -= a[i][j] * b[j];
      b[i] /= a[i][i];
    }
}

/* Subtracts the quadratic surface nearest to the ground: light falls off smoothly towards one side
 * or the corners. Weights of Tukey keep ink out of the fit. */
static void
flatten (InkPlane *plane)
{
  const gsize n = (gsize) plane->width * plane->height;
  g_autofree float *rest = g_memdup2 (plane->values, n * sizeof (float));
  g_autofree float *scratch = g_new (float, n);
  double surface[N_TERMS] = { 0 };

  for (guint round = 0; round < 8; round++)
    {
      double a[N_TERMS][N_TERMS] = { 0 }, b[N_TERMS] = { 0 }, terms[N_TERMS];
      float median, cut;

      memcpy (scratch, rest, n * sizeof (float));
      cut = 4.685f * MAX (standard_deviation (scratch, n, &median), 1.0f);
      for (gsize i = 0; i < n; i++)
        {
          const double z = (rest[i] - median) / cut;
          const double weight = fabs (z) < 1.0 ? (1.0 - z * z) * (1.0 - z * z) : 0.0;

          terms_at (plane, (guint) (i % plane->width), (guint) (i / plane->width), terms);
          for (guint j = 0; j < N_TERMS; j++)
            {
              for (guint k = 0; k < N_TERMS; k++)
                a[j][k] += weight * terms[j] * terms[k];
              b[j] += weight * terms[j] * plane->values[i];
            }
        }
      solve (a, b);
      memcpy (surface, b, sizeof surface);
      for (gsize i = 0; i < n; i++)
        {
          double fit = 0.0;

          terms_at (plane, (guint) (i % plane->width), (guint) (i / plane->width), terms);
          for (guint j = 0; j < N_TERMS; j++)
            fit += surface[j] * terms[j];
          rest[i] = (float) (plane->values[i] - fit);
        }
    }
  memcpy (plane->values, rest, n * sizeof (float));
}

/* The largest (@sign 1) or least (-1) value within @reach, along one line of @n values. */
static void
extreme_line (float *values, gsize step, guint n, guint reach, float sign, float *scratch)
{
  for (guint i = 0; i < n; i++)
    scratch[i] = sign * values[i * step];
  for (guint i = 0; i < n; i++)
    {
      const guint end = MIN (i + reach, n - 1);
      float best = scratch[i];

      for (guint j = i > reach ? i - reach : 0; j <= end; j++)
        best = MAX (best, scratch[j]);
      values[i * step] = sign * best;
    }
}

static void
extreme (InkPlane *plane, guint reach, float sign)
{
  g_autofree float *scratch = g_new (float, MAX (plane->width, plane->height));

  for (guint y = 0; y < plane->height; y++)
    extreme_line (plane->values + (gsize) y * plane->width, 1, plane->width, reach, sign, scratch);
  for (guint x = 0; x < plane->width; x++)
    extreme_line (plane->values + x, plane->width, plane->height, reach, sign, scratch);
}

static InkPlane *
plane_copy (const InkPlane *plane)
{
  InkPlane *copy = ink_plane_new (plane->width, plane->height);

  memcpy (copy->values, plane->values, (gsize) plane->width * plane->height * sizeof (float));
  return copy;
}

/* Closes what is dark (@sign 1) or light (-1) and narrow: what is left is the ground, with the
 * shadows that lie on it. Returns how much of what was closed lies at the border, where there is
 * hardly ever ink. */
static double
close_ink (InkPlane *ground, float sign)
{
  const guint reach = MAX (1, (guint) (WINDOW_PART * MIN (ground->width, ground->height)));
  const gsize n = (gsize) ground->width * ground->height;
  g_autoptr (InkPlane) closed = plane_copy (ground);
  double all = 0.0, border_mean = 0.0;
  g_autofree float *border = NULL;
  gsize n_border;

  extreme (closed, reach, sign);
  extreme (closed, reach, -sign);
  for (gsize i = 0; i < n; i++)
    {
      ground->values[i] = sign * (closed->values[i] - ground->values[i]);
      all += ground->values[i];
    }
  border = border_pixels (ground, &n_border);
  for (gsize i = 0; i < n_border; i++)
    border_mean += border[i] / (double) n_border;
  memcpy (ground->values, closed->values, n * sizeof (float));
  return all > 0.0 ? border_mean / (all / (double) n) : 1.0;
}

/* Uneven ground: a smooth surface for the light, then a closing for shadows. */
static InkPlane *
signal_on_uneven_ground (const InkPlane *gray)
{
  g_autoptr (InkPlane) light = ink_plane_reduce (gray, COARSE_SIDE);
  g_autoptr (InkPlane) flat = plane_copy (light);
  g_autoptr (InkPlane) ground = NULL, other = NULL;
  InkPlane *signal = ink_plane_new (gray->width, gray->height);
  const double block = ceil ((double) MAX (gray->width, gray->height) / COARSE_SIDE);
  float sign = 1.0f;

  flatten (flat);
  ground = plane_copy (flat);
  other = plane_copy (flat);
  if (close_ink (ground, 1.0f) > close_ink (other, -1.0f))
    {
      sign = -1.0f;
      memcpy (ground->values, other->values,
              (gsize) ground->width * ground->height * sizeof (float));
    }
  smooth (ground);
  /* The surface again, which is what flattening took away. */
  for (gsize i = 0; i < (gsize) ground->width * ground->height; i++)
    ground->values[i] += light->values[i] - flat->values[i];
  for (guint y = 0; y < gray->height; y++)
    for (guint x = 0; x < gray->width; x++)
      {
        const gsize i = (gsize) y * gray->width + x;

        signal->values[i] =
            sign * (ink_plane_sample (ground, (x + 0.5) / block - 0.5, (y + 0.5) / block - 0.5) -
                    gray->values[i]);
      }
  return signal;
}

/* One grey all around: that is the ground, and the ink is on the side of it with more to see. */
static InkPlane *
signal_on_even_ground (const InkPlane *gray, float ground, float noise)
{
  const gsize n = (gsize) gray->width * gray->height;
  InkPlane *signal = ink_plane_new (gray->width, gray->height);
  const double margin = NOISE_FACTOR * noise;
  double dark = 0.0, light = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      signal->values[i] = ground - gray->values[i];
      dark += MAX (signal->values[i] - margin, 0.0);
      light += MAX (-signal->values[i] - margin, 0.0);
    }
  if (light > dark)
    for (gsize i = 0; i < n; i++)
      signal->values[i] = -signal->values[i];
  return signal;
}

/* How much likelier ink is where there is ink @distance pixels away than anywhere: 1 for grains
 * strewn about, far more for strokes. */
static double
coherence (const InkPlane *signal, double threshold, guint distance)
{
  const guint w = signal->width, h = signal->height;
  gsize ink = 0, pairs = 0, both = 0;

  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      {
        const float *p = signal->values + (gsize) y * w + x;

        if (*p < threshold)
          continue;
        ink++;
        if (x + distance < w)
          {
            pairs++;
            both += p[distance] >= threshold;
          }
        if (y + distance < h)
          {
            pairs++;
            both += p[(gsize) distance * w] >= threshold;
          }
      }
  if (pairs == 0)
    return 0.0;
  return (double) both / (double) pairs * ((double) w * h / (double) ink);
}

InkPlane *
ink_image_find_ink (const InkPlane *original, double *threshold)
{
  g_autoptr (InkPlane) gray = plane_copy (original);
  g_autoptr (InkPlane) signal = NULL;
  const gsize n = (gsize) gray->width * gray->height;
  /* Small pictures have no grain, and strokes too thin to be smoothed. */
  const gboolean large = MIN (gray->width, gray->height) >= 64;
  g_autofree float *border = NULL, *values = g_new (float, n);
  gsize n_border, n_standing = 0;
  float border_range, range, middle, noise, level;

  if (large)
    smooth (gray);
  memcpy (values, gray->values, n * sizeof (float));
  range = ink_quantile (values, n, 0.998) - ink_quantile (values, n, 0.002);
  if (range < MIN_CONTRAST)
    return NULL;

  border = border_pixels (gray, &n_border);
  border_range = ink_quantile (border, n_border, 0.9) - ink_quantile (border, n_border, 0.1);
  if (border_range <= EVEN_PART * range)
    {
      noise = MAX (standard_deviation (border, n_border, &middle), MIN_NOISE);
      signal = signal_on_even_ground (gray, middle, noise);
      middle = 0.0f;
    }
  else
    {
      signal = signal_on_uneven_ground (gray);
      memcpy (values, signal->values, n * sizeof (float));
      noise = MAX (standard_deviation (values, n, &middle), MIN_NOISE);
    }

  for (gsize i = 0; i < n; i++)
    {
      signal->values[i] -= middle;
      if (signal->values[i] > NOISE_FACTOR * noise)
        values[n_standing++] = signal->values[i];
    }
  if (n_standing == 0)
    return NULL;
  /* Edges are greyer than the middle of strokes. */
  level = ink_quantile (values, n_standing, 0.7);
  if (level < MIN_CONTRAST)
    return NULL;
  *threshold = MAX (EDGE * level, NOISE_FACTOR * noise);
  if (coherence (signal, *threshold, large ? 3 : 1) < 1.25)
    return NULL;
  return g_steal_pointer (&signal);
}
