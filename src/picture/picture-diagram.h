/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-text.h"

G_BEGIN_DECLS

/* Private to picture: the axes of a diagram, which is not a chart of curves. */

/* Size of their texts, in pixels. */
#define PICTURE_DIAGRAM_TEXT 10.5

/**
 * PictureDiagram:
 * @left: @right: ends of the horizontal axis, in pixels
 * @top: @bottom: ends of the vertical axis
 */
typedef struct
{
  double left, right, top, bottom;
} PictureDiagram;

/* Writes the name of the horizontal axis below its middle, shortened to its length.
 * @y: middle of the figures */
void picture_diagram_name_across (
    cairo_t *cr, PictureText *text, const PictureDiagram *axes, const char *name, double y);

/* Writes the name of the vertical axis upwards along its middle, shortened to its length.
 * @x: middle of the figures */
void picture_diagram_name_up (
    cairo_t *cr, PictureText *text, const PictureDiagram *axes, const char *name, double x);

/* Draws @n + 1 lines across, with their shares of the vertical axis in per cent on the left. Both
 * axes start at 0. */
void picture_diagram_percent (cairo_t *cr, PictureText *text, const PictureDiagram *axes, guint n);

/* Writes percentages below the horizontal axis: @n + 1 from @first to 1.
 * @y: middle of the figures */
void picture_diagram_percent_across (
    cairo_t *cr, PictureText *text, const PictureDiagram *axes, guint n, double first, double y);

G_END_DECLS
