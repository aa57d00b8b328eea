/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-robustness.h"

#include <math.h>

#include "picture-diagram.h"

/* Sizes in pixels. */
#define LEFT 46.0
#define RIGHT 12.0
#define TOP 6.0
#define BOTTOM 34.0
#define RING 4.5

typedef struct
{
  PictureDiagram axes;
  double width, height; /* of a cell */
} Layout;

static void
lay_out (Layout *layout, double width, double height, const PictureRobustness *picture)
{
  layout->axes.left = LEFT;
  layout->axes.right = MAX (width - RIGHT, LEFT + 1);
  layout->axes.top = TOP;
  layout->axes.bottom = MAX (height - BOTTOM, TOP + 1);
  layout->width = (layout->axes.right - layout->axes.left) / picture->across.n;
  layout->height = (layout->axes.bottom - layout->axes.top) / picture->down.n;
}

static gboolean
holds (const PictureRobustness *picture, int row, int column)
{
  return row >= 0 && column >= 0 && row < (int) picture->down.n &&
         column < (int) picture->across.n && picture->holds[row * (int) picture->across.n + column];
}

static void
draw_cells (cairo_t *cr,
            const Layout *layout,
            const PictureRobustness *picture,
            const PictureStyle *style)
{
  for (guint row = 0; row < picture->down.n; row++)
    for (guint column = 0; column < picture->across.n; column++)
      {
        const double x0 = picture_snap_x (cr, layout->axes.left + column * layout->width);
        const double x1 = picture_snap_x (cr, layout->axes.left + (column + 1) * layout->width);
        const double y0 = picture_snap_y (cr, layout->axes.top + row * layout->height);
        const double y1 = picture_snap_y (cr, layout->axes.top + (row + 1) * layout->height);
        PictureColour colour = style->track;

        if (holds (picture, (int) row, (int) column))
          {
            const double sure = (double) picture->probabilities[row * picture->across.n + column];

            colour = style->accent;
            colour.alpha = CLAMP (sure, 0.25, 1) * 0.85;
          }
        picture_set_colour (cr, &colour);
        cairo_rectangle (cr, x0, y0, x1 - x0, y1 - y0);
        cairo_fill (cr);
      }
}

/* Between cells that hold and others. */
static void
draw_border (cairo_t *cr,
             const Layout *layout,
             const PictureRobustness *picture,
             const PictureStyle *style)
{
  picture_set_colour (cr, &style->foreground);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  for (int row = 0; row < (int) picture->down.n; row++)
    for (int column = 0; column < (int) picture->across.n; column++)
      {
        const double x = layout->axes.left + (column + 1) * layout->width;
        const double y = layout->axes.top + (row + 1) * layout->height;
        const gboolean here = holds (picture, row, column);

        if (column + 1 < (int) picture->across.n && here != holds (picture, row, column + 1))
          {
            cairo_move_to (cr, x, y - layout->height);
            cairo_line_to (cr, x, y);
          }
        if (row + 1 < (int) picture->down.n && here != holds (picture, row + 1, column))
          {
            cairo_move_to (cr, x - layout->width, y);
            cairo_line_to (cr, x, y);
          }
      }
  cairo_stroke (cr);
}

/* Where a value is between the cells, in cells from the first edge. */
static double
find (const PictureRobustnessAxis *axis, double value)
{
  guint i = 0;

  while (i + 2 < axis->n && axis->values[i + 1] < value)
    i++;
  return i + 0.5 + (value - axis->values[i]) / (axis->values[i + 1] - axis->values[i]);
}

static void
draw_ring (cairo_t *cr,
           const Layout *layout,
           const PictureRobustness *picture,
           const PictureStyle *style)
{
  const double x =
      layout->axes.left + layout->width * find (&picture->across, picture->across.neutral);
  const double y = layout->axes.top + layout->height * find (&picture->down, picture->down.neutral);

  picture_set_colour (cr, &style->paper);
  cairo_arc (cr, x, y, RING + 1.5, 0, 2 * G_PI);
  cairo_fill (cr);
  picture_set_colour (cr, &style->foreground);
  cairo_set_line_width (cr, 1.5);
  cairo_arc (cr, x, y, RING, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_arc (cr, x, y, 1.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
set_tick (PictureText *text, const PictureRobustnessAxis *axis, double value)
{
  char string[32];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_snprintf (string, sizeof string, axis->format, value);
#pragma GCC diagnostic pop
  picture_text_set (text, string, PICTURE_DIAGRAM_TEXT, FALSE);
}

static void
draw_axes (cairo_t *cr, PictureText *text, const Layout *layout, const PictureRobustness *picture)
{
  const PictureRobustnessAxis *across = &picture->across, *down = &picture->down;
  const double columns[] = { across->values[0], across->neutral, across->values[across->n - 1] };
  const double rows[] = { down->values[0], down->neutral, down->values[down->n - 1] };

  picture_set_colour (cr, &text->style->dim);
  for (guint i = 0; i < 3; i++)
    {
      set_tick (text, across, columns[i]);
      picture_text_show (text, cr, layout->axes.left + layout->width * find (across, columns[i]),
                         layout->axes.bottom + 10, 0.5);
      set_tick (text, down, rows[i]);
      picture_text_show (text, cr, layout->axes.left - 5,
                         layout->axes.top + layout->height * find (down, rows[i]), 1);
    }
  picture_diagram_name_across (cr, text, &layout->axes, across->title, layout->axes.bottom + 25);
  picture_diagram_name_up (cr, text, &layout->axes, down->title, 7);
}

void
picture_robustness (cairo_t *cr,
                    double width,
                    double height,
                    const PictureRobustness *picture,
                    const PictureStyle *style)
{
  Layout layout;
  PictureText text;

  lay_out (&layout, width, height, picture);
  cairo_save (cr);
  draw_cells (cr, &layout, picture, style);
  draw_border (cr, &layout, picture, style);
  draw_ring (cr, &layout, picture, style);
  picture_text_init (&text, cr, style);
  draw_axes (cr, &text, &layout, picture);
  picture_text_clear (&text);
  cairo_restore (cr);
}
