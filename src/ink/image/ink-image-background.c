/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <math.h>
#include <string.h>

/* Least contrast between ink and background, in grey levels of 255. */
#define MIN_CONTRAST 12.0
/* A difference from the background of more than this many times its noise is signal. */
#define NOISE_FACTOR 5.0
/* Least noise, in grey levels: the rounding of 8-bit pictures. */
#define MIN_NOISE 1.5
/* The threshold between background (0) and ink (1). */
#define EDGE 0.45
/* The least part of the variance between two classes that are paper and ink; in a picture of at
 * most COARSE_MAX pixels a side, many pixels are covered in part. */
#define MIN_BETWEEN 0.75
#define MIN_BETWEEN_COARSE 0.5
#define COARSE_MAX 32
/* Least contrast of a printed line, as a part of the range of greys. */
#define FRAME_CONTRAST 0.2f
/* The border is even if its grey levels vary by less than this part of the picture's range. */
#define EVEN_PART 0.15
/* Side of the reduced picture in which an uneven background is estimated: a background is smooth.
 */
#define COARSE_SIDE 128
/* A dark structure narrower than twice this part of the picture is not background. */
#define WINDOW_PART 0.08
/* Half the largest width of a stroke, in pixels of the reduced picture. */
#define MAX_STROKE_REACH 8
#define N_TERMS 6
/* See coherence(). */
#define MIN_COHERENCE 0.1

static float
standard_deviation (float *values, gsize n, float *median)
{
  *median = ink_quantile (values, n, 0.5);
  for (gsize i = 0; i < n; i++)
    values[i] = fabsf (values[i] - *median);
  /* The median absolute deviation, scaled to the standard deviation of a normal distribution: it is
   * robust against ink. */
  return 1.4826f * ink_quantile (values, n, 0.5);
}

/* The pixels within 2 % of the picture's side from its border. */
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

void
ink_plane_smooth (InkPlane *plane)
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

/* @u, @v: from -1 to 1 across the picture. */
static void
terms_at (double u, double v, double terms[N_TERMS])
{
  terms[0] = 1.0;
  terms[1] = u;
  terms[2] = v;
  terms[3] = u * u;
  terms[4] = u * v;
  terms[5] = v * v;
}

static double
surface_at (const double surface[N_TERMS], double u, double v)
{
  double terms[N_TERMS], sum = 0.0;

  terms_at (u, v, terms);
  for (guint j = 0; j < N_TERMS; j++)
    sum += surface[j] * terms[j];
  return sum;
}

/* Gaussian elimination with pivots. A small diagonal term keeps pictures of one row or column
 * solvable. */
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

/* Fits a quadratic surface to the background, because light falls off smoothly towards one side or
 * the corners. Tukey's biweight keeps ink out of the fit. */
static void
fit_light (const InkPlane *plane, double surface[N_TERMS])
{
  const gsize n = (gsize) plane->width * plane->height;
  g_autofree float *rest = g_memdup2 (plane->values, n * sizeof (float));
  g_autofree float *scratch = g_new (float, n);

  for (guint round = 0; round < 8; round++)
    {
      double a[N_TERMS][N_TERMS] = { 0 }, b[N_TERMS] = { 0 }, terms[N_TERMS];
      float median, deviation, cut;

      memcpy (scratch, rest, n * sizeof (float));
      deviation = standard_deviation (scratch, n, &median);
      cut = 4.685f * MAX (deviation, 1.0f);
      for (gsize i = 0; i < n; i++)
        {
          const double z = (rest[i] - median) / cut;
          const double weight = fabs (z) < 1.0 ? (1.0 - z * z) * (1.0 - z * z) : 0.0;

          terms_at (2.0 * ((double) (i % plane->width) + 0.5) / plane->width - 1.0,
                    2.0 * ((double) (i / plane->width) + 0.5) / plane->height - 1.0, terms);
          for (guint j = 0; j < N_TERMS; j++)
            {
              for (guint k = 0; k < N_TERMS; k++)
                a[j][k] += weight * terms[j] * terms[k];
              b[j] += weight * terms[j] * plane->values[i];
            }
        }
      solve (a, b);
      memcpy (surface, b, sizeof b);
      for (gsize i = 0; i < n; i++)
        rest[i] =
            (float) (plane->values[i] -
                     surface_at (surface,
                                 2.0 * ((double) (i % plane->width) + 0.5) / plane->width - 1.0,
                                 2.0 * ((double) (i / plane->width) + 0.5) / plane->height - 1.0));
    }
}

/* Subtracts the uneven light; the background is then near 0. */
static void
flatten (InkPlane *plane)
{
  g_autoptr (InkPlane) coarse = ink_plane_reduce (plane, COARSE_SIDE);
  const double block = ink_plane_block (plane, COARSE_SIDE);
  double surface[N_TERMS];

  fit_light (coarse, surface);
  for (guint y = 0; y < plane->height; y++)
    for (guint x = 0; x < plane->width; x++)
      plane->values[(gsize) y * plane->width + x] -=
          (float) surface_at (surface, 2.0 * (x + 0.5) / (block * coarse->width) - 1.0,
                              2.0 * (y + 0.5) / (block * coarse->height) - 1.0);
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

InkPlane *
ink_plane_copy (const InkPlane *plane)
{
  InkPlane *copy = ink_plane_new (plane->width, plane->height);

  memcpy (copy->values, plane->values, (gsize) plane->width * plane->height * sizeof (float));
  return copy;
}

double
ink_plane_close_narrow (InkPlane *plane, guint reach, float sign)
{
  const gsize n = (gsize) plane->width * plane->height;
  g_autofree float *before = g_memdup2 (plane->values, n * sizeof (float));
  double change = 0.0;

  extreme (plane, reach, sign);
  extreme (plane, reach, -sign);
  for (gsize i = 0; i < n; i++)
    change += fabs (plane->values[i] - before[i]);
  return change;
}

/* 1 where the ink is dark, -1 where it is light. Strokes are narrower than the gaps between them;
 * the width that separates dark from light best decides. */
static float
find_sign (const InkPlane *gray)
{
  const double little = 0.05 * gray->width * gray->height;
  double best = 0.0;

  for (guint reach = 1; reach <= MAX_STROKE_REACH; reach *= 2)
    {
      g_autoptr (InkPlane) dark = ink_plane_copy (gray);
      g_autoptr (InkPlane) light = ink_plane_copy (gray);
      const double ratio = log ((ink_plane_close_narrow (dark, reach, 1.0f) + little) /
                                (ink_plane_close_narrow (light, reach, -1.0f) + little));

      if (fabs (ratio) > fabs (best))
        best = ratio;
    }
  return best >= 0.0 ? 1.0f : -1.0f;
}

/* For a background with hard shadows: shadows are wide, so every narrow structure is ink. */
static InkPlane *
signal_on_shadows (const InkPlane *gray)
{
  g_autoptr (InkPlane) background = ink_plane_reduce (gray, COARSE_SIDE);
  InkPlane *signal = ink_plane_new (gray->width, gray->height);
  const double block = ink_plane_block (gray, COARSE_SIDE);
  const guint reach = (guint) (WINDOW_PART * MIN (background->width, background->height));
  const float sign = find_sign (background);

  ink_plane_close_narrow (background, MAX (1, reach), sign);
  ink_plane_smooth (background);
  for (guint y = 0; y < gray->height; y++)
    for (guint x = 0; x < gray->width; x++)
      {
        const gsize i = (gsize) y * gray->width + x;

        signal->values[i] = sign * (ink_plane_sample (background, (x + 0.5) / block - 0.5,
                                                      (y + 0.5) / block - 0.5) -
                                    gray->values[i]);
      }
  return signal;
}

/* For a border of one grey level: that is the background, and the ink is on the side (darker or
 * lighter) with more signal.
 */
static InkPlane *
signal_on_even_background (const InkPlane *gray, float background, float noise)
{
  const gsize n = (gsize) gray->width * gray->height;
  InkPlane *signal = ink_plane_new (gray->width, gray->height);
  const double margin = NOISE_FACTOR * noise;
  double dark = 0.0, light = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      signal->values[i] = background - gray->values[i];
      dark += MAX (signal->values[i] - margin, 0.0);
      light += MAX (-signal->values[i] - margin, 0.0);
    }
  if (light > dark)
    for (gsize i = 0; i < n; i++)
      signal->values[i] = -signal->values[i];
  return signal;
}

/* How far ink predicts ink @distance pixels away: 0 for scattered grains, 1 for a plane. */
static double
coherence (const InkPlane *signal, double threshold, guint distance)
{
  const guint w = signal->width, h = signal->height;
  gsize ink = 0, pairs = 0, both = 0;
  double share;

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
  if (pairs == 0 || ink == (gsize) w * h)
    return 0.0;
  share = (double) ink / ((double) w * h);
  return ((double) both / (double) pairs - share) / (1 - share);
}

/* The grain of the picture: the median difference between nearby pixels. It is robust against
 * shadows and strokes, because most pixels lie far from their edges. */
static float
grain (const InkPlane *plane, float *scratch)
{
  const guint step = MIN (3, plane->width - 1);
  gsize n = 0;

  for (guint y = 0; y < plane->height; y++)
    for (guint x = 0; x + step < plane->width; x++)
      {
        const float *p = plane->values + (gsize) y * plane->width + x;

        scratch[n++] = fabsf (p[step] - p[0]);
      }
  return 1.4826f / sqrtf (2.0f) * ink_quantile (scratch, n, 0.5);
}

/* Whether the border has one grey level, which is returned in @background. */
static gboolean
border_is_even (
    const InkPlane *gray, float range, float grain_level, float *background, float *noise)
{
  gsize n;
  g_autofree float *border = border_pixels (gray, &n);
  const float spread = ink_quantile (border, n, 0.9) - ink_quantile (border, n, 0.1);
  float deviation;

  if (spread > MAX (EVEN_PART * range, 3.5f * grain_level))
    return FALSE;
  deviation = standard_deviation (border, n, background);
  *noise = MAX (deviation, grain_level);
  return TRUE;
}

/* The range of grey levels without the most extreme pixels, which may be defects. Few pixels are
 * left out, because a small digit on a large sheet is few pixels too. */
static float
range_of (const InkPlane *gray, float *scratch)
{
  const gsize n = (gsize) gray->width * gray->height;
  const double part = MIN (0.002, 16.0 / (double) n);

  memcpy (scratch, gray->values, n * sizeof (float));
  return ink_quantile (scratch, n, 1.0 - part) - ink_quantile (scratch, n, part);
}

/* The contrast of the ink, from the pixels that differ from the background. Those are ink, its
 * edges, and perhaps remains of shadows: of the two classes, the upper one is ink. Reorders
 * @values. */
static float
ink_level (float *values, gsize n)
{
  const InkClasses classes = ink_classes_of (values, n);
  gsize above = 0;

  for (gsize i = 0; i < n; i++)
    if (values[i] >= classes.threshold)
      values[above++] = values[i];
  return ink_quantile (values, above, 0.5);
}

static void
fill_mask (InkMask *mask, const InkPlane *gray, float threshold, gboolean dark)
{
  for (gsize i = 0; i < (gsize) gray->width * gray->height; i++)
    mask->values[i] = (gray->values[i] < threshold) == dark;
}

/* Pixels outside of the frame get the value of the nearest inside. */
static void
clear_outside (InkPlane *gray, const InkFrame *frame)
{
  const guint w = gray->width, h = gray->height;
  g_autofree float *before = g_memdup2 (gray->values, (gsize) w * h * sizeof (float));

  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      {
        guint u = x, v = y;

        for (guint step = 0; step < w + h && !ink_frame_contains (frame, u, v); step++)
          ink_frame_step_inwards (frame, &u, &v);
        gray->values[(gsize) y * w + x] = before[(gsize) v * w + u];
      }
}

/* The median difference between nearby pixels of the same class. */
static float
grain_within (const InkPlane *plane, float threshold, float *scratch)
{
  const guint step = MIN (3, plane->width - 1);
  gsize n = 0;

  for (guint y = 0; y < plane->height; y++)
    for (guint x = 0; x + step < plane->width; x++)
      {
        const float *p = plane->values + (gsize) y * plane->width + x;

        if ((p[step] < threshold) == (p[0] < threshold))
          scratch[n++] = fabsf (p[step] - p[0]);
      }
  return n == 0 ? 0 : 1.4826f / sqrtf (2.0f) * ink_quantile (scratch, n, 0.5);
}

/* Where the grey levels fall into two classes, one is paper and the other ink. */
static InkPlane *
signal_of_classes (InkPlane *gray, float *scratch, float *noise)
{
  const gsize n = (gsize) gray->width * gray->height;
  const InkClasses classes = ink_classes_of (gray->values, n);
  const gboolean coarse = MAX (gray->width, gray->height) <= COARSE_MAX;
  g_autofree guint8 *values = g_malloc (2 * n);
  InkMask dark = { gray->width, gray->height, values };
  InkMask light = { gray->width, gray->height, values + n };
  gboolean is_dark;
  float paper;
  InkPlane *signal;

  if (classes.between < (coarse ? MIN_BETWEEN_COARSE : MIN_BETWEEN))
    return NULL;
  fill_mask (&dark, gray, classes.threshold, TRUE);
  fill_mask (&light, gray, classes.threshold, FALSE);
  is_dark = ink_image_sign_odds (&dark, &light) >= 0;
  if (!coarse && !ink_image_is_strokes (is_dark ? &dark : &light))
    return NULL;
  /* A coarse picture has no grain: its greys are pixels that ink covers in part. */
  *noise = coarse ? 0 :
                    MIN (grain_within (gray, classes.threshold, scratch),
                         (float) (EDGE / NOISE_FACTOR) * (classes.high - classes.low));
  paper = is_dark ? classes.high : classes.low;
  signal = ink_plane_new (gray->width, gray->height);
  for (gsize i = 0; i < n; i++)
    signal->values[i] = is_dark ? paper - gray->values[i] : gray->values[i] - paper;
  return signal;
}

/* The signal, by the simplest method that fits the background. */
static InkPlane *
subtract_background (InkPlane *gray, float *scratch, float *noise, gboolean *framed)
{
  const gsize n = (gsize) gray->width * gray->height;
  const float grain_level = grain (gray, scratch);
  const float contrast = MAX (FRAME_CONTRAST * range_of (gray, scratch), 3.5f * grain_level);
  InkPlane *signal;
  float background, deviation;
  InkFrame frame;

  *framed = ink_image_find_frame (gray, 1.0f, contrast, &frame) ||
            ink_image_find_frame (gray, -1.0f, contrast, &frame);
  if (*framed)
    clear_outside (gray, &frame);
  signal = signal_of_classes (gray, scratch, noise);
  if (signal != NULL)
    return signal;
  if (border_is_even (gray, range_of (gray, scratch), grain_level, &background, noise))
    return signal_on_even_background (gray, background, *noise);
  flatten (gray);
  signal = signal_of_classes (gray, scratch, noise);
  if (signal != NULL)
    return signal;
  if (border_is_even (gray, range_of (gray, scratch), grain_level, &background, noise))
    return signal_on_even_background (gray, background, *noise);

  signal = signal_on_shadows (gray);
  memcpy (scratch, signal->values, n * sizeof (float));
  deviation = standard_deviation (scratch, n, &background);
  *noise = MAX (deviation, grain_level);
  for (gsize i = 0; i < n; i++)
    signal->values[i] -= background;
  return signal;
}

InkPlane *
ink_image_find_ink (const InkPlane *original, double *threshold, gboolean *framed)
{
  const gsize n = (gsize) original->width * original->height;
  /* Small pictures have no grain, and their strokes are too thin to be smoothed. */
  const gboolean large = MIN (original->width, original->height) >= 64;
  g_autoptr (InkPlane) gray = ink_plane_copy (original);
  g_autoptr (InkPlane) signal = NULL;
  g_autofree float *scratch = g_new (float, n);
  gsize n_standing = 0;
  float noise, level;

  *framed = FALSE;
  if (large)
    ink_plane_smooth (gray);
  if (original->width < 2 || range_of (gray, scratch) < MIN_CONTRAST)
    return NULL;
  signal = subtract_background (gray, scratch, &noise, framed);
  noise = NOISE_FACTOR * MAX (noise, MIN_NOISE);

  for (gsize i = 0; i < n; i++)
    if (signal->values[i] > noise)
      scratch[n_standing++] = signal->values[i];
  if (n_standing == 0)
    return NULL;
  level = ink_level (scratch, n_standing);
  if (level < MIN_CONTRAST)
    return NULL;
  *threshold = MAX (EDGE * level, noise);
  if (coherence (signal, *threshold, large ? 3 : 1) < MIN_COHERENCE)
    return NULL;
  return g_steal_pointer (&signal);
}
