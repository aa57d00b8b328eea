/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-grid.h"

#include <math.h>

#include "picture-text.h"

/* Gap between cells: a share of a sample's side, at most this many pixels. */
#define GAP 0.12
#define LARGEST_GAP 12.0

/* Height of the answer under a sample, as a share of the sample's side. */
#define ANSWER 0.48

/* Size of the answer's text, as a share of the side. */
#define TEXT 0.4
#define SMALLEST_TEXT 8.0
#define LARGEST_TEXT 24.0

static const PictureColour right_on_light = { 0.086, 0.486, 0.286, 1 };
static const PictureColour right_on_dark = { 0.341, 0.890, 0.537, 1 };
static const PictureColour wrong_on_light = { 0.753, 0.110, 0.157, 1 };
static const PictureColour wrong_on_dark = { 1.000, 0.482, 0.388, 1 };

/* All cells have the same size; the grid is centred. */
typedef struct
{
  double side, gap, cell_height;
  double x0, y0;
} Cells;

static gboolean
is_dark (const PictureStyle *style)
{
  return 0.3 * style->paper.red + 0.6 * style->paper.green + 0.1 * style->paper.blue < 0.5;
}

static Cells
cells_of (double width, double height, const PictureGrid *grid)
{
  const double columns = MAX (grid->columns, 1), rows = MAX (grid->rows, 1);
  Cells cells;

  cells.side = MIN (width / (columns + (columns - 1) * GAP),
                    height / (rows * (1 + ANSWER) + (rows - 1) * GAP));
  cells.gap = cells.side * GAP;
  if (cells.gap > LARGEST_GAP)
    {
      cells.gap = LARGEST_GAP;
      cells.side = MIN ((width - (columns - 1) * cells.gap) / columns,
                        (height - (rows - 1) * cells.gap) / (rows * (1 + ANSWER)));
    }
  cells.side = MAX (floor (cells.side), 1);
  cells.cell_height = cells.side * (1 + ANSWER);
  cells.x0 = MAX (0, (width - columns * cells.side - (columns - 1) * cells.gap) / 2);
  cells.y0 = MAX (0, (height - rows * cells.cell_height - (rows - 1) * cells.gap) / 2);
  return cells;
}

/* Top left corner of a cell and of its sample. With @rtl, rows begin at the right. */
static void
cell_origin (
    const Cells *cells, const PictureGrid *grid, gboolean rtl, guint i, double *x, double *y)
{
  const guint row = i / grid->columns;
  guint column = i % grid->columns;

  if (rtl)
    column = grid->columns - 1 - column;
  *x = cells->x0 + column * (cells->side + cells->gap);
  *y = cells->y0 + row * (cells->cell_height + cells->gap);
}

static cairo_surface_t *
sample_surface (const guint8 *pixels)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, PICTURE_GRID_SIDE, PICTURE_GRID_SIDE);
  const int stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);

  for (int y = 0; data && y < PICTURE_GRID_SIDE; y++)
    {
      guint32 *row = (guint32 *) (gpointer) (data + y * stride);

      for (int x = 0; x < PICTURE_GRID_SIDE; x++)
        row[x] = pixels[y * PICTURE_GRID_SIDE + x] * 0x010101u;
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_sample (cairo_t *cr, const guint8 *pixels, double x, double y, double side)
{
  cairo_surface_t *surface = sample_surface (pixels);

  cairo_save (cr);
  cairo_rectangle (cr, x, y, side, side);
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, side / PICTURE_GRID_SIDE, side / PICTURE_GRID_SIDE);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  /* Do not blend with pixels beyond the edge. */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_frame (cairo_t *cr, double x, double y, double side, double width)
{
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_rectangle (cr, x - width / 2, y - width / 2, side + width, side + width);
  cairo_stroke (cr);
}

/* A path and not text: not every font has a cross. */
static void
draw_cross (cairo_t *cr, double x, double y, double radius)
{
  cairo_set_line_width (cr, MAX (1.5, radius * 0.55));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, x - radius, y - radius);
  cairo_line_to (cr, x + radius, y + radius);
  cairo_move_to (cr, x - radius, y + radius);
  cairo_line_to (cr, x + radius, y - radius);
  cairo_stroke (cr);
}

/* Centred at @middle, close to the sample above, so that it does not seem to belong to the next
 * one. */
static void
draw_answer (cairo_t *cr,
             PictureText *text,
             int answer,
             gboolean wrong,
             double middle,
             double top,
             double side,
             gboolean rtl)
{
  const double size = CLAMP (round (side * TEXT), SMALLEST_TEXT, LARGEST_TEXT);
  const double sign = rtl ? -1 : 1;
  const double y = top + ANSWER / 2 * side;
  char string[16];

  if (answer >= 0)
    g_snprintf (string, sizeof string, "%d", answer);
  else
    g_strlcpy (string, "\u2013", sizeof string);
  picture_text_set (text, string, size, wrong);
  picture_text_show (text, cr, wrong ? middle - sign * 0.35 * size : middle, y, 0.5);
  if (wrong)
    draw_cross (cr, middle + sign * 0.38 * size, y, 0.2 * size);
}

void
picture_grid_draw (
    cairo_t *cr, double width, double height, const PictureGrid *grid, const PictureStyle *style)
{
  const Cells cells = cells_of (width, height, grid);
  const guint n = MIN (grid->n, grid->columns * grid->rows);
  const gboolean dark = is_dark (style);
  PictureText text;

  cairo_save (cr);
  picture_text_init (&text, cr, style);
  for (guint i = 0; i < n; i++)
    {
      const int answer = grid->answers ? grid->answers[i] : -1;
      const gboolean judged = answer >= 0 && grid->labels;
      const gboolean wrong = judged && grid->labels[i] != answer;
      const PictureColour *colour = !judged ? &style->dim :
                                    wrong   ? (dark ? &wrong_on_dark : &wrong_on_light) :
                                              (dark ? &right_on_dark : &right_on_light);
      double x, y;

      cell_origin (&cells, grid, style->rtl, i, &x, &y);
      x = picture_snap_x (cr, x);
      y = picture_snap_y (cr, y);
      draw_sample (cr, grid->pixels + (gsize) i * PICTURE_GRID_SIDE * PICTURE_GRID_SIDE, x, y,
                   cells.side);
      if ((int) i == grid->selected)
        {
          picture_set_colour (cr, &style->accent);
          draw_frame (cr, x, y, cells.side, 3);
        }
      else if (dark)
        {
          /* A black sample on dark paper needs a frame. */
          picture_set_colour (cr, &style->track);
          draw_frame (cr, x, y, cells.side, 1);
        }
      picture_set_colour (cr, colour);
      if (wrong)
        draw_frame (cr, x, y, cells.side, 2);
      if (grid->answers)
        draw_answer (cr, &text, answer, wrong, x + cells.side / 2, y + cells.side, cells.side,
                     style->rtl);
    }
  picture_text_clear (&text);
  cairo_restore (cr);
}

int
picture_grid_hit (double width,
                  double height,
                  const PictureGrid *grid,
                  const PictureStyle *style,
                  double x,
                  double y)
{
  const Cells cells = cells_of (width, height, grid);
  const guint n = MIN (grid->n, grid->columns * grid->rows);

  for (guint i = 0; i < n; i++)
    {
      double left, top;

      cell_origin (&cells, grid, style->rtl, i, &left, &top);
      if (x >= left && x < left + cells.side && y >= top && y < top + cells.cell_height)
        return (int) i;
    }
  return -1;
}
