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
/* An answer, and the side of the square that it needs. */
#define ANSWER 13.0
#define ANSWER_ROOM 18.0

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

/* How far the cells around this one have its answer, in cells: 0 for itself alone. */
static int
find_reach (const PictureRobustness *picture, int row, int column)
{
  const int n_rows = (int) picture->down.n, n_columns = (int) picture->across.n;
  const char answer = picture->answers[row * n_columns + column];

  for (int reach = 1;; reach++)
    for (int r = row - reach; r <= row + reach; r++)
      for (int c = column - reach; c <= column + reach; c++)
        if (r < 0 || c < 0 || r >= n_rows || c >= n_columns || holds (picture, r, c) ||
            picture->answers[r * n_columns + c] != answer)
          return reach - 1;
}

/* One area of cells with the same answer. */
typedef struct
{
  const PictureRobustness *picture;
  gboolean *seen; /* [n_rows, n_columns] */
  int *cells;     /* [n] */
  int n;
} Area;

/* Adds a cell to the area if it belongs to it. */
static void
visit (Area *area, int row, int column)
{
  const PictureRobustness *picture = area->picture;
  const int n_rows = (int) picture->down.n, n_columns = (int) picture->across.n;
  const int cell = row * n_columns + column;

  if (row < 0 || column < 0 || row >= n_rows || column >= n_columns || area->seen[cell] ||
      holds (picture, row, column) ||
      (area->n > 0 && picture->answers[cell] != picture->answers[area->cells[0]]))
    return;
  area->seen[cell] = TRUE;
  area->cells[area->n++] = cell;
}

/* The area around a cell that was not seen, which does not hold. */
static void
find_area (Area *area, int row, int column)
{
  const int n_columns = (int) area->picture->across.n;

  area->n = 0;
  visit (area, row, column);
  for (int i = 0; i < area->n; i++)
    {
      const int r = area->cells[i] / n_columns, c = area->cells[i] % n_columns;

      visit (area, r - 1, c);
      visit (area, r + 1, c);
      visit (area, r, c - 1);
      visit (area, r, c + 1);
    }
}

/* The cell in the widest part of the area, near its middle; -1 if there is no room for a text. */
static int
find_place (const Area *area, const Layout *layout)
{
  const int n_columns = (int) area->picture->across.n;
  double row = 0, column = 0, nearest = INFINITY;
  int widest = -1, place = -1;

  for (int i = 0; i < area->n; i++)
    {
      row += (double) (area->cells[i] / n_columns) / area->n;
      column += (double) (area->cells[i] % n_columns) / area->n;
    }
  for (int i = 0; i < area->n; i++)
    {
      const int r = area->cells[i] / n_columns, c = area->cells[i] % n_columns;
      const int reach = find_reach (area->picture, r, c);
      const double away = hypot (r - row, c - column);

      if ((2 * reach + 1) * MIN (layout->width, layout->height) < ANSWER_ROOM || reach < widest ||
          (reach == widest && away >= nearest))
        continue;
      widest = reach;
      nearest = away;
      place = area->cells[i];
    }
  return place;
}

/* The answers beyond the border. */
static void
draw_answers (cairo_t *cr,
              PictureText *text,
              const Layout *layout,
              const PictureRobustness *picture)
{
  const int n_rows = (int) picture->down.n, n_columns = (int) picture->across.n;
  g_autofree gboolean *seen = g_new0 (gboolean, (gsize) n_rows * (gsize) n_columns);
  g_autofree int *cells = g_new (int, (gsize) n_rows *(gsize) n_columns);
  Area area = { picture, seen, cells, 0 };

  picture_set_colour (cr, &text->style->foreground);
  for (int cell = 0; cell < n_rows * n_columns; cell++)
    {
      char string[2] = { 0 };
      int place;

      if (seen[cell] || holds (picture, cell / n_columns, cell % n_columns))
        continue;
      find_area (&area, cell / n_columns, cell % n_columns);
      place = find_place (&area, layout);
      if (place < 0)
        continue;
      string[0] = picture->answers[place];
      picture_text_set (text, string, ANSWER, TRUE);
      picture_text_show (text, cr, layout->axes.left + (place % n_columns + 0.5) * layout->width,
                         layout->axes.top + (place / n_columns + 0.5) * layout->height, 0.5);
    }
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
  draw_answers (cr, &text, &layout, picture);
  picture_text_clear (&text);
  cairo_restore (cr);
}
