/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-hand.h"

G_BEGIN_DECLS

#define INK_LINE_MAX_POINTS 1536

/* A curve as a dense polyline. */
typedef struct
{
  guint n;
  double x[INK_LINE_MAX_POINTS], y[INK_LINE_MAX_POINTS];
} InkLine;

/* The spline through the points of one stroke, each displaced by about @jitter. */
void ink_line_from_path (
    InkLine *line, const InkPathPoint *points, guint n, double jitter, InkRandom *random);

/* (transfer full): the points that a tablet would report for a pen that follows @line. It starts at
 * @time, which is then set to the time of pen up. */
InkStroke *
ink_line_write (const InkLine *line, const InkHand *hand, double *time, InkRandom *random);

G_END_DECLS
