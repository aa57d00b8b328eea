/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-text.h"
#include "picture-chart.h"

G_BEGIN_DECLS

/* Private to picture: where everything on a chart goes. */

#define PICTURE_LEGEND_SWATCH 26.0
#define PICTURE_LEGEND_GAP 6.0

typedef struct
{
  char *text;
  PictureRectangle area;
} PictureLegendEntry;

/**
 * PictureChartLayout:
 * @legend: of PictureLegendEntry, one for each of the first curves
 * @more: how many curves the legend had no room for
 * @more_at: left end and middle of the text that says so
 * @size: of the figures on the axes
 * @title_width: what the title may be wide
 *
 * The same for every screen: it depends on what the chart says and how large it is alone.
 */
typedef struct
{
  PictureAxis x, y;
  PictureAxisMap x_map, y_map;
  PictureTicks x_ticks, y_ticks;
  PictureRectangle plot;
  GArray *legend;
  guint more;
  double more_x, more_y;
  double size;
  double title_middle, title_width;
  gboolean has_x_name;
} PictureChartLayout;

void picture_chart_layout_init (PictureChartLayout *layout,
                                const PictureChart *chart,
                                double width,
                                double height,
                                const PictureStyle *style);
void picture_chart_layout_clear (PictureChartLayout *layout);

/* (transfer full): what stands at a tick. */
char *picture_chart_tick_text (const PictureChart *chart,
                               const PictureTicks *ticks,
                               guint i,
                               gboolean vertical);

/* Where a value goes in pixels; far outside of the plot at some bound that Cairo can take. */
double picture_chart_pixel_x (const PictureChartLayout *layout, double x);
double picture_chart_pixel_y (const PictureChartLayout *layout, double y);

G_END_DECLS
