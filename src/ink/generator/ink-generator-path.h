/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INK_PATH_MAX_POINTS 160

/**
 * InkPathPoint:
 * @corner: the pen turns here; else it passes smoothly
 * @last: the pen lifts here
 */
typedef struct
{
  double x, y;
  gboolean corner, last;
} InkPathPoint;

/**
 * InkPath:
 *
 * What a pen does, before anybody's hand is in it: points through which it passes, in a field of
 * height 1, y downwards, about 0.6 wide. Strokes end where the pen lifts.
 */
typedef struct
{
  guint n_points;
  InkPathPoint points[INK_PATH_MAX_POINTS];
} InkPath;

/* Passes smoothly through a point, turns at one, lifts at the last one. */
void ink_path_to (InkPath *path, double x, double y);
void ink_path_corner (InkPath *path, double x, double y);
void ink_path_lift (InkPath *path);

/* Along an ellipse, smoothly, from one angle to another in degrees: 0 is right, 90 down, rising
 * angles go clockwise. @growth: the radii grow by this part of themselves on the way. */
void ink_path_arc (InkPath *path,
                   double x,
                   double y,
                   double radius_x,
                   double radius_y,
                   double from,
                   double to,
                   double growth);

/* Writes each stroke from its end, or the strokes from the last to the first. */
void ink_path_reverse (InkPath *path);
void ink_path_reorder (InkPath *path);

G_END_DECLS
