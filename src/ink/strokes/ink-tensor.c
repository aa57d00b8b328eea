/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-tensor.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#define SIDE INK_TENSOR_SIDE

/* A drawing smaller than this part of its pen's width looks like a dot. Scaled up to the box, the
 * movement within it would become a scribble. */
#define DOT_EXTENT 0.25

/* Skip points nearer than this to the one before, in pixels of the tensor: antialiasing cannot show
 * them, and the cost then depends on the length of the ink and not on the number of points. */
#define MIN_STEP 0.08

/* Largest number of segments in one Cairo path, far more than a digit has. It bounds the memory for
 * a drawing of the largest allowed size. */
#define MAX_SEGMENTS 4000

const InkTensorStyle ink_tensor_style_default = { .box = 20.0, .pen = 2.5 };

static void
set_up_pen (cairo_t *cr, double pen)
{
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  cairo_set_source_rgba (cr, 0, 0, 0, 1);
  cairo_set_line_width (cr, pen);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  /* Flattening round caps and joins finer than this cannot be seen in 256 greys. */
  cairo_set_tolerance (cr, 0.1);
}

/* All strokes are one path, so that ink that crosses itself is not darker for it. */
static void
draw (cairo_t *cr, const InkDrawing *drawing, const InkTensorPlace *place)
{
  guint n_segments = 0;

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];
      double x = 0, y = 0;

      for (guint j = 0; j < stroke->n_points; j++)
        {
          const double px = stroke->points[j].x * place->scale + place->dx;
          const double py = stroke->points[j].y * place->scale + place->dy;

          if (j == 0)
            cairo_move_to (cr, px, py);
          else if (j + 1 < stroke->n_points && fabs (px - x) + fabs (py - y) < MIN_STEP)
            continue;
          /* A line of length 0 gives a dot, because of the round caps. */
          if (j > 0 || stroke->n_points == 1)
            cairo_line_to (cr, px, py);
          x = px;
          y = py;
          if (++n_segments == MAX_SEGMENTS)
            {
              cairo_stroke (cr);
              cairo_move_to (cr, px, py);
              n_segments = 0;
            }
        }
    }
  cairo_stroke (cr);
}

/* Raises @pixels to the ink of a line with round ends. The coverage of a pixel is estimated from
 * the distance of its centre to the edge of the line. */
static void
cover (float *pixels, double x0, double y0, double x1, double y1, double pen)
{
  const double reach = pen / 2 + 0.5;
  const double dx = x1 - x0, dy = y1 - y0, square = dx * dx + dy * dy;
  const int left = (int) MAX (MIN (x0, x1) - reach, 0.0);
  const int top = (int) MAX (MIN (y0, y1) - reach, 0.0);
  const int right = (int) MIN (MAX (x0, x1) + reach, SIDE - 1.0);
  const int bottom = (int) MIN (MAX (y0, y1) + reach, SIDE - 1.0);

  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      {
        const double px = column + 0.5 - x0, py = row + 0.5 - y0;
        const double t = square > 0.0 ? CLAMP ((px * dx + py * dy) / square, 0.0, 1.0) : 0.0;
        const double ex = px - t * dx, ey = py - t * dy;
        const double ink = CLAMP (reach - sqrt (ex * ex + ey * ey), 0.0, 1.0);

        pixels[row * SIDE + column] = MAX (pixels[row * SIDE + column], (float) ink);
      }
}

/* The centre of mass, in pixel indices, of the result of draw(). Rendering it costs as much as the
 * tensor; this costs a quarter and is exact to a few hundredths of a pixel. The error depends on
 * the shape alone, so it is the same wherever and however large the digit is drawn. */
static void
centre_of_mass (const InkDrawing *drawing, const InkTensorPlace *place, double *x, double *y)
{
  float pixels[INK_TENSOR_SIZE] = { 0 };
  double sum = 0.0, sum_x = 0.0, sum_y = 0.0;

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];
      double last_x = 0, last_y = 0;

      for (guint j = 0; j < stroke->n_points; j++)
        {
          const double px = stroke->points[j].x * place->scale + place->dx;
          const double py = stroke->points[j].y * place->scale + place->dy;

          if (j > 0 && j + 1 < stroke->n_points &&
              fabs (px - last_x) + fabs (py - last_y) < MIN_STEP)
            continue;
          if (j > 0 || stroke->n_points == 1)
            cover (pixels, j > 0 ? last_x : px, j > 0 ? last_y : py, px, py, place->pen);
          last_x = px;
          last_y = py;
        }
    }
  for (guint row = 0; row < SIDE; row++)
    for (guint column = 0; column < SIDE; column++)
      {
        const double value = pixels[row * SIDE + column];

        sum += value;
        sum_x += value * column;
        sum_y += value * row;
      }
  *x = sum_x / sum;
  *y = sum_y / sum;
}

/* Limits @shift so that ink from @lo to @hi stays within the field. */
static double
keep_inside (double lo, double hi, double shift)
{
  if (hi - lo > SIDE)
    return shift;
  return CLAMP (shift, -lo, SIDE - hi);
}

gboolean
ink_tensor_find_place (const InkDrawing *drawing,
                       const InkTensorStyle *style,
                       InkTensorPlace *place)
{
  const InkBox box = ink_drawing_box (drawing);
  const double width = (double) box.x1 - box.x0, height = (double) box.y1 - box.y0;
  const double extent = MAX (width, height);
  double x = 0, y = 0, half, half_width, half_height;
  float widest = 0;

  if (ink_drawing_is_empty (drawing))
    return FALSE;
  if (style == NULL)
    style = &ink_tensor_style_default;
  for (guint i = 0; i < drawing->n_strokes; i++)
    widest = MAX (widest, drawing->strokes[i]->width);

  /* The ink fits the box: the centreline plus half a pen on each side. */
  place->pen = CLAMP (style->pen, 0.1, SIDE);
  half = place->pen / 2;
  place->scale = extent > DOT_EXTENT * widest ? MAX (style->box - place->pen, 0.0) / extent : 0.0;
  place->dx = SIDE / 2.0 - place->scale * ((double) box.x0 + box.x1) / 2;
  place->dy = SIDE / 2.0 - place->scale * ((double) box.y0 + box.y1) / 2;
  half_width = place->scale * width / 2 + half;
  half_height = place->scale * height / 2 + half;

  /* Moving the vectors, and not the pixels, keeps the tensor sharp and independent of the position
   * of the drawing. */
  centre_of_mass (drawing, place, &x, &y);
  place->dx += keep_inside (SIDE / 2.0 - half_width, SIDE / 2.0 + half_width,
                            INK_TENSOR_CENTRE + style->shift_x - x);
  place->dy += keep_inside (SIDE / 2.0 - half_height, SIDE / 2.0 + half_height,
                            INK_TENSOR_CENTRE + style->shift_y - y);
  return TRUE;
}

static void
render (const InkDrawing *drawing, const InkTensorPlace *place, float tensor[INK_TENSOR_SIZE])
{
  /* Aligned for Cairo's vector instructions. */
  guint8 pixels[INK_TENSOR_SIZE] __attribute__ ((aligned (16))) = { 0 };
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_A8, SIDE, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);

  set_up_pen (cr, place->pen);
  draw (cr, drawing, place);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    tensor[i] = pixels[i] / 255.0f;
}

gboolean
ink_tensor_from_drawing (const InkDrawing *drawing,
                         const InkTensorStyle *style,
                         float tensor[INK_TENSOR_SIZE])
{
  InkTensorPlace place;

  memset (tensor, 0, sizeof (float) * INK_TENSOR_SIZE);
  if (!ink_tensor_find_place (drawing, style, &place))
    return FALSE;
  render (drawing, &place, tensor);
  return TRUE;
}

/* Moves the centre of mass to the middle, as far as the ink stays within the field. */
static void
centre_on_canvas (const InkDrawing *drawing, InkTensorPlace *place)
{
  const InkBox box = ink_drawing_box (drawing);
  const double half = place->pen / 2;
  double x, y;

  centre_of_mass (drawing, place, &x, &y);
  /* Ink beyond the canvas may have no mass in the field. */
  if (isnan (x) || isnan (y))
    return;
  place->dx += keep_inside (place->scale * (double) box.x0 - half,
                            place->scale * (double) box.x1 + half, INK_TENSOR_CENTRE - x);
  place->dy += keep_inside (place->scale * (double) box.y0 - half,
                            place->scale * (double) box.y1 + half, INK_TENSOR_CENTRE - y);
}

gboolean
ink_tensor_from_drawing_by (const InkDrawing *drawing,
                            InkTensorSteps steps,
                            double side,
                            float tensor[INK_TENSOR_SIZE])
{
  const InkBox box = ink_drawing_box (drawing);
  const double extent = MAX ((double) box.x1 - box.x0, (double) box.y1 - box.y0);
  InkTensorStyle style = ink_tensor_style_default;
  InkTensorPlace place;
  double widest = 0;

  memset (tensor, 0, sizeof (float) * INK_TENSOR_SIZE);
  if (ink_drawing_is_empty (drawing))
    return FALSE;
  for (guint i = 0; i < drawing->n_strokes; i++)
    widest = MAX (widest, (double) drawing->strokes[i]->width);
  if ((steps & INK_TENSOR_STEP_FIT) != 0)
    {
      /* The pen of the drawing is scaled with it, and is a part of the extent that is scaled. */
      if ((steps & INK_TENSOR_STEP_PEN) == 0)
        style.pen = style.box * widest / MAX (extent + widest, 1e-6);
      ink_tensor_find_place (drawing, &style, &place);
      if ((steps & INK_TENSOR_STEP_CENTRE) == 0)
        {
          place.dx = SIDE / 2.0 - place.scale * ((double) box.x0 + box.x1) / 2;
          place.dy = SIDE / 2.0 - place.scale * ((double) box.y0 + box.y1) / 2;
        }
    }
  else
    {
      const double pen = (steps & INK_TENSOR_STEP_PEN) != 0 ? style.pen : widest * SIDE / side;

      place = (InkTensorPlace){ SIDE / side, 0, 0, CLAMP (pen, 0.1, SIDE) };
      if ((steps & INK_TENSOR_STEP_CENTRE) != 0)
        centre_on_canvas (drawing, &place);
    }
  render (drawing, &place, tensor);
  return TRUE;
}

void
ink_tensor_to_pixels (const float tensor[INK_TENSOR_SIZE], guint8 pixels[INK_TENSOR_SIZE])
{
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    pixels[i] = (guint8) (CLAMP (tensor[i], 0.0f, 1.0f) * 255.0f + 0.5f);
}
