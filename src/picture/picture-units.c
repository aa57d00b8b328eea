/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-units.h"

#include <math.h>

/* Sizes in pixels. */
#define PITCH 37.0
#define MIN_COLUMNS 5
#define GAP 4.0
#define BAR_GAP 3.0
#define BAR 3.0
#define ROW_GAP 6.0
#define FRAME 2.0
#define HATCH_STEP 5.0

/* The value with the full colour, in root mean squares. */
#define FULL 2.5
/* Levels of a colour. */
#define LEVELS 256
/* How much of the foreground there is in the colour of 0. */
#define ZERO_TINT 0.04
/* How strongly a picture is drawn below a hatching, and below a power symbol. */
#define DEAD_OPACITY 0.25
#define OFF_OPACITY 0.3

static const PictureColour below_light = { 0.902, 0.380, 0.000, 1 };
static const PictureColour below_dark = { 1.000, 0.545, 0.200, 1 };

static gboolean
is_dark (const PictureStyle *style)
{
  return style->paper.red + style->paper.green + style->paper.blue < 1.5;
}

PictureColour
picture_unit_colour (gboolean above, const PictureStyle *style)
{
  return above ? style->accent : is_dark (style) ? below_dark : below_light;
}

static PictureColour
mix (const PictureColour *a, const PictureColour *b, double share)
{
  return (PictureColour){ a->red + share * (b->red - a->red),
                          a->green + share * (b->green - a->green),
                          a->blue + share * (b->blue - a->blue), 1 };
}

static guint32
to_pixel (const PictureColour *colour)
{
  return 0xff000000U | (guint32) lround (255 * CLAMP (colour->red, 0, 1)) << 16 |
         (guint32) lround (255 * CLAMP (colour->green, 0, 1)) << 8 |
         (guint32) lround (255 * CLAMP (colour->blue, 0, 1));
}

/* Colours from that of 0 to the full one. */
static void
fill_scale (guint32 scale[2][LEVELS], const PictureStyle *style)
{
  const PictureColour zero = mix (&style->paper, &style->foreground, ZERO_TINT);

  for (guint above = 0; above < 2; above++)
    for (guint i = 0; i < LEVELS; i++)
      {
        const PictureColour full = picture_unit_colour (above != 0, style);
        const PictureColour colour = mix (&zero, &full, (double) i / (LEVELS - 1));

        scale[above][i] = to_pixel (&colour);
      }
}

static double
find_full (const float *values, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      sum += (double) values[i] * (double) values[i];
  return sum > 0 && isfinite (sum) ? FULL * sqrt (sum / (double) n) : 1;
}

cairo_surface_t *
picture_unit_new (const float *values, guint height, guint width, const PictureStyle *style)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  guint8 *data = cairo_image_surface_get_data (surface);
  const gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  const double full = find_full (values, (gsize) height * width);
  guint32 scale[2][LEVELS];

  fill_scale (scale, style);
  cairo_surface_flush (surface);
  for (guint y = 0; data != NULL && y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const double value = (double) values[(gsize) y * width + x];
        const double share = isfinite (value) ? MIN (fabs (value) / full, 1) : 0;
        guint32 *row = (guint32 *) (gpointer) (data + y * stride);

        row[x] = scale[value > 0][(guint) (share * (LEVELS - 1))];
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

void
picture_unit_draw (
    cairo_t *cr, double x, double y, double side, cairo_surface_t *picture, double opacity)
{
  const int width = picture ? cairo_image_surface_get_width (picture) : 0;
  const int height = picture ? cairo_image_surface_get_height (picture) : 0;

  if (width < 1 || height < 1)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, x, y, side, side);
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, side / width, side / height);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint_with_alpha (cr, opacity);
  cairo_restore (cr);
}

guint
picture_units_columns (double width)
{
  return MAX ((guint) MAX (width / PITCH, 0), MIN_COLUMNS);
}

static double
get_side (double width, guint columns)
{
  return MAX ((width + GAP) / columns - GAP, 1);
}

double
picture_units_row_height (double width, guint columns)
{
  return get_side (width, columns) + BAR_GAP + BAR + ROW_GAP;
}

double
picture_units_height (double width, guint n, guint columns)
{
  return ceil ((double) n / columns) * picture_units_row_height (width, columns);
}

PictureUnitsCell
picture_units_cell (double width, guint columns, guint unit, gboolean rtl)
{
  const double side = get_side (width, columns);
  const double x = (unit % columns) * (side + GAP);

  return (PictureUnitsCell){ rtl ? width - x - side : x,
                             FRAME + (unit / columns) * picture_units_row_height (width, columns),
                             side, side };
}

PictureUnitsCell
picture_units_bar (double width, guint columns, guint unit, double now, gboolean rtl)
{
  const PictureUnitsCell cell = picture_units_cell (width, columns, unit, rtl);
  const double share = CLAMP (now, 0, 1);

  return (PictureUnitsCell){ rtl ? cell.x + (1 - share) * cell.width : cell.x,
                             cell.y + cell.height + BAR_GAP, share * cell.width, BAR };
}

void
picture_power_draw (cairo_t *cr, double x, double y, double size, const PictureStyle *style)
{
  const PictureColour disc = picture_unit_colour (FALSE, style);
  const double radius = 0.24 * size;

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, size / 2, 0, 2 * G_PI);
  picture_set_colour (cr, &disc);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, MAX (size / 11, 1));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, x, y + 0.02 * size, radius, -0.29 * G_PI, 1.29 * G_PI);
  cairo_stroke (cr);
  cairo_move_to (cr, x, y - 0.28 * size);
  cairo_line_to (cr, x, y - 0.02 * size);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
picture_hatch_draw (cairo_t *cr, double x, double y, double side, const PictureStyle *style)
{
  cairo_save (cr);
  cairo_rectangle (cr, x, y, side, side);
  cairo_clip (cr);
  picture_set_colour (cr, &style->dim);
  cairo_set_line_width (cr, 1);
  for (double at = HATCH_STEP; at < 2 * side; at += HATCH_STEP)
    {
      cairo_move_to (cr, x + at, y);
      cairo_line_to (cr, x + at - 2 * side, y + 2 * side);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_unit (
    cairo_t *cr, double width, const PictureUnits *units, guint unit, const PictureStyle *style)
{
  const PictureUnitsCell cell = picture_units_cell (width, units->columns, unit, style->rtl);
  const gboolean dead = units->dead && units->dead[unit], off = units->off && units->off[unit];
  const double bar = cell.y + cell.height + BAR_GAP;

  picture_unit_draw (cr, cell.x, cell.y, cell.width, units->pictures[unit],
                     off  ? OFF_OPACITY :
                     dead ? DEAD_OPACITY :
                            1);
  if (dead)
    picture_hatch_draw (cr, cell.x, cell.y, cell.width, style);
  if (off)
    picture_power_draw (cr, cell.x + cell.width / 2, cell.y + cell.height / 2, 0.55 * cell.width,
                        style);
  picture_set_colour (cr, &style->track);
  cairo_rectangle (cr, cell.x, bar, cell.width, BAR);
  cairo_fill (cr);
  if (units->now && !off)
    {
      const PictureUnitsCell now =
          picture_units_bar (width, units->columns, unit, (double) units->now[unit], style->rtl);

      picture_set_colour (cr, &style->foreground);
      cairo_rectangle (cr, now.x, now.y, now.width, now.height);
      cairo_fill (cr);
    }
  if ((int) unit == units->selected)
    {
      picture_set_colour (cr, &style->accent);
      cairo_set_line_width (cr, FRAME);
      cairo_rectangle (cr, cell.x - FRAME / 2, cell.y - FRAME / 2, cell.width + FRAME,
                       cell.height + FRAME);
      cairo_stroke (cr);
    }
}

void
picture_units_draw (cairo_t *cr,
                    double width,
                    const PictureUnits *units,
                    guint from,
                    guint to,
                    const PictureStyle *style)
{
  cairo_save (cr);
  for (guint unit = from * units->columns; unit < MIN (to * units->columns, units->n); unit++)
    draw_unit (cr, width, units, unit, style);
  cairo_restore (cr);
}
