/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-text.h"

#include <math.h>

/* Height of the middle of a figure above the baseline, as a share of the font size. */
#define MIDDLE 0.36

void
picture_text_init (PictureText *text, cairo_t *cr, const PictureStyle *style)
{
  text->style = style;
  if (cr)
    text->layout = pango_cairo_create_layout (cr);
  else
    {
      PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

      pango_context_set_round_glyph_positions (context, FALSE);
      text->layout = pango_layout_new (context);
      g_object_unref (context);
    }
  pango_layout_set_single_paragraph_mode (text->layout, TRUE);
}

void
picture_text_clear (PictureText *text)
{
  g_clear_object (&text->layout);
}

double
picture_text_set (PictureText *text, const char *string, double size, gboolean bold)
{
  g_autoptr (PangoFontDescription) font =
      pango_font_description_from_string (text->style->font ? text->style->font : "sans");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoRectangle extents;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  /* Tabular figures: nothing moves while they change. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_width (text->layout, -1);
  pango_layout_set_ellipsize (text->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_font_description (text->layout, font);
  pango_layout_set_attributes (text->layout, attributes);
  pango_layout_set_text (text->layout, string, -1);
  pango_layout_get_extents (text->layout, NULL, &extents);
  return (double) extents.width / PANGO_SCALE;
}

void
picture_text_limit (PictureText *text, double width)
{
  PangoRectangle extents;

  pango_layout_get_extents (text->layout, NULL, &extents);
  if (extents.width <= width * PANGO_SCALE)
    return;
  pango_layout_set_ellipsize (text->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (text->layout, (int) (MAX (width, 0) * PANGO_SCALE));
}

void
picture_text_show (PictureText *text, cairo_t *cr, double x, double middle, double align)
{
  const PangoFontDescription *font = pango_layout_get_font_description (text->layout);
  const double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  const double baseline = (double) pango_layout_get_baseline (text->layout) / PANGO_SCALE;
  PangoRectangle extents;

  pango_layout_get_extents (text->layout, NULL, &extents);
  /* Align by the ink extents: the lines of a layout with a width need not start at its left edge.
   */
  cairo_move_to (cr,
                 picture_snap_x (cr,
                                 x - ((double) extents.x + align * extents.width) / PANGO_SCALE),
                 picture_snap_y (cr, middle + MIDDLE * size - baseline));
  pango_cairo_show_layout (cr, text->layout);
}
