/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "picture-style.h"

G_BEGIN_DECLS

/* Private to picture: short texts of a chart or grid. */

/**
 * PictureText:
 *
 * A reusable text layout. Without a cairo_t it measures independently of the screen; with one it
 * draws.
 */
typedef struct
{
  PangoLayout *layout;
  const PictureStyle *style;
} PictureText;

/* @cr: (nullable): %NULL: for measuring only */
void picture_text_init (PictureText *text, cairo_t *cr, const PictureStyle *style);
void picture_text_clear (PictureText *text);

/* @size: font size in pixels. Returns the width of the text. */
double picture_text_set (PictureText *text, const char *string, double size, gboolean bold);

/* Shortens the text to @width with an ellipsis. */
void picture_text_limit (PictureText *text, double width);

/**
 * picture_text_show:
 * @x: position that @align refers to
 * @middle: vertical middle of the figures
 * @align: 0: @x is the left edge, 0.5: the middle, 1: the right edge
 */
void picture_text_show (PictureText *text, cairo_t *cr, double x, double middle, double align);

G_END_DECLS
