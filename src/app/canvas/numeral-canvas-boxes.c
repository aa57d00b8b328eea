/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numeral-canvas-private.h"
#include "numeral-format-sheet.h"

/* Distance of a box from its ink, and the radius of its corners, in pixels. */
#define GAP 3.0
#define RADIUS 4.0

/* Maximum distance of a tap from a box, in units of the canvas. */
#define REACH 15.0

gboolean
numeral_canvas_has_boxes (NumeralCanvas *self)
{
  return self->sheet && self->sheet_picture &&
         numeral_canvas_get_picture (self) == self->sheet_picture;
}

static void
describe (NumeralCanvas *self)
{
  g_autofree char *text = numeral_format_sheet_number (self->sheet, self->chosen_number);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

void
numeral_canvas_set_sheet (NumeralCanvas *self, NumeralSheet *sheet, guint chosen)
{
  NumeralPicture *picture;

  g_return_if_fail (NUMERAL_IS_CANVAS (self));
  g_return_if_fail (!sheet || chosen < sheet->n_numbers);

  picture = numeral_canvas_get_picture (self);
  if (sheet == self->sheet && chosen == self->chosen_number && picture == self->sheet_picture)
    return;
  g_clear_pointer (&self->sheet, numeral_sheet_unref);
  g_clear_pointer (&self->sheet_picture, numeral_picture_unref);
  self->chosen_number = chosen;
  if (sheet && picture)
    {
      self->sheet = numeral_sheet_ref (sheet);
      self->sheet_picture = numeral_picture_ref (picture);
      describe (self);
      numeral_canvas_reveal (self, sheet->numbers[chosen].box);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_blank (const NumeralSheetNumber *number)
{
  return number->prediction->empty;
}

static void
draw_box (cairo_t *cr, const InkBox *box, double scale)
{
  const double x0 = box->x0 * scale - GAP, y0 = box->y0 * scale - GAP;
  const double x1 = box->x1 * scale + GAP, y1 = box->y1 * scale + GAP;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x1 - RADIUS, y0 + RADIUS, RADIUS, -G_PI_2, 0);
  cairo_arc (cr, x1 - RADIUS, y1 - RADIUS, RADIUS, 0, G_PI_2);
  cairo_arc (cr, x0 + RADIUS, y1 - RADIUS, RADIUS, G_PI_2, G_PI);
  cairo_arc (cr, x0 + RADIUS, y0 + RADIUS, RADIUS, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* The chosen box is filled and has a wide line; that of a refused number is dashed. */
static void
draw_number (cairo_t *cr,
             const NumeralSheetNumber *number,
             const InkBox *box,
             double scale,
             const GdkRGBA *colour,
             gboolean chosen)
{
  const double dashes[] = { 3, 3 };
  GdkRGBA line = *colour, inside = *colour;

  line.alpha *= chosen ? 1.0f : 0.6f;
  inside.alpha *= 0.16f;
  draw_box (cr, box, scale);
  if (chosen)
    {
      gdk_cairo_set_source_rgba (cr, &inside);
      cairo_fill_preserve (cr);
    }
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, chosen ? 2.5 : 1.25);
  cairo_set_dash (cr, dashes, numeral_prediction_is_refused (number->prediction) ? 2 : 0, 0);
  cairo_stroke (cr);
}

void
numeral_canvas_snapshot_boxes (NumeralCanvas *self,
                               GtkSnapshot *snapshot,
                               const GdkRGBA *colour,
                               double side)
{
  const NumeralCanvasImage *image = numeral_canvas_get_image (self);
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA accent, warning;
  cairo_t *cr;

  if (!numeral_canvas_has_boxes (self))
    return;
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &accent))
    accent = *colour;
  if (!gtk_style_context_lookup_color (style, "error_bg_color", &warning))
    warning = accent;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) side, (float) side));
  for (guint i = 0; i < self->sheet->n_numbers; i++)
    {
      const NumeralSheetNumber *number = &self->sheet->numbers[i];
      const InkBox box = numeral_canvas_image_map (image, number->box);

      if (!is_blank (number))
        draw_number (cr, number, &box, side / NUMERAL_CANVAS_SIZE,
                     numeral_prediction_is_refused (number->prediction) ? &warning : &accent,
                     i == self->chosen_number);
    }
  cairo_destroy (cr);
}

guint
numeral_canvas_find_box (NumeralCanvas *self, double x, double y)
{
  const NumeralCanvasImage *image = numeral_canvas_get_image (self);
  guint found = self->sheet->n_numbers;
  double nearest = REACH;

  for (guint i = 0; i < self->sheet->n_numbers; i++)
    {
      const InkBox box = numeral_canvas_image_map (image, self->sheet->numbers[i].box);
      const double dx = MAX (MAX (box.x0 - x, x - box.x1), 0);
      const double dy = MAX (MAX (box.y0 - y, y - box.y1), 0);

      if (!is_blank (&self->sheet->numbers[i]) && hypot (dx, dy) < nearest)
        {
          nearest = hypot (dx, dy);
          found = i;
        }
    }
  return found;
}

/* The next number before or after the chosen one. */
static guint
find_beside (NumeralCanvas *self, int step)
{
  const int n = (int) self->sheet->n_numbers;

  for (int i = (int) self->chosen_number + step; i >= 0 && i < n; i += step)
    if (!is_blank (&self->sheet->numbers[i]))
      return (guint) i;
  return self->chosen_number;
}

/* The number of the next line above or below whose middle is nearest to that of the chosen one. */
static guint
find_above (NumeralCanvas *self, int step)
{
  const NumeralSheetNumber *numbers = self->sheet->numbers, *chosen = &numbers[self->chosen_number];
  const double middle = ((double) chosen->box.x0 + chosen->box.x1) / 2;
  const int n = (int) self->sheet->n_numbers;
  guint found = self->chosen_number;
  double nearest = G_MAXDOUBLE;

  for (int i = (int) self->chosen_number + step; i >= 0 && i < n; i += step)
    {
      const double distance = fabs (((double) numbers[i].box.x0 + numbers[i].box.x1) / 2 - middle);

      if (is_blank (&numbers[i]) || numbers[i].line == chosen->line)
        continue;
      /* Past the line. */
      if (nearest < G_MAXDOUBLE && numbers[i].line != numbers[found].line)
        break;
      if (distance < nearest)
        {
          nearest = distance;
          found = (guint) i;
        }
    }
  return found;
}

guint
numeral_canvas_next_box (NumeralCanvas *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return find_beside (self, -1);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return find_beside (self, 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return find_above (self, -1);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return find_above (self, 1);
    default:
      return self->sheet->n_numbers;
    }
}
