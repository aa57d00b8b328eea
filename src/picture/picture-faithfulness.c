/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-faithfulness.h"

#include <glib/gi18n-lib.h>

#include "picture-attribution.h"
#include "picture-diagram.h"

/* Sizes in pixels. */
#define LEFT 30.0
#define RIGHT 10.0
#define TOP 22.0
#define BOTTOM 32.0
#define TICKS 2
#define MARK 12.0

static double
to_x (const PictureDiagram *axes, double share)
{
  return axes->left + (axes->right - axes->left) * share;
}

static double
to_y (const PictureDiagram *axes, double probability)
{
  return axes->bottom - (axes->bottom - axes->top) * CLAMP (probability, 0, 1);
}

static void
draw_axes (cairo_t *cr, PictureText *text, const PictureDiagram *axes)
{
  picture_diagram_percent (cr, text, axes, TICKS);
  picture_diagram_percent_across (cr, text, axes, TICKS, 0, axes->bottom + 9);
  /* Translators: the horizontal axis of a chart: the share of a drawing that was erased or drawn
     again */
  picture_diagram_name_across (cr, text, axes, _ ("share of the ink (%)"), axes->bottom + 23);
}

static void
draw_curve (cairo_t *cr, const PictureDiagram *axes, const double *values, guint n, gboolean dashed)
{
  const double dashes[] = { 4, 3 };

  cairo_save (cr);
  cairo_set_line_width (cr, dashed ? 1.2 : 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, to_x (axes, (double) i / (n - 1)), to_y (axes, values[i]));
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* One name of the legend at @x; returns where the next one begins. */
static double
draw_name (cairo_t *cr, PictureText *text, const char *name, double x, gboolean dashed)
{
  const double dashes[] = { 4, 3 };
  const double width = picture_text_set (text, name, PICTURE_DIAGRAM_TEXT, FALSE);

  cairo_save (cr);
  cairo_set_line_width (cr, dashed ? 1.2 : 2);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x, 8);
  cairo_line_to (cr, x + MARK, 8);
  cairo_stroke (cr);
  cairo_restore (cr);
  picture_set_colour (cr, &text->style->dim);
  picture_text_show (text, cr, x + MARK + 4, 8, 0);
  return x + MARK + 4 + width + 8;
}

void
picture_faithfulness (cairo_t *cr,
                      double width,
                      double height,
                      const PictureFaithfulness *picture,
                      const PictureStyle *style)
{
  const PictureDiagram axes = { LEFT, MAX (width - RIGHT, LEFT + 1), TOP,
                                MAX (height - BOTTOM, TOP + 1) };
  const PictureColour against = picture_attribution_against (style);
  PictureText text;
  double x = 2;

  cairo_save (cr);
  picture_text_init (&text, cr, style);
  draw_axes (cr, &text, &axes);
  picture_set_colour (cr, &style->dim);
  draw_curve (cr, &axes, picture->random, picture->n, TRUE);
  picture_set_colour (cr, &against);
  draw_curve (cr, &axes, picture->deletion, picture->n, FALSE);
  picture_set_colour (cr, &style->accent);
  draw_curve (cr, &axes, picture->insertion, picture->n, FALSE);
  /* Translators: names of curves: the most important ink is drawn again first, erased first, or in
     a random order */
  x = draw_name (cr, &text, _ ("insertion"), x, FALSE);
  picture_set_colour (cr, &against);
  x = draw_name (cr, &text, _ ("deletion"), x, FALSE);
  picture_set_colour (cr, &style->dim);
  draw_name (cr, &text, _ ("random"), x, TRUE);
  picture_text_clear (&text);
  cairo_restore (cr);
}
