/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-text.h"
#include "picture-chart.h"

G_BEGIN_DECLS

/* Private to picture: the positions of all parts of a chart. */

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
 * @more: number of curves that did not fit into the legend
 * @more_at: left end and vertical middle of the text with that number
 * @size: text size of the figures on the axes
 * @title_width: largest width of the title
 *
 * Independent of the screen: it depends on the chart's content and size only.
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

/* (transfer full): the text of a tick. */
char *picture_chart_tick_text (const PictureChart *chart,
                               const PictureTicks *ticks,
                               guint i,
                               gboolean vertical);

/* The position of a value in pixels, clamped to a range far outside of the plot that Cairo can
 * handle. */
double picture_chart_pixel_x (const PictureChartLayout *layout, double x);
double picture_chart_pixel_y (const PictureChartLayout *layout, double y);

G_END_DECLS
