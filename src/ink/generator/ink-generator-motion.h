/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-hand.h"

G_BEGIN_DECLS

#define INK_LINE_MAX_POINTS 1536

/* A curve as points close together. */
typedef struct
{
  guint n;
  double x[INK_LINE_MAX_POINTS], y[INK_LINE_MAX_POINTS];
} InkLine;

/* The spline through the points of one stroke, each of which is missed by @jitter or so. */
void ink_line_from_path (
    InkLine *line, const InkPathPoint *points, guint n, double jitter, InkRandom *random);

/* (transfer full): what a tablet would report of a pen that goes along @line, beginning at @time,
 * which is set to when the pen lifts. */
InkStroke *
ink_line_write (const InkLine *line, const InkHand *hand, double *time, InkRandom *random);

G_END_DECLS
