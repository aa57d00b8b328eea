/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-attribution.h"

#include <cairo-svg.h>
#include <math.h>

#include "picture-export.h"
#include "picture-ink.h"
#include "picture-text.h"

#define SIDE INK_TENSOR_SIDE

/* Signs stand where the attribution is at least this part of the largest. */
#define SIGN_FROM 0.3
/* From this part on the colour is strong enough for a sign in the colour of the paper. */
#define STRONG 0.6
/* The smallest cell that has room for a sign, in units. */
#define SIGN_CELL 9
/* Distance of two signs along a stroke, in widths of the pen. */
#define SIGN_STEP 1.6

/* The picture has this part of the height, the legend the rest. */
#define PICTURE_PART 0.92
#define LEGEND_SIZE 0.05

/* Parts that speak against the target, on light and on dark paper. */
static const PictureColour against_light = { 0.902, 0.380, 0.000, 1 };
static const PictureColour against_dark = { 1.000, 0.545, 0.200, 1 };
/* Parts that say nothing. */
static const PictureColour neutral_light = { 0.78, 0.78, 0.78, 1 };
static const PictureColour neutral_dark = { 0.38, 0.38, 0.38, 1 };

static gboolean
is_dark (const PictureStyle *style)
{
  return style->paper.red + style->paper.green + style->paper.blue < 1.5;
}

/* The colour of an attribution from -1 to 1. */
static PictureColour
colour_of (double value, const PictureStyle *style)
{
  const PictureColour *from = is_dark (style) ? &neutral_dark : &neutral_light;
  const PictureColour *against = is_dark (style) ? &against_dark : &against_light;
  const PictureColour *to = value < 0 ? against : &style->accent;
  const double share = MIN (fabs (value), 1);

  return (PictureColour){ from->red + share * (to->red - from->red),
                          from->green + share * (to->green - from->green),
                          from->blue + share * (to->blue - from->blue), 1 };
}

static double
largest (const float *values)
{
  double most = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    if (isfinite (values[i]))
      most = MAX (most, fabs ((double) values[i]));
  return most > 0 ? most : 1;
}

/* The colour of a sign on colour_of() of the same value: what stands out better. */
static const PictureColour *
sign_colour (double value, const PictureStyle *style)
{
  return fabs (value) < STRONG ? &style->foreground : &style->paper;
}

/* A plus or a minus sign of @size about (x, y), with the current source. */
static void
add_sign (cairo_t *cr, double x, double y, double size, gboolean plus)
{
  const double half = size / 2;

  cairo_set_line_width (cr, size / 3.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_move_to (cr, x - half, y);
  cairo_line_to (cr, x + half, y);
  if (plus)
    {
      cairo_move_to (cr, x, y - half);
      cairo_line_to (cr, x, y + half);
    }
  cairo_stroke (cr);
}

void
picture_attribution_cells (cairo_t *cr,
                           double width,
                           double height,
                           const PictureAttribution *picture,
                           const PictureStyle *style)
{
  const double cell = MIN (width, height) / SIDE;
  const double x0 = (width - SIDE * cell) / 2, y0 = (height - SIDE * cell) / 2;
  const double most = largest (picture->attribution);

  cairo_save (cr);
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    {
      const double value = (double) picture->attribution[i] / most;
      const double x = x0 + cell * (i % SIDE), y = y0 + cell * (i / SIDE);
      const double ink = CLAMP ((double) picture->tensor[i], 0, 1);
      PictureColour colour = colour_of (value, style);

      /* A cell of background without attribution stays paper. */
      colour.alpha = MAX (0.7 * ink, MIN (fabs (value) * 3, 1));
      if (!(colour.alpha > 0.01))
        continue;
      picture_set_colour (cr, &colour);
      cairo_rectangle (cr, picture_snap_x (cr, x), picture_snap_y (cr, y),
                       picture_snap_x (cr, x + cell) - picture_snap_x (cr, x),
                       picture_snap_y (cr, y + cell) - picture_snap_y (cr, y));
      cairo_fill (cr);
      if (cell < SIGN_CELL || fabs (value) < SIGN_FROM)
        continue;
      picture_set_colour (cr, sign_colour (value, style));
      add_sign (cr, x + cell / 2, y + cell / 2, cell / 2, value > 0);
    }
  cairo_restore (cr);
}

/* The attribution of the ink about a point of the tensor: the sum over the pixels less than a pen's
 * width away, of which near ones count more, so that it changes smoothly along a stroke. */
static double
around (const PictureAttribution *picture, double x, double y)
{
  const double reach = picture->place.pen;
  double sum = 0;

  for (int row = (int) MAX (floor (y - reach), 0); row <= (int) MIN (y + reach, SIDE - 1); row++)
    for (int column = (int) MAX (floor (x - reach), 0); column <= (int) MIN (x + reach, SIDE - 1);
         column++)
      {
        const double distance = hypot (column + 0.5 - x, row + 0.5 - y);
        const float value = picture->attribution[row * SIDE + column];

        if (distance < reach && isfinite (value))
          sum += (1 - distance / reach) * (double) value;
      }
  return sum;
}

static double
value_at (const PictureAttribution *picture, const InkPoint *point)
{
  return around (picture, picture->place.scale * (double) point->x + picture->place.dx,
                 picture->place.scale * (double) point->y + picture->place.dy);
}

static double
largest_on_ink (const PictureAttribution *picture)
{
  double most = 0;

  for (guint s = 0; s < picture->drawing->n_strokes; s++)
    for (guint i = 0; i < picture->drawing->strokes[s]->n_points; i++)
      most = MAX (most, fabs (value_at (picture, &picture->drawing->strokes[s]->points[i])));
  return most > 0 ? most : 1;
}

static InkPoint
between (const InkPoint *a, const InkPoint *b, double t)
{
  const float share = (float) t;

  return (InkPoint){ a->x + share * (b->x - a->x), a->y + share * (b->y - a->y),
                     a->pressure + share * (b->pressure - a->pressure), 0 };
}

/* Calls for each short part of a stroke, from its start: a part is at most a sixth of the pen. */
typedef void (*PartFunc) (cairo_t *cr, const InkPoint *a, const InkPoint *b, gpointer data);

static void
for_parts (cairo_t *cr, const InkStroke *stroke, PartFunc func, gpointer data)
{
  const double step = MAX ((double) stroke->width / 6, 1e-6);

  if (stroke->n_points == 1)
    func (cr, &stroke->points[0], &stroke->points[0], data);
  for (guint i = 1; i < stroke->n_points; i++)
    {
      const InkPoint *a = &stroke->points[i - 1], *b = &stroke->points[i];
      const double length = hypot ((double) (b->x - a->x), (double) (b->y - a->y));
      const guint n = (guint) CLAMP (ceil (length / step), 1, 1000);

      for (guint k = 0; k < n; k++)
        {
          const InkPoint from = between (a, b, (double) k / n);
          const InkPoint to = between (a, b, (double) (k + 1) / n);

          func (cr, &from, &to, data);
        }
    }
}

/* What the parts of a stroke are drawn with. */
typedef struct
{
  const PictureAttribution *picture;
  const PictureStyle *style;
  const InkStroke *stroke;
  double most;
  double travelled; /* since the last sign */
} Pen;

static void
draw_part (cairo_t *cr, const InkPoint *a, const InkPoint *b, gpointer data)
{
  const Pen *pen = data;
  const InkPoint middle = between (a, b, 0.5);
  const PictureColour colour = colour_of (value_at (pen->picture, &middle) / pen->most, pen->style);

  picture_set_colour (cr, &colour);
  cairo_set_line_width (cr, ink_stroke_width_at (pen->stroke, (double) middle.pressure));
  cairo_move_to (cr, (double) a->x, (double) a->y);
  cairo_line_to (cr, (double) b->x, (double) b->y);
  cairo_stroke (cr);
}

static void
draw_sign (cairo_t *cr, const InkPoint *a, const InkPoint *b, gpointer data)
{
  Pen *pen = data;
  const double value = value_at (pen->picture, b) / pen->most;
  const double width = ink_stroke_width_at (pen->stroke, (double) b->pressure);

  pen->travelled += hypot ((double) (b->x - a->x), (double) (b->y - a->y));
  if (fabs (value) < SIGN_FROM || pen->travelled < SIGN_STEP * width)
    return;
  pen->travelled = 0;
  picture_set_colour (cr, sign_colour (value, pen->style));
  add_sign (cr, (double) b->x, (double) b->y, width / 2, value > 0);
}

/* Draws all strokes in the units of the drawing. */
static void
draw_ink (cairo_t *cr, const PictureAttribution *picture, const PictureStyle *style)
{
  Pen pen = { .picture = picture, .style = style, .most = largest_on_ink (picture) };

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint s = 0; s < picture->drawing->n_strokes; s++)
    {
      pen.stroke = picture->drawing->strokes[s];
      for_parts (cr, pen.stroke, draw_part, &pen);
    }
  for (guint s = 0; s < picture->drawing->n_strokes; s++)
    {
      pen.stroke = picture->drawing->strokes[s];
      pen.travelled = (double) pen.stroke->width;
      for_parts (cr, pen.stroke, draw_sign, &pen);
    }
}

/* Fits the ink, width included, into @width x @height. */
static void
fit_ink (cairo_t *cr,
         double width,
         double height,
         const PictureAttribution *picture,
         const PictureStyle *style)
{
  PictureExtents all = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
  double scale;

  for (guint s = 0; s < picture->drawing->n_strokes; s++)
    {
      const PictureExtents one = picture_ink_stroke_extents (picture->drawing->strokes[s]);

      all.x0 = MIN (all.x0, one.x0);
      all.y0 = MIN (all.y0, one.y0);
      all.x1 = MAX (all.x1, one.x1);
      all.y1 = MAX (all.y1, one.y1);
    }
  if (all.x1 < all.x0)
    return;
  scale = 0.92 * MIN (width / MAX (all.x1 - all.x0, 1e-6), height / MAX (all.y1 - all.y0, 1e-6));
  cairo_save (cr);
  cairo_translate (cr, width / 2, height / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -(all.x0 + all.x1) / 2, -(all.y0 + all.y1) / 2);
  draw_ink (cr, picture, style);
  cairo_restore (cr);
}

/* "− 1" on the left, "+ 7" on the right; without a rival the minus sign alone. */
static void
draw_legend (cairo_t *cr,
             double width,
             double height,
             const PictureAttribution *picture,
             const PictureStyle *style)
{
  const double size = LEGEND_SIZE * height, middle = height * (1 + PICTURE_PART) / 2;
  const PictureColour *against = is_dark (style) ? &against_dark : &against_light;
  g_autofree char *plus = g_strdup_printf ("+ %u", picture->target);
  g_autofree char *minus =
      picture->against < 0 ? g_strdup ("−") : g_strdup_printf ("− %d", picture->against);
  PictureText text;

  picture_text_init (&text, cr, style);
  picture_text_set (&text, minus, size, TRUE);
  picture_set_colour (cr, against);
  picture_text_show (&text, cr, size, middle, 0);
  picture_text_set (&text, plus, size, TRUE);
  picture_set_colour (cr, &style->accent);
  picture_text_show (&text, cr, width - size, middle, 1);
  picture_text_clear (&text);
}

void
picture_attribution (cairo_t *cr,
                     double width,
                     double height,
                     const PictureAttribution *picture,
                     const PictureStyle *style)
{
  cairo_save (cr);
  if (picture->drawing != NULL)
    fit_ink (cr, width, PICTURE_PART * height, picture, style);
  else
    picture_attribution_cells (cr, width, PICTURE_PART * height, picture, style);
  draw_legend (cr, width, height, picture, style);
  cairo_restore (cr);
}

PictureColour
picture_attribution_against (const PictureStyle *style)
{
  return is_dark (style) ? against_dark : against_light;
}

GBytes *
picture_attribution_export (const PictureAttribution *picture,
                            gboolean svg,
                            const PictureStyle *style,
                            GError **error)
{
  const int side = PICTURE_ATTRIBUTION_SIDE;
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      svg ? cairo_svg_surface_create_for_stream (picture_export_append, bytes, side, side) :
            cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  if (svg)
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  picture_set_colour (cr, &style->paper);
  cairo_paint (cr);
  picture_attribution (cr, side, side, picture, style);
  cairo_destroy (cr);
  if (!svg)
    status = cairo_surface_write_to_png_stream (surface, picture_export_append, bytes);
  else
    {
      cairo_surface_finish (surface);
      status = cairo_surface_status (surface);
    }
  cairo_surface_destroy (surface);
  return picture_export_take_bytes (bytes, status, error);
}
