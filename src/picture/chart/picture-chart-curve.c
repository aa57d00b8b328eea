/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-curve.h"
#include "picture-chart-pen.h"

#define LINE_WIDTH 2.0
/* A line narrower than this, in pixels, is drawn as a disc. */
#define SPECK 2.0
#define MARKER_RADIUS 4.0

/* Opacity of the envelope. */
#define SHADE_LIGHT 0.22
#define SHADE_DARK 0.34

/* The samples themselves behind a smoothed line. */
#define FAINT_WIDTH 1.0
#define FAINT 1.8

/* A thinner envelope is not visible, in pixels. */
#define THINNEST 1.0

/* A peak is higher than both neighbours by this many pixels. */
#define PEAK 2.0

/* An envelope is noisy if both edges vary by more than this, in pixels per column. */
#define NOISY 4.0

/* Least distance of markers, in radii: closer markers would hide the line. */
#define MARKERS_APART 3.0

static gboolean
is_dark (const PictureStyle *style)
{
  return 0.3 * style->paper.red + 0.6 * style->paper.green + 0.1 * style->paper.blue < 0.5;
}

static double
line_width (const PictureCurve *curve)
{
  return curve->width > 0 ? curve->width : LINE_WIDTH;
}

static void
set_dash (cairo_t *cr, PictureDash dash, double width)
{
  /* In line widths. Butt caps, because round caps would fill the gaps. */
  static const struct
  {
    int n;
    double lengths[4];
  } patterns[] = {
    [PICTURE_DASH_SOLID] = { 0, { 0 } },       [PICTURE_DASH_DASHED] = { 2, { 4, 2 } },
    [PICTURE_DASH_DOTTED] = { 2, { 1.2, 2 } }, [PICTURE_DASH_DASH_DOT] = { 4, { 4, 1.5, 1, 1.5 } },
    [PICTURE_DASH_LONG] = { 2, { 8, 2.5 } },
  };
  const guint k = (guint) dash < G_N_ELEMENTS (patterns) ? (guint) dash : PICTURE_DASH_SOLID;
  double lengths[4];

  for (int i = 0; i < patterns[k].n; i++)
    lengths[i] = patterns[k].lengths[i] * width;
  cairo_set_dash (cr, lengths, patterns[k].n, 0);
}

void
picture_curve_marker (cairo_t *cr,
                      PictureMarker marker,
                      double x,
                      double y,
                      double radius,
                      const PictureColour *colour,
                      const PictureStyle *style)
{
  cairo_new_path (cr);
  switch (marker)
    {
    case PICTURE_MARKER_SQUARE:
      cairo_rectangle (cr, x - 0.9 * radius, y - 0.9 * radius, 1.8 * radius, 1.8 * radius);
      break;
    case PICTURE_MARKER_DIAMOND:
      cairo_move_to (cr, x, y - 1.25 * radius);
      cairo_line_to (cr, x + 1.25 * radius, y);
      cairo_line_to (cr, x, y + 1.25 * radius);
      cairo_line_to (cr, x - 1.25 * radius, y);
      cairo_close_path (cr);
      break;
    case PICTURE_MARKER_TRIANGLE:
      cairo_move_to (cr, x, y - 1.25 * radius);
      cairo_line_to (cr, x + 1.15 * radius, y + 0.85 * radius);
      cairo_line_to (cr, x - 1.15 * radius, y + 0.85 * radius);
      cairo_close_path (cr);
      break;
    case PICTURE_MARKER_DISC:
    case PICTURE_MARKER_NONE:
    default:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      cairo_close_path (cr);
      break;
    }
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  picture_set_colour (cr, &style->paper);
  cairo_stroke_preserve (cr);
  picture_set_colour (cr, colour);
  cairo_fill (cr);
}

void
picture_curve_project (PictureTrace *trace, const PictureChartLayout *layout)
{
  for (guint i = 0; i < trace->points->len; i++)
    {
      PictureTracePoint *point = &g_array_index (trace->points, PictureTracePoint, i);

      point->pixel_x = picture_chart_pixel_x (layout, point->x);
      point->middle = (double) NAN;
      if (isnan (point->low))
        continue;
      point->top = picture_chart_pixel_y (layout, point->high);
      point->bottom = picture_chart_pixel_y (layout, point->low);
      /* A log axis has no place for values that are not greater than 0. */
      if (!isnan (point->line) && !(layout->y.scale == PICTURE_SCALE_LOG && point->line <= 0))
        point->middle = picture_chart_pixel_y (layout, point->line);
    }
}

/* The height of an edge of the envelope above both of its neighbours. */
static double
stands_out (const PictureTrace *trace, guint first, guint end, guint i, gboolean upper)
{
  const PictureTracePoint *point = &g_array_index (trace->points, PictureTracePoint, i);
  double least = (double) INFINITY;

  if (i > first)
    least = upper ? point[-1].top - point->top : point->bottom - point[-1].bottom;
  if (i + 1 < end)
    least = MIN (least, upper ? point[1].top - point->top : point->bottom - point[1].bottom);
  return least;
}

/* The edge of the envelope on one side of points @first to @end - 1. */
static void
add_edge (cairo_t *cr,
          const PictureChartLayout *layout,
          const PictureTrace *trace,
          guint first,
          guint end,
          gboolean upper)
{
  PicturePen pen = { .cr = cr, .edge = TRUE };
  const double reach = (upper ? 0.5 : -0.5) * layout->plot.width / trace->columns;

  for (guint k = first; k < end; k++)
    {
      const guint i = upper ? k : first + (end - 1 - k);
      const PictureTracePoint *point = &g_array_index (trace->points, PictureTracePoint, i);
      const double middle = (point->top + point->bottom) / 2;
      const double half = MAX (point->bottom - point->top, THINNEST) / 2;
      const double y = upper ? middle - half : middle + half;

      /* A peak of one column is drawn as a box as wide as the column, so that it is visible. */
      if (stands_out (trace, first, end, i, upper) > PEAK)
        {
          picture_pen_to (&pen, point->pixel_x - reach, y);
          picture_pen_to (&pen, point->pixel_x + reach, y);
        }
      else
        picture_pen_to (&pen, point->pixel_x, y);
    }
  picture_pen_up (&pen);
}

static void
fill_smooth (cairo_t *cr, const PictureChartLayout *layout, const PictureTrace *trace)
{
  guint first = 0;

  cairo_new_path (cr);
  for (guint i = 0; i <= trace->points->len; i++)
    {
      if (i < trace->points->len &&
          !isnan (g_array_index (trace->points, PictureTracePoint, i).low))
        continue;
      if (i > first)
        {
          cairo_new_sub_path (cr);
          add_edge (cr, layout, trace, first, i, TRUE);
          add_edge (cr, layout, trace, first, i, FALSE);
          cairo_close_path (cr);
        }
      first = i + 1;
    }
  cairo_fill (cr);
}

/* Whether the envelope is drawn as boxes on the pixel grid. A noisy envelope has steep edges at
 * every column; Cairo takes four times as long for them, and they look no better. */
static gboolean
is_noisy (const PictureTrace *trace)
{
  double way = 0;
  guint n = 0;

  for (guint i = 1; i < trace->points->len; i++)
    {
      const PictureTracePoint *point = &g_array_index (trace->points, PictureTracePoint, i);

      if (isnan (point[-1].low) || isnan (point->low))
        continue;
      way += fabs (point->top - point[-1].top) + fabs (point->bottom - point[-1].bottom);
      n++;
    }
  return n > 0 && way > NOISY * n;
}

static void
fill_boxes (cairo_t *cr, const PictureChartLayout *layout, const PictureTrace *trace)
{
  const double scale = trace->columns / layout->plot.width;

  cairo_new_path (cr);
  for (guint i = 0; i < trace->points->len; i++)
    {
      const PictureTracePoint *point = &g_array_index (trace->points, PictureTracePoint, i);
      const double column = floor ((point->pixel_x - layout->plot.x) * scale);
      const double top = round ((point->top - layout->plot.y) * scale);
      const double bottom = round ((point->bottom - layout->plot.y) * scale);

      /* Samples outside the axis have no column; the last one ends the last column. */
      if (isnan (point->low) || column < 0 || column > trace->columns)
        continue;
      cairo_rectangle (cr, layout->plot.x + MIN (column, trace->columns - 1) / scale,
                       layout->plot.y + top / scale, 1 / scale, MAX (bottom - top, 1) / scale);
    }
  cairo_fill (cr);
}

/* @smoothed: the line; otherwise the samples */
static void
add_line (cairo_t *cr, const PictureTrace *trace, gboolean smoothed)
{
  PicturePen pen = { .cr = cr };

  cairo_new_path (cr);
  for (guint i = 0; i < trace->points->len; i++)
    {
      const PictureTracePoint *point = &g_array_index (trace->points, PictureTracePoint, i);

      if (isnan (point->middle))
        picture_pen_up (&pen);
      else
        picture_pen_to (&pen, point->pixel_x, smoothed ? point->middle : point->bottom);
    }
  picture_pen_up (&pen);
}

void
picture_curve_envelope (cairo_t *cr,
                        const PictureChartLayout *layout,
                        const PictureCurve *curve,
                        const PictureTrace *trace,
                        const PictureStyle *style)
{
  PictureColour colour = curve->colour;

  /* Without smoothing the line shows every sample while there are enough columns. Beyond that the
   * envelope is always drawn. */
  if (curve->smoothing > 1 ? !curve->envelope : trace->per_point < 2)
    return;
  colour.alpha *= is_dark (style) ? SHADE_DARK : SHADE_LIGHT;
  /* Thousands of steep, pale edges: fast antialiasing saves time and makes no visible difference.
   */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  if (trace->exact)
    {
      colour.alpha *= FAINT;
      picture_set_colour (cr, &colour);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_set_line_width (cr, FAINT_WIDTH);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
      add_line (cr, trace, FALSE);
      cairo_stroke (cr);
      return;
    }
  picture_set_colour (cr, &colour);
  if (trace->points->len >= trace->columns && is_noisy (trace))
    fill_boxes (cr, layout, trace);
  else
    fill_smooth (cr, layout, trace);
}

static void
draw_marker (cairo_t *cr,
             const PictureChartLayout *layout,
             const PictureCurve *curve,
             const PictureTracePoint *point,
             const PictureStyle *style)
{
  const PictureRectangle *plot = &layout->plot;
  const double x = point->pixel_x, y = point->middle;

  if (!isnan (y) && x >= plot->x - 0.5 && x <= plot->x + plot->width + 0.5 && y >= plot->y - 0.5 &&
      y <= plot->y + plot->height + 0.5)
    picture_curve_marker (cr, curve->marker, x, y, MARKER_RADIUS, &curve->colour, style);
}

/* Whether the curve is still too short for a visible line. */
static gboolean
is_speck (const PictureTrace *trace)
{
  const guint n = trace->points->len;

  return n > 0 && g_array_index (trace->points, PictureTracePoint, n - 1).pixel_x -
                          g_array_index (trace->points, PictureTracePoint, 0).pixel_x <
                      SPECK;
}

static void
draw_markers (cairo_t *cr,
              const PictureChartLayout *layout,
              const PictureCurve *curve,
              const PictureTrace *trace,
              const PictureStyle *style)
{
  const GArray *points = trace->points;

  if (curve->marker == PICTURE_MARKER_NONE)
    {
      if (is_speck (trace))
        draw_marker (cr, layout, curve, &g_array_index (points, PictureTracePoint, points->len - 1),
                     style);
      return;
    }
  if (!trace->exact || points->len * MARKERS_APART * MARKER_RADIUS > layout->plot.width)
    return;
  for (guint i = 0; i < points->len; i++)
    draw_marker (cr, layout, curve, &g_array_index (points, PictureTracePoint, i), style);
}

void
picture_curve_line (cairo_t *cr,
                    const PictureChartLayout *layout,
                    const PictureCurve *curve,
                    const PictureTrace *trace,
                    const PictureStyle *style)
{
  const PictureRectangle *plot = &layout->plot;

  cairo_save (cr);
  cairo_rectangle (cr, plot->x, plot->y - 1, plot->width, plot->height + 2);
  cairo_clip (cr);
  picture_set_colour (cr, &curve->colour);
  cairo_set_line_width (cr, line_width (curve));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
  cairo_set_line_cap (cr, curve->dash == PICTURE_DASH_SOLID ? CAIRO_LINE_CAP_ROUND :
                                                              CAIRO_LINE_CAP_BUTT);
  set_dash (cr, curve->dash, line_width (curve));
  add_line (cr, trace, TRUE);
  cairo_stroke (cr);
  cairo_restore (cr);
  /* Markers are not clipped to the plot: the last epoch is often at its edge. */
  draw_markers (cr, layout, curve, trace, style);
}

void
picture_curve_swatch (cairo_t *cr,
                      const PictureCurve *curve,
                      double x,
                      double middle,
                      double width,
                      const PictureStyle *style)
{
  const double thickness = line_width (curve);

  if (curve->envelope && curve->smoothing > 1)
    {
      PictureColour shade = curve->colour;

      shade.alpha *= is_dark (style) ? SHADE_DARK : SHADE_LIGHT;
      picture_set_colour (cr, &shade);
      cairo_rectangle (cr, x, middle - 4, width, 8);
      cairo_fill (cr);
    }
  picture_set_colour (cr, &curve->colour);
  cairo_set_line_width (cr, thickness);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  set_dash (cr, curve->dash, thickness);
  cairo_move_to (cr, x, middle);
  cairo_line_to (cr, x + width, middle);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (curve->marker != PICTURE_MARKER_NONE)
    picture_curve_marker (cr, curve->marker, x + width / 2, middle, 3.5, &curve->colour, style);
}
