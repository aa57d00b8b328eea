/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ink-sheet-private.h"

/* Side of the reduced picture in which the light of the paper is estimated. */
#define COARSE_SIDE 256
/* Ink narrower than twice this part of the shorter side is no paper. */
#define REACH 0.035
/* A difference from the paper of more than this many times its noise is ink. */
#define NOISE_FACTOR 5.0
/* Least contrast of ink and of printed lines. */
#define MIN_CONTRAST 0.07
/* The threshold of printed lines, as a part of the contrast of the ink. */
#define FAINT 0.25
/* Paper darker than this is taken as so light: in a black area, noise is no ink. */
#define DARKEST 50.0f
/* Parts of the shorter side in which ink and paper are compared. */
#define TILES 10
/* Grain that is smoothed, as a standard deviation in grey levels. */
#define MAX_GRAIN 3.0

static double
grain_of (const InkPlane *plane)
{
  const gsize n = (gsize) plane->width * plane->height;
  g_autofree float *differences = g_new (float, n);
  gsize count = 0;

  for (guint y = 0; y < plane->height; y++)
    for (guint x = 0; x + 3 < plane->width; x++)
      {
        const float *p = plane->values + (gsize) y * plane->width + x;

        differences[count++] = fabsf (p[3] - p[0]);
      }
  return count == 0 ? 0 : 1.05 * (double) ink_quantile (differences, count, 0.5);
}

/* Whether the ink is lighter than the paper. Most of the pixels in each part of a page are paper.
 */
static gboolean
is_light (const InkPlane *gray)
{
  g_autoptr (InkPlane) coarse = ink_plane_reduce (gray, COARSE_SIDE);
  const guint tile = MAX (4, MIN (coarse->width, coarse->height) / TILES);
  g_autofree float *values = g_new (float, (gsize) tile *tile);
  double skew = 0;

  for (guint y0 = 0; y0 < coarse->height; y0 += tile)
    for (guint x0 = 0; x0 < coarse->width; x0 += tile)
      {
        gsize n = 0;
        double paper;

        for (guint y = y0; y < MIN (y0 + tile, coarse->height); y++)
          for (guint x = x0; x < MIN (x0 + tile, coarse->width); x++)
            values[n++] = coarse->values[(gsize) y * coarse->width + x];
        paper = ink_quantile (values, n, 0.5);
        for (gsize i = 0; i < n; i++)
          skew += pow (values[i] - paper, 3);
      }
  return skew > 0;
}

/* Replaces the greys by the contrast to the paper. */
static void
divide_by_light (InkPlane *gray)
{
  g_autoptr (InkPlane) light = ink_plane_reduce (gray, COARSE_SIDE);
  const double block = ink_plane_block (gray, COARSE_SIDE);
  const guint reach = MAX (2, (guint) (REACH * MIN (light->width, light->height)));

  ink_plane_close_narrow (light, reach, 1.0f);
  ink_plane_smooth (light);
  for (guint y = 0; y < gray->height; y++)
    for (guint x = 0; x < gray->width; x++)
      {
        float *value = gray->values + (gsize) y * gray->width + x;
        const float paper =
            ink_plane_sample (light, (x + 0.5) / block - 0.5, (y + 0.5) / block - 0.5);

        *value = (paper - *value) / MAX (paper, DARKEST);
      }
}

gboolean
ink_sheet_measure_signal (InkSheetSignal *signal)
{
  const gsize n = (gsize) signal->plane->width * signal->plane->height;
  g_autofree float *values = g_memdup2 (signal->plane->values, n * sizeof (float));
  const float paper = ink_quantile (values, n, 0.5);
  double noise, floor, level;
  gsize standing = 0, above = 0;
  InkClasses classes;

  for (gsize i = 0; i < n; i++)
    values[i] = fabsf (values[i] - paper);
  noise = 1.4826 * (double) ink_quantile (values, n, 0.5);
  floor = paper + MAX (NOISE_FACTOR * noise, MIN_CONTRAST);
  for (gsize i = 0; i < n; i++)
    if (signal->plane->values[i] > floor)
      values[standing++] = signal->plane->values[i];
  if (standing == 0)
    return FALSE;
  classes = ink_classes_of (values, standing);
  for (gsize i = 0; i < standing; i++)
    if (values[i] >= classes.threshold)
      values[above++] = values[i];
  level = ink_quantile (values, above, 0.5);
  signal->threshold = MAX (INK_SHEET_EDGE * level, floor);
  signal->faint = MAX (FAINT * level, floor);
  return TRUE;
}

gboolean
ink_sheet_find_signal (const InkPlane *gray, InkSheetSignal *signal)
{
  const gsize n = (gsize) gray->width * gray->height;

  signal->plane = ink_plane_copy (gray);
  if (grain_of (gray) > MAX_GRAIN)
    ink_plane_smooth (signal->plane);
  if (is_light (gray))
    for (gsize i = 0; i < n; i++)
      signal->plane->values[i] = 255 - signal->plane->values[i];
  divide_by_light (signal->plane);
  if (ink_sheet_measure_signal (signal))
    return TRUE;
  ink_sheet_signal_clear (signal);
  return FALSE;
}

void
ink_sheet_signal_clear (InkSheetSignal *signal)
{
  g_clear_pointer (&signal->plane, ink_plane_free);
}
