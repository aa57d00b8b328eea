/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pictures-make.h"

#include <cairo.h>
#include <math.h>

static void
stroke_drawing (cairo_t *cr, const InkDrawing *drawing, double scale, double dx, double dy)
{
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      const InkStroke *stroke = drawing->strokes[s];

      for (guint i = 0; i < stroke->n_points; i++)
        cairo_line_to (cr, stroke->points[i].x * scale + dx, stroke->points[i].y * scale + dy);
      if (stroke->n_points == 1)
        cairo_line_to (cr, stroke->points[0].x * scale + dx, stroke->points[0].y * scale + dy);
      cairo_stroke (cr);
    }
}

static void
draw_line (cairo_t *cr, double x0, double y0, double x1, double y1, InkRandom *random)
{
  cairo_move_to (cr, x0 + ink_random_range (random, -1, 1), y0 + ink_random_range (random, -1, 1));
  cairo_line_to (cr, x1 + ink_random_range (random, -1, 1), y1 + ink_random_range (random, -1, 1));
  cairo_stroke (cr);
}

static void
draw_lines (cairo_t *cr, const Page *page, double width, double height, InkRandom *random)
{
  const double inset = ink_random_range (random, 0, 0.04) * height;
  const double step = page->ruling * page->size, from = ink_random_range (random, 0, step);

  cairo_set_line_width (cr, MAX (1, ink_random_range (random, 0.01, 0.05) * page->size));
  if (page->lines & 1)
    draw_line (cr, inset, 0, inset, height, random);
  if (page->lines & 2)
    draw_line (cr, width - inset, 0, width - inset, height, random);
  if (page->lines & 4)
    draw_line (cr, 0, inset, width, inset, random);
  if (page->lines & 8)
    draw_line (cr, 0, height - inset, width, height - inset, random);
  cairo_set_line_width (cr, 1);
  cairo_set_source_rgb (cr, 0.7, 0.7, 0.7);
  for (double y = from; step > 0 && y < height; y += step)
    draw_line (cr, 0, y, width, y, random);
  for (double x = from; step > 0 && page->square && x < width; x += step)
    draw_line (cr, x, 0, x, height, random);
}

Picture *
picture_draw_page (const Page *page, InkDrawing *drawing, InkRandom *random)
{
  const InkBox box = ink_drawing_box (drawing);
  const double scale = page->size / MAX (box.y1 - box.y0, 0.3 * (box.x1 - box.x0));
  const double border = page->border * page->size + page->pen / 2;
  const int width = (int) ceil ((box.x1 - box.x0) * scale + 2 * border);
  const int height = (int) ceil ((box.y1 - box.y0) * scale + 2 * border);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  Picture *picture = picture_new ((guint) width, (guint) height, 0);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_lines (cr, page, width, height, random);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, page->pen);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  stroke_drawing (cr, drawing, scale, border - box.x0 * scale, border - box.y0 * scale);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *row =
            cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);
        const double cover = 1 - ((const guint32 *) (const void *) row)[x] % 256 / 255.0;
        const double shade = 1 - page->light * ((double) x / width + (double) y / height) / 2;
        const double value = shade * (page->paper + (page->ink - page->paper) * cover) +
                             ink_random_normal (random, 0, MAX (page->grain, 1e-9), 3);

        picture->gray[y * width + x] = (guint8) CLAMP (value + 0.5, 0, 255);
      }
  cairo_surface_destroy (surface);
  return picture;
}

/* A sign at (0, foot), in units of the height of the digits. */
static InkStroke *
sign_stroke (double x0, double y0, double x1, double y1)
{
  InkStroke *stroke = ink_stroke_new (1);

  for (guint i = 0; i <= 8; i++)
    ink_stroke_append (stroke, (InkPoint){ (float) (x0 + (x1 - x0) * i / 8),
                                           (float) (y0 + (y1 - y0) * i / 8), 0.5f, 0 });
  return stroke;
}

static InkDrawing *
draw_sign (char sign, InkRandom *random)
{
  InkStroke *strokes[2] = { NULL, NULL };
  const double size = ink_random_range (random, 0.8, 1.25);
  const double up = ink_random_range (random, -0.06, 0.06);
  InkDrawing *drawing;
  guint n = 1;

  switch (sign)
    {
    case '.':
      strokes[0] = sign_stroke (0, -0.03 + up / 2, 0.02 * size, -0.01 + up / 2);
      break;
    case ',':
      strokes[0] = sign_stroke (0.08 * size, -0.08 + up, 0, 0.14 * size + up);
      break;
    case '-':
      strokes[0] = sign_stroke (0, -0.5 + up, 0.35 * size, -0.5 + up / 2);
      break;
    case ':':
      strokes[0] = sign_stroke (0, -0.62 + up, 0.02, -0.6 + up);
      strokes[1] = sign_stroke (0, -0.14 + up / 2, 0.02, -0.12 + up / 2);
      n = 2;
      break;
    default:
      strokes[0] = sign_stroke (0, -0.48 + up, 0.42 * size, -0.48 + up);
      strokes[1] =
          sign_stroke (0.2 * size, -0.48 + up - 0.21 * size, 0.21 * size, -0.48 + up + 0.21 * size);
      n = 2;
    }
  drawing = ink_drawing_new (strokes, n);
  for (guint i = 0; i < n; i++)
    ink_stroke_unref (strokes[i]);
  return drawing;
}

/* Adds a drawing to the right of the others. @x: (inout): where they end */
static void
append (GPtrArray *strokes, const InkDrawing *drawing, double scale, double foot, double *x)
{
  const InkBox box = ink_drawing_box (drawing);
  g_autoptr (InkDrawing) moved =
      ink_drawing_transform (drawing, (float) scale, (float) (*x - scale * box.x0), (float) foot);

  for (guint i = 0; i < moved->n_strokes; i++)
    g_ptr_array_add (strokes, ink_stroke_ref (moved->strokes[i]));
  *x += scale * ((double) box.x1 - box.x0);
}

/* A number of three digits by one writer with a sign after the first or the second, 0 for none. */
InkDrawing *
picture_draw_number (const InkSample *const *digits, char sign, InkRandom *random, char *text)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  const guint after = 1 + (guint) (ink_random_uniform (random) * 2);
  double height = 0, x = 0;
  guint n = 0;

  for (guint i = 0; i < 3; i++)
    {
      const InkBox box = ink_drawing_box (digits[i]->drawing);

      height += ((double) box.y1 - box.y0) / 3;
    }
  for (guint i = 0; i < 3; i++)
    {
      const InkBox box = ink_drawing_box (digits[i]->drawing);

      if (sign != 0 && i == after)
        {
          g_autoptr (InkDrawing) mark = draw_sign (sign, random);

          x += ink_random_range (random, 0.15, 0.35) * height;
          append (strokes, mark, height, 0, &x);
          text[n++] = sign;
        }
      if (i > 0)
        x += ink_random_range (random, 0.15, 0.4) * height;
      append (strokes, digits[i]->drawing, 1,
              -box.y1 + ink_random_normal (random, 0, 0.03, 2) * height, &x);
      text[n++] = (char) ('0' + digits[i]->label);
    }
  text[n] = 0;
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}
