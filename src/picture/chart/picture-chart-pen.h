/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Private to picture. */

/**
 * PicturePen:
 * @edge: continues the current path, as one side of an area
 *
 * Adds points to a path, always to the right or always to the left, and leaves out points that a
 * straight line passes within SLACK: they cost time and are not visible.
 */
typedef struct
{
  cairo_t *cr;
  gboolean edge;
  gboolean started;
  /* End of the drawn line, and the last point since then. */
  double from_x, from_y, at_x, at_y;
  /* Range of slopes that stay within SLACK of all points since then. */
  double least, greatest;
  gboolean pending;
} PicturePen;

void picture_pen_to (PicturePen *pen, double x, double y);

/* Ends a line; the next point begins a new one. */
void picture_pen_up (PicturePen *pen);

G_END_DECLS
