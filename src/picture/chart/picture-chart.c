/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-curve.h"
#include "picture-chart-readout.h"

/* Largest number of columns of a plot, more than any screen has. */
#define MOST_COLUMNS 16384

#define STAR_RADIUS 7.0

static void
draw_grid (cairo_t *cr, const PictureChartLayout *layout, const PictureStyle *style)
{
  const PictureRectangle *plot = &layout->plot;

  picture_set_colour (cr, &style->track);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < layout->y_ticks.n; i++)
    {
      const double y = picture_chart_pixel_y (layout, layout->y_ticks.values[i]);

      cairo_move_to (cr, plot->x, picture_snap_y (cr, y) + 0.5);
      cairo_rel_line_to (cr, plot->width, 0);
    }
  /* No vertical grid lines: x is time and has no levels to compare. */
  for (guint i = 0; i < layout->x_ticks.n; i++)
    {
      const double x = picture_chart_pixel_x (layout, layout->x_ticks.values[i]);

      cairo_move_to (cr, picture_snap_x (cr, x) + 0.5, plot->y + plot->height + 1);
      cairo_rel_line_to (cr, 0, 4);
    }
  cairo_stroke (cr);
}

static void
draw_tick_text (cairo_t *cr,
                PictureText *text,
                const PictureChartLayout *layout,
                const PictureChart *chart,
                const PictureStyle *style)
{
  const PictureRectangle *plot = &layout->plot;
  const double right = plot->x + plot->width, bottom = plot->y + plot->height;

  picture_set_colour (cr, &style->dim);
  for (guint i = 0; i < layout->y_ticks.n; i++)
    {
      g_autofree char *label = picture_chart_tick_text (chart, &layout->y_ticks, i, TRUE);
      const double y = picture_chart_pixel_y (layout, layout->y_ticks.values[i]);

      picture_text_set (text, label, layout->size, FALSE);
      picture_text_show (text, cr, style->rtl ? right + 6 : plot->x - 6, y, style->rtl ? 0 : 1);
    }
  for (guint i = 0; i < layout->x_ticks.n; i++)
    {
      g_autofree char *label = picture_chart_tick_text (chart, &layout->x_ticks, i, FALSE);
      const double x = picture_chart_pixel_x (layout, layout->x_ticks.values[i]);

      picture_text_set (text, label, layout->size, FALSE);
      picture_text_show (text, cr, x, bottom + 1.15 * layout->size, 0.5);
    }
  if (layout->has_x_name)
    {
      picture_text_set (text, chart->x_name, layout->size, FALSE);
      picture_text_limit (text, plot->width);
      picture_text_show (text, cr, plot->x + plot->width / 2, bottom + 2.6 * layout->size, 0.5);
    }
}

static void
draw_head (cairo_t *cr,
           PictureText *text,
           const PictureChartLayout *layout,
           const PictureChart *chart,
           double width,
           const PictureStyle *style)
{
  if (chart->title && *chart->title)
    {
      picture_text_set (text, chart->title, 1.2 * layout->size, TRUE);
      picture_text_limit (text, layout->title_width);
      picture_set_colour (cr, &style->foreground);
      picture_text_show (text, cr, style->rtl ? width : 0, layout->title_middle,
                         style->rtl ? 1 : 0);
    }
  for (guint i = 0; i < layout->legend->len; i++)
    {
      const PictureLegendEntry *entry = &g_array_index (layout->legend, PictureLegendEntry, i);
      const PictureRectangle *area = &entry->area;
      const double middle = picture_snap_y (cr, area->y + area->height / 2);
      const double indent = PICTURE_LEGEND_SWATCH + PICTURE_LEGEND_GAP;

      picture_curve_swatch (cr, &chart->curves[i],
                            style->rtl ? area->x + area->width - PICTURE_LEGEND_SWATCH : area->x,
                            middle, PICTURE_LEGEND_SWATCH, style);
      picture_text_set (text, entry->text, layout->size, FALSE);
      /* Slightly more than measured: hinting may widen the text. */
      picture_text_limit (text, area->width - indent + 3);
      picture_set_colour (cr, &style->dim);
      picture_text_show (text, cr, style->rtl ? area->x + area->width - indent : area->x + indent,
                         middle, style->rtl ? 1 : 0);
    }
  if (layout->more > 0)
    {
      g_autofree char *more = g_strdup_printf ("+%u", layout->more);

      picture_text_set (text, more, layout->size, FALSE);
      picture_set_colour (cr, &style->dim);
      picture_text_show (text, cr, layout->more_x, layout->more_y, style->rtl ? 1 : 0);
    }
}

static void
draw_star (cairo_t *cr, double x, double y, const PictureColour *colour, const PictureStyle *style)
{
  cairo_new_path (cr);
  for (guint i = 0; i < 10; i++)
    {
      const double radius = i % 2 == 0 ? STAR_RADIUS : 0.45 * STAR_RADIUS;

      cairo_line_to (cr, x + radius * sin (G_PI * i / 5), y - radius * cos (G_PI * i / 5));
    }
  cairo_close_path (cr);
  cairo_set_line_width (cr, 2.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  picture_set_colour (cr, &style->paper);
  cairo_stroke_preserve (cr);
  picture_set_colour (cr, colour);
  cairo_fill (cr);
}

static void
draw_best (cairo_t *cr,
           PictureText *text,
           const PictureChartLayout *layout,
           const PictureChart *chart,
           const PictureStyle *style)
{
  static const double dashes[] = { 2, 3 };
  const PictureRectangle *plot = &layout->plot;
  const PictureCurve *curve;
  double x, y, width;
  gsize index;

  if (!isfinite (chart->best) || chart->best_curve >= chart->n_curves ||
      chart->best < layout->x.min || chart->best > layout->x.max)
    return;
  curve = &chart->curves[chart->best_curve];
  index = picture_series_nearest (curve->series, chart->best);
  if (index == G_MAXSIZE)
    return;
  x = picture_chart_pixel_x (layout, chart->best);
  y = picture_chart_pixel_y (layout, picture_series_mean (curve->series, index, index,
                                                          curve->smoothing, NULL));

  picture_set_colour (cr, &style->dim);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, picture_snap_x (cr, x) + 0.5, plot->y);
  cairo_rel_line_to (cr, 0, plot->height);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (y >= plot->y && y <= plot->y + plot->height)
    draw_star (cr, x, y, &curve->colour, style);
  if (!chart->best_name)
    return;
  width = picture_text_set (text, chart->best_name, layout->size, FALSE);
  picture_set_colour (cr, &style->dim);
  /* At the end of the line away from the curve, and on the side with room. */
  y = y > plot->y + plot->height / 2 ? plot->y + 0.9 * layout->size :
                                       plot->y + plot->height - 0.8 * layout->size;
  if (x + 5 + width <= plot->x + plot->width)
    picture_text_show (text, cr, x + 5, y, 0);
  else
    picture_text_show (text, cr, x - 4, y, 1);
}

/* The number of device pixels in a width. */
static guint
columns_of (cairo_t *cr, double width)
{
  double x_scale, y_scale, dx = 1, dy = 0;

  cairo_user_to_device_distance (cr, &dx, &dy);
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &x_scale, &y_scale);
  width *= hypot (dx * x_scale, dy * y_scale);
  return (guint) CLAMP (ceil (width), 1, MOST_COLUMNS);
}

static gboolean
is_empty (const PictureTrace *traces, guint n)
{
  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < traces[k].points->len; i++)
      if (!isnan (g_array_index (traces[k].points, PictureTracePoint, i).low))
        return FALSE;
  return TRUE;
}

static void
draw_plot (cairo_t *cr,
           PictureText *text,
           const PictureChartLayout *layout,
           const PictureChart *chart,
           const PictureStyle *style)
{
  const PictureRectangle *plot = &layout->plot;
  const guint columns = columns_of (cr, plot->width);
  g_autofree PictureTrace *traces = g_new0 (PictureTrace, MAX (chart->n_curves, 1));

  for (guint i = 0; i < chart->n_curves; i++)
    {
      picture_trace_init (&traces[i], &chart->curves[i], &layout->x, columns);
      picture_curve_project (&traces[i], layout);
    }

  cairo_save (cr);
  cairo_rectangle (cr, plot->x, plot->y, plot->width, plot->height + 1);
  cairo_clip (cr);
  for (guint i = 0; i < chart->n_curves; i++)
    picture_curve_envelope (cr, layout, &chart->curves[i], &traces[i], style);
  cairo_restore (cr);
  for (guint i = 0; i < chart->n_curves; i++)
    picture_curve_line (cr, layout, &chart->curves[i], &traces[i], style);

  if (chart->empty && is_empty (traces, chart->n_curves))
    {
      picture_text_set (text, chart->empty, 1.2 * layout->size, FALSE);
      picture_text_limit (text, plot->width - 12);
      picture_set_colour (cr, &style->dim);
      picture_text_show (text, cr, plot->x + plot->width / 2, plot->y + plot->height / 2, 0.5);
    }
  draw_best (cr, text, layout, chart, style);
  picture_chart_readout (cr, text, layout, chart, traces, style);
  for (guint i = 0; i < chart->n_curves; i++)
    picture_trace_clear (&traces[i]);
}

void
picture_chart_draw (
    cairo_t *cr, double width, double height, const PictureChart *chart, const PictureStyle *style)
{
  PictureChartLayout layout;
  PictureText text;

  cairo_save (cr);
  picture_chart_layout_init (&layout, chart, width, height, style);
  picture_text_init (&text, cr, style);
  draw_grid (cr, &layout, style);
  draw_tick_text (cr, &text, &layout, chart, style);
  draw_head (cr, &text, &layout, chart, width, style);
  draw_plot (cr, &text, &layout, chart, style);
  picture_text_clear (&text);
  picture_chart_layout_clear (&layout);
  cairo_restore (cr);
}
