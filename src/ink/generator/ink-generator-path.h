/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INK_PATH_MAX_POINTS 160

/**
 * InkPathPoint:
 * @corner: the path has a corner here; otherwise it is smooth
 * @last: the stroke ends here
 */
typedef struct
{
  double x, y;
  gboolean corner, last;
} InkPathPoint;

/**
 * InkPath:
 *
 * The ideal movement of the pen, before a hand varies it: points in a field of height 1, about 0.6
 * wide, y downwards.
 */
typedef struct
{
  guint n_points;
  InkPathPoint points[INK_PATH_MAX_POINTS];
} InkPath;

/* Adds a smooth point; adds a corner; ends the stroke at the last point. */
void ink_path_to (InkPath *path, double x, double y);
void ink_path_corner (InkPath *path, double x, double y);
void ink_path_lift (InkPath *path);

/* Follows an ellipse smoothly between two angles in degrees: 0 is right, 90 is down, rising angles
 * go clockwise. @growth: relative growth of the radii along the way. */
void ink_path_arc (InkPath *path,
                   double x,
                   double y,
                   double radius_x,
                   double radius_y,
                   double from,
                   double to,
                   double growth);

/* Reverses the direction of each stroke; reverses the order of the strokes. */
void ink_path_reverse (InkPath *path);
void ink_path_reorder (InkPath *path);

G_END_DECLS
