/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-ink.h"

G_BEGIN_DECLS

/* A PNG of this many pixels a side is larger than anybody prints. */
#define PICTURE_EXPORT_MAX_SIDE 16384

/**
 * picture_export_png: picture_export_svg:
 * @size: side of the square that the ink was drawn in, in the units of the drawing; ink beyond it
 *   is cut off
 * @pixels: side of the image
 *
 * The drawing in the style's foreground on its paper.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_NO_SPACE where there is not enough memory,
 *   G_IO_ERROR_FAILED where Cairo gives up for another reason
 */
GBytes *picture_export_png (const InkDrawing *drawing,
                            double size,
                            guint pixels,
                            const PictureStyle *style,
                            GError **error);
GBytes *picture_export_svg (const InkDrawing *drawing,
                            double size,
                            const PictureStyle *style,
                            GError **error);

/* (transfer full): the same as an ARGB32 image surface, whose status tells of an error. */
cairo_surface_t *picture_export_surface (const InkDrawing *drawing,
                                         double size,
                                         guint pixels,
                                         const PictureStyle *style);

G_END_DECLS
