/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ink-image-private.h"

/* Lines are at least this many times as long as wide; strokes of digits are seldom. */
#define THIN 25.0
/* A line spans at least this part of the figure's width or height. */
#define SPAN 0.85
/* Slope of a line, as a part of its length. */
#define SLOPE 0.015
/* Ticks and arrow heads are at most this part of the figure's longer side. */
#define TICK 0.08
/* A figure is at least this part of the picture's longer side, and a line alone is this part of its
 * width. */
#define LEAST_SIDE 0.25
#define LEAST_WIDTH 0.6
/* The parts of a figure: a line in the first is near its left or upper edge. */
#define NEAR 0.3

/**
 * Figure:
 * @ink: [height, width] 1 for a pixel of the component, 2 for one on a line
 *
 * A component in its bounding box.
 */
typedef struct
{
  guint width, height;
  guint8 *ink;
  double stroke;
} Figure;

/* The lines of one direction. @first: @last: places of the outer ones, as parts of the figure */
typedef struct
{
  guint n;
  double first, last;
} Lines;

static gsize
index_of (const Figure *figure, gboolean upright, guint along, guint across)
{
  return upright ? (gsize) along * figure->width + across : (gsize) across * figure->width + along;
}

/* Moves a band of @band rows by one row, and returns the number of columns with ink in it. */
static guint
move_band (const Figure *figure, gboolean upright, guint band, guint at, guint *counts)
{
  const guint n_along = upright ? figure->height : figure->width;
  const guint n_across = upright ? figure->width : figure->height;
  guint covered = 0;

  for (guint along = 0; along < n_along; along++)
    {
      if (at < n_across)
        counts[along] += figure->ink[index_of (figure, upright, along, at)] != 0;
      if (at >= band)
        counts[along] -= figure->ink[index_of (figure, upright, along, at - band)] != 0;
      covered += counts[along] > 0;
    }
  return covered;
}

static void
mark_band (Figure *figure, gboolean upright, guint from, guint to)
{
  const guint n_along = upright ? figure->height : figure->width;

  for (guint across = from; across <= to; across++)
    for (guint along = 0; along < n_along; along++)
      {
        guint8 *ink = &figure->ink[index_of (figure, upright, along, across)];

        if (*ink != 0)
          *ink = 2;
      }
}

static Lines
find_lines (Figure *figure, gboolean upright)
{
  const guint n_along = upright ? figure->height : figure->width;
  const guint n_across = upright ? figure->width : figure->height;
  const guint band = (guint) ceil (2 * figure->stroke + SLOPE * n_along) + 1;
  g_autofree guint *counts = g_new0 (guint, n_along);
  guint best = 0, best_at = 0, next = 0;
  Lines lines = { 0 };

  /* The band that the most columns have ink in, of all that overlap it. */
  for (guint at = 0; at < n_across + band; at++)
    {
      const guint covered = move_band (figure, upright, band, at, counts);

      if (at >= next && covered >= SPAN * n_along && covered > best)
        {
          best = covered;
          best_at = at;
        }
      if (best == 0 || at < best_at + band)
        continue;
      {
        const guint to = MIN (best_at + band, n_across - 1);
        const double place = (double) MIN (best_at, n_across - 1) / n_across;

        mark_band (figure, upright, best_at - MIN (best_at, band), to);
        if (lines.n++ == 0)
          lines.first = place;
        lines.last = place;
      }
      best = 0;
      /* The band has left this line behind. */
      next = best_at + band + (guint) ceil (2 * figure->stroke);
    }
  return lines;
}

/* Whether what the lines leave over is small. */
static gboolean
only_ticks (const Figure *figure)
{
  const guint longer = MAX (figure->width, figure->height);
  const double most = MAX (TICK * longer, 3 * figure->stroke);
  g_autoptr (InkPlane) rest = ink_plane_new (figure->width, figure->height);
  g_autofree guint *labels = g_new0 (guint, (gsize) figure->width * figure->height);
  g_autoptr (GArray) components = NULL;

  for (gsize i = 0; i < (gsize) figure->width * figure->height; i++)
    rest->values[i] = figure->ink[i] == 1;
  components = ink_image_find_components (rest, 0.5, labels);
  for (guint i = 0; i < components->len; i++)
    {
      const InkPixelBox *box = &g_array_index (components, InkComponent, i).box;

      if (MAX (box->x1 - box->x0, box->y1 - box->y0) + 1 > most)
        return FALSE;
    }
  return TRUE;
}

/* Whether two lines that meet are axes: a corner at the left, or a large cross. A 7 has its corner
 * at the right, and a 1 on a line has its stem in the middle. */
static gboolean
is_axes (const Lines *levels, const Lines *uprights, gboolean large)
{
  const gboolean left = uprights->first<NEAR, right = uprights->first> 1 - NEAR;
  const gboolean top = levels->first<NEAR, bottom = levels->first> 1 - NEAR;

  if (left)
    return top || bottom;
  return large && !right && !top && !bottom;
}

gboolean
ink_component_is_lines (
    const InkComponent *component, const guint *labels, guint label, guint width, guint height)
{
  const InkPixelBox *box = &component->box;
  const guint longer = MAX (box->x1 - box->x0, box->y1 - box->y0) + 1, side = MAX (width, height);
  Figure figure = { box->x1 - box->x0 + 1, box->y1 - box->y0 + 1, NULL,
                    ink_component_stroke (component) };
  g_autofree guint8 *ink = NULL;
  Lines levels, uprights;

  /* An upright line alone is a 1. */
  if (longer < LEAST_SIDE * side || figure.stroke * THIN > longer ||
      figure.width * THIN <= figure.height)
    return FALSE;
  if (figure.height * THIN <= figure.width)
    return figure.width >= LEAST_WIDTH * width;
  figure.ink = ink = g_malloc ((gsize) figure.width * figure.height);
  for (guint y = 0; y < figure.height; y++)
    for (guint x = 0; x < figure.width; x++)
      ink[(gsize) y * figure.width + x] =
          labels[(gsize) (box->y0 + y) * width + box->x0 + x] == label;
  levels = find_lines (&figure, FALSE);
  uprights = find_lines (&figure, TRUE);
  if (levels.n == 0 || uprights.n == 0 || !only_ticks (&figure))
    return FALSE;
  return levels.n + uprights.n > 2 || is_axes (&levels, &uprights, longer >= LEAST_WIDTH * side);
}
