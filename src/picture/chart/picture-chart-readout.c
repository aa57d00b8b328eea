/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-readout.h"

#define PADDING 8.0
#define ROW 1.55
#define RADIUS 6.0
#define SWATCH 18.0
#define OFFSET 10.0
#define POINT_RADIUS 3.5

/* Largest share of the plot's height that the box covers. */
#define LARGEST_SHARE 0.7

/* Opacity of the box over the curves. */
#define VEIL 0.94

static char *
header_text (const PictureChartLayout *layout, const PictureChart *chart)
{
  const double width =
      layout->x.scale == PICTURE_SCALE_LINEAR ? layout->x.max - layout->x.min : chart->cursor;
  /* With the precision of a pixel. */
  const double decimals = ceil (-log10 (width / layout->plot.width));
  g_autofree char *x = picture_format_decimals (chart->cursor, (guint) CLAMP (decimals, 0, 9));

  return chart->x_name ? g_strdup_printf ("%s %s", chart->x_name, x) : g_steal_pointer (&x);
}

/* The number of points of the curves under a box. */
static guint
hidden (const PictureTrace *traces, guint n, const PictureRectangle *box)
{
  guint count = 0;

  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < traces[k].points->len; i++)
      {
        const PictureTracePoint *point = &g_array_index (traces[k].points, PictureTracePoint, i);

        if (isnan (point->low) || point->pixel_x < box->x || point->pixel_x > box->x + box->width)
          continue;
        if (point->bottom >= box->y && point->top <= box->y + box->height)
          count++;
      }
  return count;
}

static void
place_box (const PictureChartLayout *layout,
           const PictureTrace *traces,
           guint n,
           double cursor,
           PictureRectangle *box)
{
  const PictureRectangle *plot = &layout->plot;
  const double xs[] = { cursor + OFFSET, cursor - OFFSET - box->width };
  /* In a low plot, cover the legend, whose text the box repeats, rather than the curves. */
  const gboolean low = box->height > LARGEST_SHARE * plot->height;
  const double ys[] = { low ? 1 : plot->y + 2, plot->y + plot->height - box->height - 2 };
  guint least = G_MAXUINT;
  PictureRectangle best = *box;

  best.x =
      CLAMP (cursor - box->width / 2, plot->x, MAX (plot->x, plot->x + plot->width - box->width));
  best.y = ys[0];
  for (guint i = 0; i < G_N_ELEMENTS (xs); i++)
    for (guint j = 0; j < (low ? 1 : G_N_ELEMENTS (ys)); j++)
      {
        const PictureRectangle candidate = { xs[i], ys[j], box->width, box->height };
        guint count;

        if (candidate.x < plot->x || candidate.x + candidate.width > plot->x + plot->width)
          continue;
        count = hidden (traces, n, &candidate);
        if (count < least)
          {
            least = count;
            best = candidate;
          }
      }
  *box = best;
}

static void
round_box (cairo_t *cr, const PictureRectangle *box)
{
  const double right = box->x + box->width, bottom = box->y + box->height;

  cairo_new_path (cr);
  cairo_arc (cr, box->x + RADIUS, box->y + RADIUS, RADIUS, G_PI, 1.5 * G_PI);
  cairo_arc (cr, right - RADIUS, box->y + RADIUS, RADIUS, -0.5 * G_PI, 0);
  cairo_arc (cr, right - RADIUS, bottom - RADIUS, RADIUS, 0, 0.5 * G_PI);
  cairo_arc (cr, box->x + RADIUS, bottom - RADIUS, RADIUS, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
}

static void
draw_box (cairo_t *cr,
          PictureText *text,
          const PictureChartLayout *layout,
          const PictureChart *chart,
          const PictureTrace *traces,
          const PictureFigure *figures,
          guint n_figures,
          double cursor,
          const PictureStyle *style)
{
  const double row = ROW * layout->size;
  const double room = layout->plot.y + layout->plot.height - 4 - 2 * PADDING;
  const guint most = (guint) MAX (0.0, floor ((room + 0.5 * layout->size) / row) - 1);
  const guint rows = MIN (n_figures, most);
  const double indent = SWATCH + PICTURE_LEGEND_GAP;
  g_autofree char *header = header_text (layout, chart);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  PictureRectangle box = { 0 };
  PictureColour background = style->paper;
  double widest, y;

  widest = picture_text_set (text, header, layout->size, FALSE);
  for (guint i = 0; i < rows; i++)
    {
      char *line = picture_chart_figure_text (chart, &figures[i]);

      widest = MAX (widest, indent + picture_text_set (text, line, layout->size, FALSE));
      g_ptr_array_add (lines, line);
    }
  box.width = MIN (ceil (widest + 2 * PADDING), layout->plot.width);
  box.height = ceil ((rows + 1) * row + 2 * PADDING - 0.5 * layout->size);
  place_box (layout, traces, chart->n_curves, cursor, &box);
  box.x = picture_snap_x (cr, box.x) + 0.5;
  box.y = picture_snap_y (cr, box.y) + 0.5;

  round_box (cr, &box);
  background.alpha = VEIL;
  picture_set_colour (cr, &background);
  cairo_fill_preserve (cr);
  picture_set_colour (cr, &style->track);
  cairo_set_line_width (cr, 1);
  /* Stroked twice: a little darker than a grid line. */
  cairo_stroke_preserve (cr);
  cairo_stroke (cr);

  y = box.y + PADDING + row / 2 - 0.25 * layout->size;
  picture_text_set (text, header, layout->size, FALSE);
  picture_text_limit (text, box.width - 2 * PADDING);
  picture_set_colour (cr, &style->dim);
  picture_text_show (text, cr, style->rtl ? box.x + box.width - PADDING : box.x + PADDING, y,
                     style->rtl ? 1 : 0);
  for (guint i = 0; i < rows; i++)
    {
      const PictureCurve *curve = &chart->curves[figures[i].curve];
      const double left = box.x + PADDING, right = box.x + box.width - PADDING;

      y += row;
      picture_curve_swatch (cr, curve, style->rtl ? right - SWATCH : left, y, SWATCH, style);
      picture_text_set (text, g_ptr_array_index (lines, i), layout->size, FALSE);
      picture_text_limit (text, right - left - indent);
      picture_set_colour (cr, &style->foreground);
      picture_text_show (text, cr, style->rtl ? right - indent : left + indent, y,
                         style->rtl ? 1 : 0);
    }
}

void
picture_chart_readout (cairo_t *cr,
                       PictureText *text,
                       const PictureChartLayout *layout,
                       const PictureChart *chart,
                       const PictureTrace *traces,
                       const PictureStyle *style)
{
  const PictureRectangle *plot = &layout->plot;
  g_autofree PictureFigure *figures = g_new (PictureFigure, MAX (chart->n_curves, 1));
  const double x = picture_snap_x (cr, picture_chart_pixel_x (layout, chart->cursor)) + 0.5;
  const guint n = picture_chart_figures (chart, chart->cursor, figures);

  if (!isfinite (chart->cursor) || chart->cursor < layout->x.min || chart->cursor > layout->x.max)
    return;
  picture_set_colour (cr, &style->dim);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_move_to (cr, x, plot->y);
  cairo_line_to (cr, x, plot->y + plot->height);
  cairo_stroke (cr);

  for (guint i = 0; i < n; i++)
    {
      const PictureCurve *curve = &chart->curves[figures[i].curve];
      const double at_x = picture_chart_pixel_x (layout, figures[i].x);
      const double at_y = picture_chart_pixel_y (layout, figures[i].value);

      if (isnan (figures[i].value) || at_y < plot->y || at_y > plot->y + plot->height ||
          at_x < plot->x || at_x > plot->x + plot->width)
        continue;
      picture_curve_marker (cr, curve->marker, at_x, at_y,
                            curve->marker == PICTURE_MARKER_NONE ? POINT_RADIUS :
                                                                   POINT_RADIUS + 1.5,
                            &curve->colour, style);
    }
  if (n > 0 && plot->width > 60 && plot->height > 40)
    draw_box (cr, text, layout, chart, traces, figures, n, x, style);
}
