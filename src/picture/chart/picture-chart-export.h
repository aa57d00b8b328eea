/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "picture-chart.h"

G_BEGIN_DECLS

/**
 * picture_chart_write_csv: picture_chart_write_jsonl:
 * @stream: stays open
 *
 * Writes every sample of every curve, unsmoothed, one per line, curve by curve. CSV (RFC 4180) has
 * the header `series,x,y` and writes `nan`, `inf` and `-inf` as Python does. JSON lines have the
 * form
 * `{"series":"training","x":1.5,"y":0.25}`, with null for a number that is not finite. Numbers are
 * written exactly, independently of the locale.
 */
gboolean picture_chart_write_csv (const PictureChart *chart,
                                  GOutputStream *stream,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean picture_chart_write_jsonl (const PictureChart *chart,
                                    GOutputStream *stream,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * picture_chart_png: picture_chart_svg:
 * @width: in pixels of the picture, as for picture_chart_draw()
 * @scale: image pixels per pixel of the picture
 *
 * Renders the chart on its paper with a margin.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_NO_SPACE if there is not enough memory,
 *   G_IO_ERROR_FAILED for any other error of Cairo
 */
GBytes *picture_chart_png (const PictureChart *chart,
                           double width,
                           double height,
                           double scale,
                           const PictureStyle *style,
                           GError **error);
GBytes *picture_chart_svg (const PictureChart *chart,
                           double width,
                           double height,
                           const PictureStyle *style,
                           GError **error);

G_END_DECLS
