/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-counts.h"

#include <math.h>

#include "picture-text.h"

#define TEXT 11.0
#define LINE 16.0
/* Part of a column's place that it fills. */
#define FILL 0.66
/* Opacity of the samples that are not new. */
#define OLD_ALPHA 0.42

static void
draw_part (cairo_t *cr, double x, double top, double bottom, double width, PictureColour colour)
{
  picture_set_colour (cr, &colour);
  cairo_rectangle (cr, picture_snap_x (cr, x), picture_snap_y (cr, top), round (width),
                   picture_snap_y (cr, bottom) - picture_snap_y (cr, top));
  cairo_fill (cr);
}

void
picture_counts (cairo_t *cr,
                double width,
                double height,
                const gsize *counts,
                const gsize *fresh,
                const PictureStyle *style)
{
  const double place = width / PICTURE_N_COUNTS, foot = height - LINE, room = foot - LINE;
  PictureColour old = style->accent;
  PictureText text;
  gsize most = 1;

  old.alpha *= OLD_ALPHA;
  for (guint i = 0; i < PICTURE_N_COUNTS; i++)
    most = MAX (most, counts[i]);
  picture_text_init (&text, cr, style);
  for (guint i = 0; i < PICTURE_N_COUNTS; i++)
    {
      const guint column = style->rtl ? PICTURE_N_COUNTS - 1 - i : i;
      const double x = column * place, middle = x + place / 2;
      const double top = foot - room * (double) counts[i] / (double) most;
      const double new_part = room * (double) MIN (fresh[i], counts[i]) / (double) most;
      g_autofree char *number = g_strdup_printf ("%'zu", counts[i]);
      g_autofree char *digit = g_strdup_printf ("%u", i);

      draw_part (cr, x + place * (1 - FILL) / 2, top + new_part, foot, place * FILL, old);
      draw_part (cr, x + place * (1 - FILL) / 2, top, top + new_part, place * FILL, style->accent);
      picture_set_colour (cr, &style->dim);
      picture_text_set (&text, number, TEXT, FALSE);
      picture_text_show (&text, cr, middle, top - LINE / 2, 0.5);
      picture_set_colour (cr, &style->foreground);
      picture_text_set (&text, digit, TEXT, TRUE);
      picture_text_show (&text, cr, middle, foot + LINE / 2, 0.5);
    }
  picture_text_clear (&text);
  picture_set_colour (cr, &style->track);
  cairo_rectangle (cr, 0, picture_snap_y (cr, foot), width, 1);
  cairo_fill (cr);
}
