/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "picture-chart.h"

G_BEGIN_DECLS

/**
 * picture_chart_write_csv: picture_chart_write_jsonl:
 * @stream: stays open
 *
 * Every sample of every curve, unsmoothed, one a line, curve by curve. CSV (RFC 4180) with a
 * header: `series,x,y`; what is no number is `nan`, `inf` or `-inf` as Python writes it. JSON
 * lines: `{"series":"training","x":1.5,"y":0.25}`, where what is no number is null. The figures
 * read back as the very same numbers, whatever the locale.
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
 * @scale: pixels of the image for one of these
 *
 * The chart on its paper with a margin around it.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_NO_SPACE where there is not enough memory,
 *   G_IO_ERROR_FAILED where Cairo gives up for another reason
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
