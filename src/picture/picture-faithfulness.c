/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-faithfulness.h"

#include <glib/gi18n-lib.h>

#include "picture-attribution.h"
#include "picture-text.h"

/* Sizes in pixels. */
#define TEXT 10.5
#define LEFT 30.0
#define RIGHT 10.0
#define TOP 22.0
#define BOTTOM 32.0
#define TICKS 2
#define MARK 12.0

typedef struct
{
  double left, right, top, bottom;
} Layout;

static double
to_x (const Layout *layout, double share)
{
  return layout->left + (layout->right - layout->left) * share;
}

static double
to_y (const Layout *layout, double probability)
{
  return layout->bottom - (layout->bottom - layout->top) * CLAMP (probability, 0, 1);
}

static void
draw_axes (cairo_t *cr, PictureText *text, const Layout *layout)
{
  char string[16];

  cairo_set_line_width (cr, 1);
  for (guint i = 0; i <= TICKS; i++)
    {
      const double share = (double) i / TICKS, y = to_y (layout, share);

      picture_set_colour (cr, &text->style->track);
      cairo_move_to (cr, layout->left, picture_snap_y (cr, y) + 0.5);
      cairo_line_to (cr, layout->right, picture_snap_y (cr, y) + 0.5);
      cairo_stroke (cr);
      picture_set_colour (cr, &text->style->dim);
      g_snprintf (string, sizeof string, "%.0f", 100 * share);
      picture_text_set (text, string, TEXT, FALSE);
      picture_text_show (text, cr, layout->left - 5, y, 1);
      picture_text_show (text, cr, to_x (layout, share), layout->bottom + 9,
                         i == TICKS ? 0.8 : 0.5);
    }
  /* Translators: the horizontal axis of a chart: the share of a drawing that was erased or drawn
     again */
  picture_text_set (text, _ ("share of the ink (%)"), TEXT, FALSE);
  picture_text_limit (text, layout->right - layout->left);
  picture_text_show (text, cr, (layout->left + layout->right) / 2, layout->bottom + 23, 0.5);
}

static void
draw_curve (cairo_t *cr, const Layout *layout, const double *values, guint n, gboolean dashed)
{
  const double dashes[] = { 4, 3 };

  cairo_save (cr);
  cairo_set_line_width (cr, dashed ? 1.2 : 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, to_x (layout, (double) i / (n - 1)), to_y (layout, values[i]));
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* One name of the legend at @x; returns where the next one begins. */
static double
draw_name (cairo_t *cr, PictureText *text, const char *name, double x, gboolean dashed)
{
  const double dashes[] = { 4, 3 };
  const double width = picture_text_set (text, name, TEXT, FALSE);

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
  const Layout layout = { LEFT, MAX (width - RIGHT, LEFT + 1), TOP,
                          MAX (height - BOTTOM, TOP + 1) };
  const PictureColour against = picture_attribution_against (style);
  PictureText text;
  double x = 2;

  cairo_save (cr);
  picture_text_init (&text, cr, style);
  draw_axes (cr, &text, &layout);
  picture_set_colour (cr, &style->dim);
  draw_curve (cr, &layout, picture->random, picture->n, TRUE);
  picture_set_colour (cr, &against);
  draw_curve (cr, &layout, picture->deletion, picture->n, FALSE);
  picture_set_colour (cr, &style->accent);
  draw_curve (cr, &layout, picture->insertion, picture->n, FALSE);
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
