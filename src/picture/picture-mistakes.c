/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-mistakes.h"

#include "picture-format.h"
#include "picture-text.h"
#include "picture-tensor.h"

#define SIDE 84.0
#define MARGIN ((PICTURE_MISTAKE_WIDTH - SIDE) / 2)
#define TEXT_SIZE 12.0
#define TEXT_MIDDLE (MARGIN + SIDE + 11.0)

void
picture_mistakes_draw (
    cairo_t *cr, const PictureMistake *mistakes, guint n, guint columns, const PictureStyle *style)
{
  PictureText text;

  picture_text_init (&text, cr, style);
  for (guint i = 0; i < n; i++)
    {
      const PictureMistake *mistake = &mistakes[i];
      g_autofree char *percent = picture_format_percent (mistake->probability, 0);
      /* Not translated: it has figures and an arrow only. */
      g_autofree char *what =
          g_strdup_printf ("%u → %u  %s", mistake->label, mistake->answer, percent);
      const double x = (i % columns) * PICTURE_MISTAKE_WIDTH + MARGIN;
      const double y = (i / columns) * PICTURE_MISTAKE_HEIGHT + MARGIN;

      cairo_save (cr);
      cairo_translate (cr, x, y);
      picture_tensor (cr, SIDE, SIDE, mistake->tensor);
      cairo_restore (cr);
      picture_set_colour (cr, &style->foreground);
      picture_text_set (&text, what, TEXT_SIZE, FALSE);
      picture_text_show (&text, cr, x + SIDE / 2, y - MARGIN + TEXT_MIDDLE, 0.5);
      if (mistake->group > 0)
        {
          g_autofree char *who = g_strdup_printf ("%u", mistake->group);

          /* In a corner, where there is hardly ever ink. */
          picture_set_colour (cr, &picture_style_dark.dim);
          picture_text_set (&text, who, TEXT_SIZE - 3, FALSE);
          picture_text_show (&text, cr, x + 3, y + 6, 0);
        }
    }
  picture_text_clear (&text);
}
