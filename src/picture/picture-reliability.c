/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-reliability.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "picture-diagram.h"

/* Sizes in pixels. */
#define LEFT 34.0
#define RIGHT 10.0
#define TOP 12.0
#define BOTTOM 34.0
#define SPACE 24.0
/* Share of the height that the histogram has. */
#define HISTOGRAM 0.22
#define POINT 3.5
#define INTERVAL 5.0
#define BAR_GAP 1.0
#define TICKS 4

/* Where the parts are. */
typedef struct
{
  PictureDiagram axes;          /* of the diagram: confidence and accuracy */
  double first;                 /* confidence at the left end */
  double bars_top, bars_bottom; /* of the histogram */
} Layout;

static double
find_first (const PictureReliability *reliability)
{
  guint b = 0;

  while (b + 1 < reliability->n && reliability->bins[b].count == 0)
    b++;
  return (double) b / reliability->n;
}

static void
lay_out_height (Layout *layout, double height)
{
  const double room = MAX (height - TOP - BOTTOM - SPACE, 2);

  layout->axes.top = TOP;
  layout->axes.bottom = TOP + (1 - HISTOGRAM) * room;
  layout->bars_top = layout->axes.bottom + SPACE;
  layout->bars_bottom = layout->bars_top + HISTOGRAM * room;
}

static void
lay_out_width (Layout *layout, double width, const PictureReliability *reliability)
{
  layout->axes.left = LEFT;
  layout->axes.right = MAX (width - RIGHT, LEFT + 1);
  layout->first = find_first (reliability);
}

static double
to_x (const Layout *layout, double confidence)
{
  return layout->axes.left + (layout->axes.right - layout->axes.left) *
                                 (confidence - layout->first) / (1 - layout->first);
}

static double
to_y (const Layout *layout, double accuracy)
{
  return layout->axes.bottom - (layout->axes.bottom - layout->axes.top) * accuracy;
}

double
picture_reliability_x (double width, const PictureReliability *reliability, double confidence)
{
  Layout layout;

  lay_out_width (&layout, width, reliability);
  return to_x (&layout, confidence);
}

double
picture_reliability_y (double height, double accuracy)
{
  Layout layout;

  lay_out_height (&layout, height);
  return to_y (&layout, accuracy);
}

static void
draw_axes (cairo_t *cr, PictureText *text, const Layout *layout)
{
  picture_diagram_percent (cr, text, &layout->axes, TICKS);
  picture_diagram_percent_across (cr, text, &layout->axes, TICKS, layout->first,
                                  layout->bars_bottom + 10);
  /* Translators: the horizontal axis of a reliability diagram: how sure a network is */
  picture_diagram_name_across (cr, text, &layout->axes, _ ("confidence (%)"),
                               layout->bars_bottom + 25);
  /* Translators: the vertical axis of a reliability diagram: how often a network is right */
  picture_diagram_name_up (cr, text, &layout->axes, _ ("accuracy (%)"), 6);
}

/* As right as sure. */
static void
draw_diagonal (cairo_t *cr, const Layout *layout, const PictureStyle *style)
{
  const double dashes[] = { 4, 3 };

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  picture_set_colour (cr, &style->dim);
  cairo_move_to (cr, layout->axes.left, to_y (layout, layout->first));
  cairo_line_to (cr, layout->axes.right, to_y (layout, 1));
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Whether there are enough answers to follow their point. */
static gboolean
is_certain (const PictureReliability *reliability, guint b)
{
  return reliability->bins[b].count >= PICTURE_RELIABILITY_ENOUGH;
}

/* Through the points of neighbouring bins. */
static void
draw_line (cairo_t *cr,
           const Layout *layout,
           const PictureReliability *reliability,
           const PictureStyle *style)
{
  picture_set_colour (cr, &style->accent);
  cairo_set_line_width (cr, 1.5);
  for (guint b = 0; b < reliability->n; b++)
    if (is_certain (reliability, b))
      cairo_line_to (cr, to_x (layout, reliability->bins[b].confidence),
                     to_y (layout, reliability->bins[b].accuracy));
    else
      cairo_new_sub_path (cr);
  cairo_stroke (cr);
}

static void
draw_points (cairo_t *cr,
             const Layout *layout,
             const PictureReliability *reliability,
             const PictureStyle *style)
{
  PictureColour pale = style->accent;

  pale.alpha *= 0.35;
  for (guint b = 0; b < reliability->n; b++)
    if (reliability->bins[b].count > 0)
      {
        const PictureReliabilityBin *bin = &reliability->bins[b];
        const double x = to_x (layout, bin->confidence);

        picture_set_colour (cr, &pale);
        cairo_rectangle (cr, x - INTERVAL / 2, to_y (layout, bin->high), INTERVAL,
                         to_y (layout, bin->low) - to_y (layout, bin->high));
        cairo_fill (cr);
      }
  draw_line (cr, layout, reliability, style);
  for (guint b = 0; b < reliability->n; b++)
    if (reliability->bins[b].count > 0)
      {
        cairo_arc (cr, to_x (layout, reliability->bins[b].confidence),
                   to_y (layout, reliability->bins[b].accuracy), POINT, 0, 2 * G_PI);
        picture_set_colour (cr, is_certain (reliability, b) ? &style->accent : &style->paper);
        cairo_fill_preserve (cr);
        picture_set_colour (cr, &style->accent);
        cairo_stroke (cr);
      }
}

static void
draw_bar (cairo_t *cr,
          PictureText *text,
          const Layout *layout,
          const PictureReliability *reliability,
          guint b,
          gsize most)
{
  const gsize count = reliability->bins[b].count;
  const double left = to_x (layout, (double) b / reliability->n);
  const double right = to_x (layout, (double) (b + 1) / reliability->n);
  /* One answer is visible beside ten thousand. */
  const double share = log1p ((double) count) / log1p ((double) most);
  const double top = layout->bars_bottom - share * (layout->bars_bottom - layout->bars_top);
  PictureColour pale = text->style->accent;
  char string[24];

  if (count == 0)
    return;
  pale.alpha *= 0.5;
  picture_set_colour (cr, &pale);
  cairo_rectangle (cr, left + BAR_GAP, top, MAX (right - left - 2 * BAR_GAP, 1),
                   layout->bars_bottom - top);
  cairo_fill (cr);
  g_snprintf (string, sizeof string, "%" G_GSIZE_FORMAT, count);
  if (picture_text_set (text, string, PICTURE_DIAGRAM_TEXT - 2, FALSE) > right - left + 4)
    return;
  picture_set_colour (cr, &text->style->dim);
  picture_text_show (text, cr, (left + right) / 2, top - 6, 0.5);
}

static void
draw_histogram (cairo_t *cr,
                PictureText *text,
                const Layout *layout,
                const PictureReliability *reliability)
{
  gsize most = 1;

  for (guint b = 0; b < reliability->n; b++)
    most = MAX (most, reliability->bins[b].count);
  for (guint b = 0; b < reliability->n; b++)
    draw_bar (cr, text, layout, reliability, b, most);
}

void
picture_reliability_draw (cairo_t *cr,
                          double width,
                          double height,
                          const PictureReliability *reliability,
                          const PictureStyle *style)
{
  Layout layout;
  PictureText text;

  lay_out_width (&layout, width, reliability);
  lay_out_height (&layout, height);
  cairo_save (cr);
  picture_text_init (&text, cr, style);
  draw_axes (cr, &text, &layout);
  draw_diagonal (cr, &layout, style);
  draw_points (cr, &layout, reliability, style);
  draw_histogram (cr, &text, &layout, reliability);
  picture_text_clear (&text);
  cairo_restore (cr);
}
