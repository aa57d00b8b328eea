/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-map.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "picture-diagram.h"

/* Sizes in pixels. */
#define LEFT 20.0
#define BOTTOM 20.0
#define DIGIT 10.0
#define MASK 16 /* side of the mask of a digit */
#define REACH 12.0
#define STAR 11.0
#define START 3.5
#define TRAIL 2.0

/* Number of lines of the grid in each direction, about. */
#define LINES 4
/* The samples fill this part of the picture. */
#define FILL 0.94
#define N_COLOURS 10

/* Ten colours that differ in hue, and neighbours of each hue in lightness. */
static const PictureColour on_dark[N_COLOURS] = {
  { 0.41, 0.65, 0.94, 1 }, { 0.98, 0.68, 0.31, 1 }, { 0.45, 0.85, 0.51, 1 },
  { 0.91, 0.48, 0.44, 1 }, { 0.80, 0.55, 0.90, 1 }, { 0.80, 0.66, 0.53, 1 },
  { 0.35, 0.83, 0.78, 1 }, { 0.95, 0.87, 0.40, 1 }, { 0.76, 0.76, 0.76, 1 },
  { 0.96, 0.58, 0.76, 1 },
};
static const PictureColour on_light[N_COLOURS] = {
  { 0.08, 0.40, 0.78, 1 }, { 0.78, 0.42, 0.00, 1 }, { 0.10, 0.55, 0.22, 1 },
  { 0.80, 0.16, 0.14, 1 }, { 0.55, 0.21, 0.68, 1 }, { 0.50, 0.33, 0.18, 1 },
  { 0.00, 0.50, 0.48, 1 }, { 0.58, 0.49, 0.00, 1 }, { 0.38, 0.38, 0.38, 1 },
  { 0.82, 0.18, 0.50, 1 },
};

PictureColour
picture_map_colour (guint label, const PictureStyle *style)
{
  const gboolean dark = style->paper.red + style->paper.green + style->paper.blue < 1.5;

  return (dark ? on_dark : on_light)[label % N_COLOURS];
}

/* The field of the samples, with room for the names of the axes beside it. */
static PictureDiagram
lay_out (double width, double height)
{
  return (PictureDiagram){ LEFT, MAX (width, LEFT + 1), 0, MAX (height - BOTTOM, 1) };
}

/* The middle of the field. */
static void
get_middle (double width, double height, double *x, double *y)
{
  const PictureDiagram axes = lay_out (width, height);

  *x = (axes.left + axes.right) / 2;
  *y = (axes.top + axes.bottom) / 2;
}

PictureMapView
picture_map_fit (const PictureMap *map, double width, double height)
{
  double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };
  const double room[2] = { MAX (width - LEFT - DIGIT, 1), MAX (height - BOTTOM - DIGIT, 1) };
  double scale[2];

  for (gsize i = 0; i < map->n; i++)
    for (guint a = 0; a < 2; a++)
      {
        const double c = (double) map->coordinates[i * map->stride + map->axes[a]];

        low[a] = MIN (low[a], c);
        high[a] = MAX (high[a], c);
      }
  if (map->n == 0)
    return (PictureMapView){ 0, 0, 1, 1 };
  for (guint a = 0; a < 2; a++)
    scale[a] = high[a] > low[a] ? FILL * room[a] / (high[a] - low[a]) : 1;
  return (PictureMapView){ (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, scale[0], scale[1] };
}

PictureMapView
picture_map_zoom (
    const PictureMapView *view, double width, double height, double x, double y, double factor)
{
  const double scale_x = view->scale_x * factor, scale_y = view->scale_y * factor;
  double mx, my;

  get_middle (width, height, &mx, &my);
  return (PictureMapView){ view->x + (x - mx) * (1 / view->scale_x - 1 / scale_x),
                           view->y - (y - my) * (1 / view->scale_y - 1 / scale_y), scale_x,
                           scale_y };
}

void
picture_map_place (const PictureMap *map,
                   const PictureMapView *view,
                   double width,
                   double height,
                   const float *coordinates,
                   double *x,
                   double *y)
{
  get_middle (width, height, x, y);
  *x += ((double) coordinates[map->axes[0]] - view->x) * view->scale_x;
  *y -= ((double) coordinates[map->axes[1]] - view->y) * view->scale_y;
}

int
picture_map_hit (const PictureMap *map,
                 const PictureMapView *view,
                 double width,
                 double height,
                 double x,
                 double y)
{
  double nearest = REACH;
  int hit = -1;

  if (x < LEFT || y > height - BOTTOM)
    return -1;
  for (gsize i = 0; i < map->n; i++)
    {
      double px, py;

      picture_map_place (map, view, width, height, map->coordinates + i * map->stride, &px, &py);
      if (hypot (px - x, py - y) < nearest)
        {
          nearest = hypot (px - x, py - y);
          hit = (int) i;
        }
    }
  return hit;
}

static void
clip_to_field (cairo_t *cr, const PictureDiagram *axes)
{
  cairo_rectangle (cr, axes->left, axes->top, axes->right - axes->left, axes->bottom - axes->top);
  cairo_clip (cr);
}

/* A round step of the grid, in the units of the coordinates. */
static double
get_step (double range)
{
  const double power = pow (10, floor (log10 (range / LINES)));

  for (guint i = 0; i < 2; i++)
    {
      static const double steps[] = { 2, 5 };

      if (steps[i] * power * LINES >= range)
        return steps[i] * power;
    }
  return 10 * power;
}

/* The lines of the grid across one axis, which is @length long.
 * @middle: coordinate in the middle of it; @scale: pixels for a unit
 * Returns: the coordinate of the first line; @step: (out): to the next one */
static double
find_lines (double middle, double scale, double length, double *step)
{
  const double first = middle - length / 2 / scale;

  *step = get_step (length / scale);
  return ceil (first / *step) * *step;
}

static void
draw_grid (cairo_t *cr,
           const PictureDiagram *axes,
           const PictureMapView *view,
           const PictureStyle *style)
{
  const double width = axes->right - axes->left, height = axes->bottom - axes->top;
  double step, place;

  picture_set_colour (cr, &style->track);
  cairo_set_line_width (cr, 1);
  for (double c = find_lines (view->x, view->scale_x, width, &step);
       (place = width / 2 + (c - view->x) * view->scale_x) < width; c += step)
    {
      cairo_move_to (cr, floor (axes->left + place) + 0.5, axes->top);
      cairo_rel_line_to (cr, 0, height);
    }
  for (double c = find_lines (view->y, view->scale_y, height, &step);
       (place = height / 2 + (c - view->y) * view->scale_y) < height; c += step)
    {
      cairo_move_to (cr, axes->left, floor (axes->bottom - place) + 0.5);
      cairo_rel_line_to (cr, width, 0);
    }
  cairo_stroke (cr);
}

/* (transfer full): the name of one of both axes */
static char *
name_axis (const PictureMap *map, guint axis)
{
  /* Translators: the axis of a map: the number of a principal component, and the share of the
     variance that it explains */
  return g_strdup_printf (_ ("component %u (%.0f %%)"), map->axes[axis] + 1,
                          100 * map->ratios[axis]);
}

static void
draw_names (cairo_t *cr, PictureText *text, const PictureDiagram *axes, const PictureMap *map)
{
  g_autofree char *across = name_axis (map, 0);
  g_autofree char *up = name_axis (map, 1);

  picture_set_colour (cr, &text->style->dim);
  picture_diagram_name_across (cr, text, axes, across, axes->bottom + BOTTOM / 2 + 2);
  picture_diagram_name_up (cr, text, axes, up, LEFT / 2 - 2);
}

/* (transfer full): a digit as a mask with two pixels for each unit */
static cairo_surface_t *
draw_digit (guint label, const PictureStyle *style)
{
  const int side = 2 * MASK;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, side, side);
  cairo_t *cr = cairo_create (surface);
  PictureText text;
  char string[16];

  g_snprintf (string, sizeof string, "%u", label);
  cairo_surface_set_device_scale (surface, 2, 2);
  picture_text_init (&text, cr, style);
  picture_text_set (&text, string, DIGIT, TRUE);
  picture_text_show (&text, cr, MASK / 2.0, MASK / 2.0, 0.5);
  picture_text_clear (&text);
  cairo_destroy (cr);
  return surface;
}

/* Draws the samples in their order, so that no class covers the others. A text for each of
 * thousands would take longer than a frame, a mask does not. */
static void
draw_samples (cairo_t *cr,
              double width,
              double height,
              const PictureMap *map,
              const PictureMapView *view,
              const PictureStyle *style)
{
  cairo_surface_t *digits[G_MAXUINT8 + 1] = { NULL };

  for (gsize i = 0; i < map->n; i++)
    {
      const guint label = map->labels[i];
      const PictureColour colour = picture_map_colour (label, style);
      double x, y;

      picture_map_place (map, view, width, height, map->coordinates + i * map->stride, &x, &y);
      if (x < LEFT - DIGIT || x > width + DIGIT || y < -DIGIT || y > height - BOTTOM + DIGIT)
        continue;
      if (!digits[label])
        digits[label] = draw_digit (label, style);
      picture_set_colour (cr, &colour);
      cairo_mask_surface (cr, digits[label], x - MASK / 2.0, y - MASK / 2.0);
    }
  for (guint label = 0; label < G_N_ELEMENTS (digits); label++)
    g_clear_pointer (&digits[label], cairo_surface_destroy);
}

void
picture_map_samples (cairo_t *cr,
                     double width,
                     double height,
                     const PictureMap *map,
                     const PictureMapView *view,
                     const PictureStyle *style)
{
  const PictureDiagram axes = lay_out (width, height);
  PictureText text;

  cairo_save (cr);
  picture_text_init (&text, cr, style);
  draw_names (cr, &text, &axes, map);
  picture_text_clear (&text);
  clip_to_field (cr, &axes);
  picture_set_colour (cr, &style->track);
  cairo_paint_with_alpha (cr, 0.3);
  draw_grid (cr, &axes, view, style);
  draw_samples (cr, width, height, map, view, style);
  cairo_restore (cr);
}

static void
add_star (cairo_t *cr, double x, double y)
{
  cairo_new_path (cr);
  for (guint i = 0; i < 10; i++)
    {
      const double radius = i % 2 == 0 ? STAR : 0.42 * STAR, angle = (0.2 * i - 0.5) * G_PI;

      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

static void
draw_trail (cairo_t *cr,
            double width,
            double height,
            const PictureMap *map,
            const PictureMapView *view,
            const PictureStyle *style)
{
  double x = 0, y = 0;

  for (guint i = 0; i < map->n_trail; i++)
    {
      picture_map_place (map, view, width, height, map->trail + (gsize) i * map->stride, &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  picture_set_colour (cr, &style->paper);
  cairo_set_line_width (cr, TRAIL + 2);
  cairo_stroke_preserve (cr);
  picture_set_colour (cr, &style->foreground);
  cairo_set_line_width (cr, TRAIL);
  cairo_stroke (cr);
  picture_map_place (map, view, width, height, map->trail, &x, &y);
  cairo_arc (cr, x, y, START, 0, 2 * G_PI);
  picture_set_colour (cr, &style->paper);
  cairo_fill_preserve (cr);
  picture_set_colour (cr, &style->foreground);
  cairo_stroke (cr);
}

void
picture_map_star (cairo_t *cr,
                  double width,
                  double height,
                  const PictureMap *map,
                  const PictureMapView *view,
                  const PictureStyle *style)
{
  const PictureDiagram axes = lay_out (width, height);
  double x, y;

  cairo_save (cr);
  clip_to_field (cr, &axes);
  if (map->hovered >= 0 && (gsize) map->hovered < map->n)
    {
      picture_map_place (map, view, width, height,
                         map->coordinates + (gsize) map->hovered * map->stride, &x, &y);
      cairo_arc (cr, x, y, REACH - 3, 0, 2 * G_PI);
      cairo_set_line_width (cr, 2);
      picture_set_colour (cr, &style->foreground);
      cairo_stroke (cr);
    }
  if (map->n_trail > 1)
    draw_trail (cr, width, height, map, view, style);
  if (map->n_trail > 0)
    {
      picture_map_place (map, view, width, height,
                         map->trail + (gsize) (map->n_trail - 1) * map->stride, &x, &y);
      add_star (cr, x, y);
      picture_set_colour (cr, &style->paper);
      cairo_set_line_width (cr, 3);
      cairo_stroke_preserve (cr);
      picture_set_colour (cr, &style->foreground);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}
