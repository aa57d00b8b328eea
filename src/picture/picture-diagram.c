/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-diagram.h"

void
picture_diagram_name_across (
    cairo_t *cr, PictureText *text, const PictureDiagram *axes, const char *name, double y)
{
  picture_text_set (text, name, PICTURE_DIAGRAM_TEXT, FALSE);
  picture_text_limit (text, axes->right - axes->left);
  picture_text_show (text, cr, (axes->left + axes->right) / 2, y, 0.5);
}

void
picture_diagram_name_up (
    cairo_t *cr, PictureText *text, const PictureDiagram *axes, const char *name, double x)
{
  cairo_save (cr);
  cairo_translate (cr, x, (axes->top + axes->bottom) / 2);
  cairo_rotate (cr, -G_PI / 2);
  picture_text_set (text, name, PICTURE_DIAGRAM_TEXT, FALSE);
  picture_text_limit (text, axes->bottom - axes->top);
  picture_text_show (text, cr, 0, 0, 0.5);
  cairo_restore (cr);
}

static void
set_percent (PictureText *text, double share)
{
  char string[16];

  g_snprintf (string, sizeof string, "%.0f", 100 * share);
  picture_text_set (text, string, PICTURE_DIAGRAM_TEXT, FALSE);
}

void
picture_diagram_percent (cairo_t *cr, PictureText *text, const PictureDiagram *axes, guint n)
{
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i <= n; i++)
    {
      const double share = (double) i / n;
      const double y = axes->bottom - (axes->bottom - axes->top) * share;

      picture_set_colour (cr, &text->style->track);
      cairo_move_to (cr, axes->left, picture_snap_y (cr, y) + 0.5);
      cairo_line_to (cr, axes->right, picture_snap_y (cr, y) + 0.5);
      cairo_stroke (cr);
      picture_set_colour (cr, &text->style->dim);
      set_percent (text, share);
      picture_text_show (text, cr, axes->left - 5, y, 1);
    }
}

void
picture_diagram_percent_across (
    cairo_t *cr, PictureText *text, const PictureDiagram *axes, guint n, double first, double y)
{
  picture_set_colour (cr, &text->style->dim);
  for (guint i = 0; i <= n; i++)
    {
      const double share = (double) i / n;

      set_percent (text, first + share * (1 - first));
      /* The last one stays within the picture. */
      picture_text_show (text, cr, axes->left + (axes->right - axes->left) * share, y,
                         i == n ? 0.8 : 0.5);
    }
}
