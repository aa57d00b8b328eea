/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * PictureColour:
 *
 * sRGB, not premultiplied, each 0 to 1.
 */
typedef struct
{
  double red, green, blue, alpha;
} PictureColour;

/**
 * PictureStyle:
 * @foreground: ink and text
 * @dim: text that matters less
 * @accent: what is to be seen first
 * @track: the background of a bar, and grid lines
 * @paper: what ink is drawn on
 * @font: (nullable): a family that Pango knows; sans where %NULL. Sizes are the picture's own.
 * @rtl: begins at the right, as Arabic and Hebrew do
 *
 * What a picture takes from its surroundings.
 */
typedef struct
{
  PictureColour foreground;
  PictureColour dim;
  PictureColour accent;
  PictureColour track;
  PictureColour paper;
  const char *font;
  gboolean rtl;
} PictureStyle;

/* Adwaita's colours, for export and where there is no widget to ask. */
extern const PictureStyle picture_style_light;
extern const PictureStyle picture_style_dark;

void picture_set_colour (cairo_t *cr, const PictureColour *colour);

/* Rounds a coordinate to the edge of a device pixel, for edges without a blur. */
double picture_snap_x (cairo_t *cr, double x);
double picture_snap_y (cairo_t *cr, double y);

G_END_DECLS
