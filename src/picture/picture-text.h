/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "picture-style.h"

G_BEGIN_DECLS

/* Private to picture: short texts of a chart or grid. */

/**
 * PictureText:
 *
 * A layout used over and over. One made without a cairo_t measures the same for every screen; one
 * made with it shows.
 */
typedef struct
{
  PangoLayout *layout;
  const PictureStyle *style;
} PictureText;

/* @cr: (nullable): for measuring only */
void picture_text_init (PictureText *text, cairo_t *cr, const PictureStyle *style);
void picture_text_clear (PictureText *text);

/* @size: of the font in pixels. Returns the width. */
double picture_text_set (PictureText *text, const char *string, double size, gboolean bold);

/* Cuts what was set short with an ellipsis. */
void picture_text_limit (PictureText *text, double width);

/**
 * picture_text_show:
 * @x: of what @align says
 * @middle: of the height of a figure
 * @align: 0: @x is the left edge, 0.5: the middle, 1: the right edge
 */
void picture_text_show (PictureText *text, cairo_t *cr, double x, double middle, double align);

G_END_DECLS
