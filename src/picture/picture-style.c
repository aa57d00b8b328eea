/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-style.h"

#include <math.h>

const PictureStyle picture_style_light = {
  .foreground = { 0.12, 0.12, 0.12, 1.0 },
  .dim = { 0.0, 0.0, 0.0, 0.55 },
  .accent = { 0.208, 0.518, 0.894, 1.0 },
  .track = { 0.0, 0.0, 0.0, 0.08 },
  .paper = { 1.0, 1.0, 1.0, 1.0 },
};

const PictureStyle picture_style_dark = {
  .foreground = { 1.0, 1.0, 1.0, 1.0 },
  .dim = { 1.0, 1.0, 1.0, 0.55 },
  .accent = { 0.471, 0.682, 0.929, 1.0 },
  .track = { 1.0, 1.0, 1.0, 0.1 },
  .paper = { 0.118, 0.118, 0.118, 1.0 },
};

void
picture_set_colour (cairo_t *cr, const PictureColour *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

double
picture_snap_x (cairo_t *cr, double x)
{
  double y = 0;

  cairo_user_to_device (cr, &x, &y);
  x = round (x);
  y = round (y);
  cairo_device_to_user (cr, &x, &y);
  return x;
}

double
picture_snap_y (cairo_t *cr, double y)
{
  double x = 0;

  cairo_user_to_device (cr, &x, &y);
  x = round (x);
  y = round (y);
  cairo_device_to_user (cr, &x, &y);
  return y;
}
