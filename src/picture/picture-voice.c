/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-voice.h"

#include <math.h>

#include "picture-text.h"
#include "picture-units.h"

/* Sizes in pixels. */
#define TEXT 11.0
#define LEFT 16.0
#define BOTTOM 18.0
#define SIGN 7.0
/* Width of a bar, as a part of its column. */
#define BAR 0.62

static void
draw_signs (cairo_t *cr, double x, double top, double bottom, const PictureStyle *style)
{
  const PictureColour above = picture_unit_colour (TRUE, style);
  const PictureColour below = picture_unit_colour (FALSE, style);

  cairo_set_line_width (cr, 2);
  picture_set_colour (cr, &above);
  cairo_move_to (cr, x - SIGN / 2, top);
  cairo_line_to (cr, x + SIGN / 2, top);
  cairo_move_to (cr, x, top - SIGN / 2);
  cairo_line_to (cr, x, top + SIGN / 2);
  cairo_stroke (cr);
  picture_set_colour (cr, &below);
  cairo_move_to (cr, x - SIGN / 2, bottom);
  cairo_line_to (cr, x + SIGN / 2, bottom);
  cairo_stroke (cr);
}

void
picture_voice_draw (cairo_t *cr,
                    double width,
                    double height,
                    const float *values,
                    guint n,
                    const PictureStyle *style)
{
  const double middle = (height - BOTTOM) / 2, column = (width - LEFT) / MAX (n, 1);
  const double left = style->rtl ? 0 : LEFT;
  guint strongest = 0;
  double most = 0;
  PictureText text;

  for (guint k = 0; k < n; k++)
    if (fabs ((double) values[k]) > most)
      {
        most = fabs ((double) values[k]);
        strongest = k;
      }
  cairo_save (cr);
  picture_text_init (&text, cr, style);
  draw_signs (cr, style->rtl ? width - LEFT / 2 : LEFT / 2, middle * 0.4, middle * 1.6, style);
  picture_set_colour (cr, &style->track);
  cairo_rectangle (cr, left, middle - 0.5, width - LEFT, 1);
  cairo_fill (cr);
  for (guint k = 0; k < n; k++)
    {
      const double share = most > 0 ? (double) values[k] / most : 0;
      const double x = left + (style->rtl ? n - 1 - k : k) * column;
      const PictureColour colour = picture_unit_colour (share > 0, style);
      char digit[16];

      picture_set_colour (cr, &colour);
      cairo_rectangle (cr, x + (1 - BAR) / 2 * column, middle - MAX (share, 0) * (middle - 2),
                       BAR * column, fabs (share) * (middle - 2));
      cairo_fill (cr);
      g_snprintf (digit, sizeof digit, "%u", k);
      picture_set_colour (cr, k == strongest && most > 0 ? &style->foreground : &style->dim);
      picture_text_set (&text, digit, TEXT, k == strongest && most > 0);
      picture_text_show (&text, cr, x + column / 2, height - BOTTOM / 2 + 1, 0.5);
    }
  picture_text_clear (&text);
  cairo_restore (cr);
}
