/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-path.h"

#include <math.h>

/* Largest distance of the points of an arc, in degrees: a spline through them is round. */
#define ARC_STEP 30.0

static void
add (InkPath *path, double x, double y, gboolean corner)
{
  g_return_if_fail (path->n_points < INK_PATH_MAX_POINTS);

  path->points[path->n_points++] = (InkPathPoint){ x, y, corner, FALSE };
}

void
ink_path_to (InkPath *path, double x, double y)
{
  add (path, x, y, FALSE);
}

void
ink_path_corner (InkPath *path, double x, double y)
{
  add (path, x, y, TRUE);
}

void
ink_path_lift (InkPath *path)
{
  g_return_if_fail (path->n_points > 0);

  path->points[path->n_points - 1].last = TRUE;
}

void
ink_path_arc (InkPath *path,
              double x,
              double y,
              double radius_x,
              double radius_y,
              double from,
              double to,
              double growth)
{
  const guint n = (guint) MAX (1.0, ceil (fabs (to - from) / ARC_STEP));

  for (guint i = 0; i <= n; i++)
    {
      const double part = (double) i / n;
      const double angle = (from + (to - from) * part) * G_PI / 180;
      const double scale = 1 + growth * part;

      ink_path_to (path, x + radius_x * scale * cos (angle), y + radius_y * scale * sin (angle));
    }
}

/* Reverses the order of the points and the strokes. */
static void
turn_round (InkPathPoint *points, guint n)
{
  for (guint i = 0; i < n / 2; i++)
    {
      const InkPathPoint point = points[i];

      points[i] = points[n - 1 - i];
      points[n - 1 - i] = point;
    }
}

void
ink_path_reverse (InkPath *path)
{
  guint begin = 0;

  for (guint i = 0; i < path->n_points; i++)
    if (path->points[i].last)
      {
        path->points[i].last = FALSE;
        turn_round (path->points + begin, i + 1 - begin);
        path->points[i].last = TRUE;
        begin = i + 1;
      }
}

void
ink_path_reorder (InkPath *path)
{
  /* Reverse the whole path, then each stroke. */
  for (guint i = path->n_points; i-- > 0;)
    path->points[i].last = i == 0 || path->points[i - 1].last;
  turn_round (path->points, path->n_points);
  ink_path_reverse (path);
}
