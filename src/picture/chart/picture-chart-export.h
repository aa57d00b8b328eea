/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "picture-chart.h"

G_BEGIN_DECLS

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
