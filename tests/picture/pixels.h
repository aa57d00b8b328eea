/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* A white image; the test draws into it through @cr. */
typedef struct
{
  int width, height;
  cairo_surface_t *surface;
  cairo_t *cr;
} Pixels;

Pixels *pixels_new (int width, int height);
void pixels_free (Pixels *pixels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pixels, pixels_free)

/* 0xRRGGBB */
guint32 pixels_at (Pixels *pixels, int x, int y);
/* 0 to 255 */
int pixels_gray (Pixels *pixels, int x, int y);
/* How many pixels of a rectangle are darker than half. */
guint pixels_dark (Pixels *pixels, int x, int y, int width, int height);
/* How many pixels of a rectangle are not white. */
guint pixels_touched (Pixels *pixels, int x, int y, int width, int height);

G_END_DECLS
