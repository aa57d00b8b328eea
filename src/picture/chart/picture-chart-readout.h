/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-chart-curve.h"

G_BEGIN_DECLS

/* Private to picture: draws the cursor, its points, and the box with the figures, placed where it
 * hides the least of the curves. @traces: one for each curve */
void picture_chart_readout (cairo_t *cr,
                            PictureText *text,
                            const PictureChartLayout *layout,
                            const PictureChart *chart,
                            const PictureTrace *traces,
                            const PictureStyle *style);

G_END_DECLS
