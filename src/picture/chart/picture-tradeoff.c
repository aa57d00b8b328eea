/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-tradeoff.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "picture-axis.h"
#include "picture-diagram.h"
#include "picture-format.h"

/* Sizes in pixels. */
#define LEFT 52.0
#define RIGHT 18.0
#define TOP 12.0
#define BOTTOM 40.0
#define POINT 4.5
#define CHOSEN 7.0
#define REACH 22.0
#define TICK_ROOM 64.0
#define ROW_ROOM 34.0

/* A little room around the points. */
#define MARGIN 0.12
/* Half of a decade is shown at least, and half a per cent. */
#define LEAST_RATIO 3.0
#define LEAST_SHARE 0.005

typedef struct
{
  PictureDiagram box;
  PictureAxis cost, accuracy;
} Layout;

static void
fit_cost (PictureAxis *axis, double low, double high)
{
  const double middle = sqrt (low * high), ratio = MAX (high / low, LEAST_RATIO);
  const double half = sqrt (ratio) * pow (ratio, MARGIN);

  *axis = (PictureAxis){ .scale = PICTURE_SCALE_LOG, .min = middle / half, .max = middle * half };
}

static void
fit_accuracy (PictureAxis *axis, double low, double high)
{
  const double middle = (low + high) / 2, width = MAX (high - low, LEAST_SHARE);
  const double half = width * (0.5 + MARGIN);

  *axis =
      (PictureAxis){ .scale = PICTURE_SCALE_LINEAR, .min = middle - half, .max = middle + half };
}

static void
lay_out (Layout *layout, double width, double height, const PictureTradeoff *tradeoff)
{
  double low[2] = { INFINITY, INFINITY }, high[2] = { 0, 0 };

  for (guint i = 0; i < tradeoff->n; i++)
    {
      low[0] = MIN (low[0], tradeoff->points[i].cost);
      high[0] = MAX (high[0], tradeoff->points[i].cost);
      low[1] = MIN (low[1], tradeoff->points[i].accuracy);
      high[1] = MAX (high[1], tradeoff->points[i].accuracy);
    }
  if (tradeoff->n == 0)
    {
      low[0] = high[0] = tradeoff->cost == PICTURE_COST_BYTES ? 1e6 : 1e-5;
      low[1] = high[1] = 1;
    }
  layout->box =
      (PictureDiagram){ LEFT, MAX (width - RIGHT, LEFT + 1), TOP, MAX (height - BOTTOM, TOP + 1) };
  fit_cost (&layout->cost, low[0], high[0]);
  fit_accuracy (&layout->accuracy, low[1], high[1]);
}

static void
place (const Layout *layout, const PictureTradeoffPoint *point, double *x, double *y)
{
  const PictureDiagram *box = &layout->box;

  *x = box->left + (box->right - box->left) * picture_axis_place (&layout->cost, point->cost);
  *y = box->bottom -
       (box->bottom - box->top) * picture_axis_place (&layout->accuracy, point->accuracy);
}

char *
picture_cost_format (PictureCost cost, double value)
{
  const double scaled = cost == PICTURE_COST_BYTES ? value / 1e3 : value * 1e6;
  const gboolean large = scaled >= 1e3;
  const double shown = large ? scaled / 1e3 : scaled;
  g_autofree char *number = picture_format_decimals (shown, shown < 10 ? 1 : 0);

  if (cost == PICTURE_COST_BYTES)
    /* Translators: the size of a file */
    return g_strdup_printf (large ? _ ("%s MB") : _ ("%s kB"), number);
  /* Translators: a time */
  return g_strdup_printf (large ? _ ("%s ms") : _ ("%s µs"), number);
}

static void
draw_cost_ticks (cairo_t *cr, PictureText *text, const Layout *layout, PictureCost cost)
{
  const PictureDiagram *box = &layout->box;
  const guint most = (guint) MAX ((box->right - box->left) / TICK_ROOM, 2);
  PictureTicks ticks;

  picture_axis_ticks (&layout->cost, most, &ticks);
  for (guint i = 0; i < ticks.n; i++)
    {
      const double x = box->left + (box->right - box->left) *
                                       picture_axis_place (&layout->cost, ticks.values[i]);
      g_autofree char *string = picture_cost_format (cost, ticks.values[i]);

      picture_set_colour (cr, &text->style->track);
      cairo_move_to (cr, picture_snap_x (cr, x) + 0.5, box->top);
      cairo_line_to (cr, picture_snap_x (cr, x) + 0.5, box->bottom);
      cairo_stroke (cr);
      picture_set_colour (cr, &text->style->dim);
      picture_text_set (text, string, PICTURE_DIAGRAM_TEXT, FALSE);
      picture_text_show (text, cr, x, box->bottom + 11, 0.5);
    }
}

static void
draw_accuracy_ticks (cairo_t *cr, PictureText *text, const Layout *layout)
{
  const PictureDiagram *box = &layout->box;
  const guint most = (guint) MAX ((box->bottom - box->top) / ROW_ROOM, 2);
  PictureTicks ticks;

  picture_axis_ticks (&layout->accuracy, most, &ticks);
  for (guint i = 0; i < ticks.n; i++)
    {
      const double y = box->bottom - (box->bottom - box->top) *
                                         picture_axis_place (&layout->accuracy, ticks.values[i]);
      g_autofree char *string = NULL;

      /* More than everything is no accuracy. */
      if (ticks.values[i] > 1 + 1e-9)
        continue;
      string = picture_format_tick (PICTURE_FORMAT_PERCENT, ticks.values[i], ticks.step);
      picture_set_colour (cr, &text->style->track);
      cairo_move_to (cr, box->left, picture_snap_y (cr, y) + 0.5);
      cairo_line_to (cr, box->right, picture_snap_y (cr, y) + 0.5);
      cairo_stroke (cr);
      picture_set_colour (cr, &text->style->dim);
      picture_text_set (text, string, PICTURE_DIAGRAM_TEXT, FALSE);
      picture_text_show (text, cr, box->left - 5, y, 1);
    }
}

/* Whether another point is as good in both, and better in one. */
static gboolean
is_surpassed (const PictureTradeoff *tradeoff, guint i)
{
  const PictureTradeoffPoint *a = &tradeoff->points[i];

  for (guint j = 0; j < tradeoff->n; j++)
    {
      const PictureTradeoffPoint *b = &tradeoff->points[j];

      if (b->cost <= a->cost && b->accuracy >= a->accuracy &&
          (b->cost < a->cost || b->accuracy > a->accuracy))
        return TRUE;
    }
  return FALSE;
}

static int
compare_cost (gconstpointer a, gconstpointer b, gpointer points)
{
  const PictureTradeoffPoint *of = points;
  const double x = of[*(const guint *) a].cost, y = of[*(const guint *) b].cost;

  return x < y ? -1 : x > y;
}

static void
draw_front (cairo_t *cr,
            const Layout *layout,
            const PictureTradeoff *tradeoff,
            const PictureStyle *style)
{
  g_autofree guint *order = g_new (guint, MAX (tradeoff->n, 1));
  PictureColour pale = style->accent;
  guint n = 0;

  for (guint i = 0; i < tradeoff->n; i++)
    if (!is_surpassed (tradeoff, i))
      order[n++] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_cost, (gpointer) tradeoff->points);
  pale.alpha *= 0.5;
  picture_set_colour (cr, &pale);
  cairo_set_line_width (cr, 1.5);
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    {
      double x, y;

      place (layout, &tradeoff->points[order[i]], &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_stroke (cr);
}

static void
draw_point (cairo_t *cr,
            const Layout *layout,
            const PictureTradeoff *tradeoff,
            guint i,
            const PictureStyle *style)
{
  const gboolean chosen = tradeoff->chosen == (int) i;
  double x, y;

  place (layout, &tradeoff->points[i], &x, &y);
  if (chosen)
    {
      PictureColour pale = style->accent;

      pale.alpha *= 0.3;
      picture_set_colour (cr, &pale);
      cairo_arc (cr, x, y, CHOSEN + 3, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_arc (cr, x, y, chosen ? CHOSEN - 1 : POINT, 0, 2 * G_PI);
  picture_set_colour (cr, i == 0 ? &style->paper : &style->accent);
  cairo_fill_preserve (cr);
  picture_set_colour (cr, &style->accent);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

void
picture_tradeoff_draw (cairo_t *cr,
                       double width,
                       double height,
                       const PictureTradeoff *tradeoff,
                       const PictureStyle *style)
{
  PictureText text;
  Layout layout;

  lay_out (&layout, width, height, tradeoff);
  cairo_save (cr);
  cairo_set_line_width (cr, 1);
  picture_text_init (&text, cr, style);
  draw_cost_ticks (cr, &text, &layout, tradeoff->cost);
  draw_accuracy_ticks (cr, &text, &layout);
  picture_set_colour (cr, &style->dim);
  picture_diagram_name_across (cr, &text, &layout.box,
                               tradeoff->cost == PICTURE_COST_BYTES ?
                                   /* Translators: the horizontal axis of a diagram of models */
                                   _ ("size of the file") :
                                   /* Translators: the horizontal axis of a diagram of models */
                                   _ ("time to read a digit"),
                               layout.box.bottom + 27);
  picture_diagram_name_up (cr, &text, &layout.box, _ ("accuracy (%)"), 7);
  draw_front (cr, &layout, tradeoff, style);
  for (guint i = 0; i < tradeoff->n; i++)
    draw_point (cr, &layout, tradeoff, i, style);
  if (tradeoff->chosen >= 0 && (guint) tradeoff->chosen < tradeoff->n)
    draw_point (cr, &layout, tradeoff, (guint) tradeoff->chosen, style);
  picture_text_clear (&text);
  cairo_restore (cr);
}

void
picture_tradeoff_place (
    double width, double height, const PictureTradeoff *tradeoff, guint i, double *x, double *y)
{
  Layout layout;

  g_return_if_fail (i < tradeoff->n);

  lay_out (&layout, width, height, tradeoff);
  place (&layout, &tradeoff->points[i], x, y);
}

int
picture_tradeoff_find (
    double width, double height, const PictureTradeoff *tradeoff, double x, double y)
{
  double nearest = REACH;
  int found = -1;

  for (guint i = 0; i < tradeoff->n; i++)
    {
      double px, py, distance;

      picture_tradeoff_place (width, height, tradeoff, i, &px, &py);
      distance = hypot (px - x, py - y);
      if (distance < nearest)
        {
          nearest = distance;
          found = (int) i;
        }
    }
  return found;
}
