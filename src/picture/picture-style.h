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
 * @dim: secondary text
 * @accent: emphasised parts
 * @track: the background of a bar, and grid lines
 * @paper: the background of ink and charts
 * @font: (nullable): a font family of Pango; %NULL: sans. Each picture chooses its own sizes.
 * @rtl: right-to-left layout, as for Arabic and Hebrew
 *
 * Colours, font and direction of a picture.
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

/* Adwaita's colours, for export and where there is no widget. */
extern const PictureStyle picture_style_light;
extern const PictureStyle picture_style_dark;

void picture_set_colour (cairo_t *cr, const PictureColour *colour);

/* Rounds a coordinate to the edge of a device pixel, for sharp edges. */
double picture_snap_x (cairo_t *cr, double x);
double picture_snap_y (cairo_t *cr, double y);

G_END_DECLS
