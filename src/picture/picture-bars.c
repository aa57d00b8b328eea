/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-bars.h"

#include <math.h>
#include <pango/pangocairo.h>

/* Smallest and largest text, in pixels. */
#define SMALLEST 10.0
#define LARGEST 22.0

#define SMALLEST_ROW 14.0
#define SHORTEST_TRACK 30.0

/* The column is as wide as this, so that nothing moves while the figures change. */
#define WIDEST_FIGURES "100.0"

typedef struct
{
  PangoLayout *layout;
  double size;
  double label_width, figures_width, gap;
} Text;

static void
set_text (Text *text, const char *string, gboolean bold)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* Tabular figures: otherwise the column would flicker. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (text->layout, attributes);
  pango_layout_set_text (text->layout, string, -1);
}

static double
width_of (Text *text, const char *string)
{
  int width;

  set_text (text, string, TRUE);
  pango_layout_get_pixel_size (text->layout, &width, NULL);
  return width;
}

static void
text_init (Text *text, PangoLayout *layout, double size, const PictureStyle *style)
{
  g_autoptr (PangoFontDescription) font =
      pango_font_description_from_string (style->font ? style->font : "sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  text->layout = layout;
  text->size = size;
  text->label_width = width_of (text, "0");
  text->figures_width = width_of (text, WIDEST_FIGURES);
  text->gap = round (size * 0.7);
}

/* @x: the left edge of the text, or the right one if @at_right */
static void
show_text (cairo_t *cr, Text *text, double x, double middle, gboolean at_right)
{
  PangoRectangle extents;
  int baseline;

  pango_layout_get_pixel_extents (text->layout, NULL, &extents);
  baseline = pango_layout_get_baseline (text->layout) / PANGO_SCALE;
  /* Figures have no descenders: centre them on their own height. */
  cairo_move_to (cr, picture_snap_x (cr, at_right ? x - extents.width : x),
                 picture_snap_y (cr, middle + text->size * 0.36 - baseline));
  pango_cairo_show_layout (cr, text->layout);
}

/* NaN counts as 0. */
static double
value_of (const float *probabilities, guint digit)
{
  const double value = probabilities ? (double) probabilities[digit] : 0;

  return value > 0 ? MIN (value, 1.0) : 0;
}

static void
add_pill (cairo_t *cr, double x, double y, double width, double height)
{
  const double radius = MIN (width, height) / 2;

  cairo_new_path (cr);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, x + width - radius, y + radius, radius, -0.5 * G_PI, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, x + radius, y + height - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
}

static void
draw_bar (cairo_t *cr,
          double x,
          double y,
          double width,
          double thickness,
          double value,
          gboolean wins,
          const PictureStyle *style)
{
  PictureColour colour = style->accent;
  double length = value * width;

  add_pill (cr, x, y, width, thickness);
  picture_set_colour (cr, &style->track);
  cairo_fill (cr);

  /* Draw no bar for less than the figures show, and at least a visible one for more. */
  if (!(value >= 0.0005))
    return;
  length = CLAMP (length, 2.0, width);
  if (!wins)
    colour.alpha *= 0.55;
  cairo_save (cr);
  add_pill (cr, x, y, width, thickness);
  cairo_clip (cr);
  picture_set_colour (cr, &colour);
  if (wins)
    add_pill (cr, style->rtl ? x + width - length : x, y, length, thickness);
  else
    cairo_rectangle (cr, style->rtl ? x + width - length : x, y, length, thickness);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_row (cairo_t *cr,
          Text *text,
          double width,
          double middle,
          double thickness,
          guint digit,
          const float *probabilities,
          gboolean wins,
          const PictureStyle *style)
{
  const double before = text->label_width + text->gap;
  const double after = text->figures_width + text->gap;
  const double track = MAX (width - before - after, 1.0);
  char string[32];

  g_snprintf (string, sizeof string, "%u", digit);
  set_text (text, string, wins);
  picture_set_colour (cr, wins ? &style->foreground : &style->dim);
  show_text (cr, text, style->rtl ? width : 0, middle, style->rtl);

  draw_bar (cr, picture_snap_x (cr, style->rtl ? after : before),
            picture_snap_y (cr, middle - thickness / 2), track, thickness,
            value_of (probabilities, digit), wins, style);

  if (!probabilities)
    return;
  g_snprintf (string, sizeof string, "%.1f", 100 * value_of (probabilities, digit));
  set_text (text, string, wins);
  picture_set_colour (cr, wins ? &style->foreground : &style->dim);
  show_text (cr, text, style->rtl ? 0 : width, middle, !style->rtl);
}

void
picture_bars (cairo_t *cr,
              double width,
              double height,
              const float *probabilities,
              int winner,
              const PictureStyle *style)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  const double row = height / PICTURE_N_BARS;
  const double size = CLAMP (floor (MIN (row * 0.62, width / 10)), SMALLEST, LARGEST);
  const double thickness = CLAMP (round (row * 0.44), 4.0, 18.0);
  Text text;

  text_init (&text, layout, size, style);
  cairo_save (cr);
  for (guint digit = 0; digit < PICTURE_N_BARS; digit++)
    draw_row (cr, &text, width, row * (digit + 0.5), thickness, digit, probabilities,
              probabilities && winner == (int) digit, style);
  cairo_restore (cr);
}

void
picture_bars_minimum (const PictureStyle *style, double *width, double *height)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  Text text;

  text_init (&text, layout, SMALLEST, style);
  *width = text.label_width + text.figures_width + 2 * text.gap + SHORTEST_TRACK;
  *height = PICTURE_N_BARS * SMALLEST_ROW;
  g_object_unref (context);
}
