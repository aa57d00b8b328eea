/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-chart-layout.h"
#include "picture-chart-trace.h"

G_BEGIN_DECLS

/* Private to picture: draws one curve. */

/* Maps the values of the trace to pixels; call it before the other functions. */
void picture_curve_project (PictureTrace *trace, const PictureChartLayout *layout);

/* Fills the area between the least and the greatest sample of each column. */
void picture_curve_envelope (cairo_t *cr,
                             const PictureChartLayout *layout,
                             const PictureCurve *curve,
                             const PictureTrace *trace,
                             const PictureStyle *style);

/* Draws the line and its markers. */
void picture_curve_line (cairo_t *cr,
                         const PictureChartLayout *layout,
                         const PictureCurve *curve,
                         const PictureTrace *trace,
                         const PictureStyle *style);

/* Draws a piece of the line for the legend, from @x to @x + @width. */
void picture_curve_swatch (cairo_t *cr,
                           const PictureCurve *curve,
                           double x,
                           double middle,
                           double width,
                           const PictureStyle *style);

/* A filled shape with a rim of the paper's colour, about 2 * @radius wide. */
void picture_curve_marker (cairo_t *cr,
                           PictureMarker marker,
                           double x,
                           double y,
                           double radius,
                           const PictureColour *colour,
                           const PictureStyle *style);

G_END_DECLS
