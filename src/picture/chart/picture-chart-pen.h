/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Private to picture. */

/**
 * PicturePen:
 * @edge: draws on from wherever the path is, as one side of an area
 *
 * Adds points to a path, always to the right or always to the left, and leaves out those that the
 * straight line passes within SLACK: Cairo takes as long for a corner that cannot be seen.
 */
typedef struct
{
  cairo_t *cr;
  gboolean edge;
  gboolean started;
  /* Where the line was last drawn to, and what it has come past since without leaving it. */
  double from_x, from_y, at_x, at_y;
  /* Slopes that stay within SLACK of all points come past. */
  double least, greatest;
  gboolean pending;
} PicturePen;

void picture_pen_to (PicturePen *pen, double x, double y);

/* The end of a line; what comes next begins a new one. */
void picture_pen_up (PicturePen *pen);

G_END_DECLS
