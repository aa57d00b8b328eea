/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>
#include <math.h>
#include <string.h>

#include "pictures-make.h"

/* How the lines of a page lie on the picture. */
typedef struct
{
  Picture *cover; /* how much ink covers each pixel, 255 for all */
  InkRandom *random;
  double slope, bend; /* of the lines: y grows by slope x + bend sin (...) */
  double size;        /* height of the digits */
} Drawing;

static void
put (const Drawing *drawing, int x, int y, double cover)
{
  Picture *picture = drawing->cover;

  if (x >= 0 && y >= 0 && x < (int) picture->width && y < (int) picture->height)
    {
      guint8 *pixel = &picture->gray[(gsize) y * picture->width + (gsize) x];

      *pixel = MAX (*pixel, (guint8) (255 * CLAMP (cover, 0, 1)));
    }
}

/* The lowest point of the line at @x. */
static double
foot_at (const Drawing *drawing, double foot, double x)
{
  const double width = drawing->cover->width;

  return foot + drawing->slope * x + drawing->bend * sin (3 * x / width + foot);
}

static double
sample (const Picture *picture, double x, double y)
{
  const double u = floor (x), v = floor (y), fx = x - u, fy = y - v;
  double sum = 0;

  for (int j = 0; j < 2; j++)
    for (int i = 0; i < 2; i++)
      {
        const int px = (int) u + i, py = (int) v + j;

        if (px >= 0 && py >= 0 && px < (int) picture->width && py < (int) picture->height)
          sum += (i ? fx : 1 - fx) * (j ? fy : 1 - fy) *
                 picture->gray[py * (int) picture->width + px] / 255.0;
      }
  return sum;
}

/* Draws a digit that is light on dark. Returns its width. */
static double
put_picture (const Drawing *drawing, const Picture *digit, double size, double x, double foot)
{
  const double scale = size / digit->height, width = digit->width * scale;

  for (int v = -2; v < (int) size + 2; v++)
    for (int u = -2; u < (int) width + 2; u++)
      put (drawing, (int) floor (x) + u, (int) floor (foot - size) + v,
           sample (digit, (u + 0.5) / scale - 0.5, (v + 0.5) / scale - 0.5));
  return width;
}

/* (transfer full): strokes, light on dark, with a pen of @pen heights. */
static Picture *
picture_of (const InkDrawing *ink, double pen)
{
  const InkBox box = ink_drawing_box (ink);
  const double size = 100, line = pen * size;
  const double scale = (size - line) / MAX (box.y1 - box.y0, 0.3 * (box.x1 - box.x0));
  const int width = (int) ceil ((box.x1 - box.x0) * scale + line), height = (int) size;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  Picture *picture = picture_new ((guint) width, (guint) height, 0);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint s = 0; s < ink->n_strokes; s++)
    {
      const InkStroke *stroke = ink->strokes[s];

      for (guint i = 0; i < MAX (stroke->n_points, 2); i++)
        {
          const InkPoint *point = &stroke->points[MIN (i, stroke->n_points - 1)];

          cairo_line_to (cr, (point->x - box.x0) * scale + line / 2,
                         (point->y - box.y0) * scale + line / 2);
        }
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      picture->gray[y * width + x] = cairo_image_surface_get_data (
          surface)[y * cairo_image_surface_get_stride (surface) + 4 * x];
  cairo_surface_destroy (surface);
  return picture;
}

static double
put_digit (const Drawing *drawing, const SheetDigits *digits, double x, double foot, char *digit)
{
  InkRandom *random = drawing->random;
  g_autoptr (Picture) picture = NULL;
  double size = drawing->size * ink_random_range (random, 0.85, 1.15);

  if (digits->dataset != NULL)
    {
      const gsize i = (gsize) (ink_random_uniform (random) * (double) digits->dataset->n);
      Picture whole = { 28, 28, digits->dataset->pixels + i * 784 };

      picture = picture_box (&whole);
      *digit = (char) ('0' + digits->dataset->labels[i]);
      size *= MIN (1, (double) picture->height / picture->width * 1.5);
    }
  else
    {
      const InkSample *ink =
          digits->samples->pdata[(guint) (ink_random_uniform (random) * digits->samples->len)];

      picture = picture_of (ink->drawing, ink_random_range (random, 0.05, 0.13));
      *digit = (char) ('0' + ink->label);
    }
  return put_picture (drawing, picture, size, x, foot_at (drawing, foot, x));
}

/* Writes numbers on a line. Returns what it says. */
static char *
put_line (const Drawing *drawing, const SheetDigits *digits, double foot)
{
  InkRandom *random = drawing->random;
  const guint n_numbers = 1 + (guint) (ink_random_uniform (random) * 4);
  GString *text = g_string_new (NULL);
  double x = ink_random_range (random, 0.8, 2) * drawing->size;

  for (guint number = 0; number < n_numbers; number++)
    {
      const guint n_digits = 1 + (guint) (ink_random_uniform (random) * 5);

      if (x + n_digits * 1.2 * drawing->size > drawing->cover->width - drawing->size)
        break;
      if (number > 0)
        g_string_append_c (text, ' ');
      for (guint i = 0; i < n_digits; i++)
        {
          const double at = foot + ink_random_normal (random, 0, 0.04 * drawing->size, 2.5);
          char digit;

          x += put_digit (drawing, digits, x, at, &digit) +
               ink_random_range (random, 0.1, 0.4) * drawing->size;
          g_string_append_c (text, digit);
        }
      x += ink_random_range (random, 0.9, 3) * drawing->size;
    }
  return g_string_free (text, FALSE);
}

/* A straight line of @width pixels. */
static void
put_ruling (
    const Drawing *drawing, double x0, double y0, double x1, double y1, double width, double cover)
{
  const double length = hypot (x1 - x0, y1 - y0);

  for (double t = 0; t <= length; t += 0.5)
    for (double w = -width / 2; w <= width / 2; w += 0.5)
      put (drawing, (int) (x0 + (x1 - x0) * t / length - w * (y1 - y0) / length),
           (int) (y0 + (y1 - y0) * t / length + w * (x1 - x0) / length), cover);
}

/* Ruled or squared paper. */
static void
put_paper (const Drawing *drawing, SheetPaper paper, double step)
{
  const double w = drawing->cover->width, h = drawing->cover->height;
  const double cover = ink_random_range (drawing->random, 0.15, 0.5);
  const double width = ink_random_range (drawing->random, 1, 2.5);

  if (paper == SHEET_RULED || paper == SHEET_SQUARED)
    for (double y = -h; y < 2 * h; y += paper == SHEET_RULED ? step : 0.7 * drawing->size)
      put_ruling (drawing, 0, y, w, y + drawing->slope * w, width, cover);
  if (paper == SHEET_SQUARED)
    for (double x = -w; x < 2 * w; x += 0.7 * drawing->size)
      put_ruling (drawing, x, 0, x - drawing->slope * h, h, width, cover);
}

/* The picture of the ink on paper. */
static Picture *
on_paper (const Drawing *drawing, SheetPaper paper)
{
  InkRandom *random = drawing->random;
  Picture *picture = picture_new (drawing->cover->width, drawing->cover->height, 0);
  const double white = ink_random_range (random, 190, 250),
               black = ink_random_range (random, 15, 90);
  const double light = paper == SHEET_CLEAN ? 0 : ink_random_range (random, 0.1, 0.6);
  const double edge = ink_random_range (random, 0.2, 0.8) * picture->width;
  const double grain = paper == SHEET_CLEAN ? 1 : ink_random_range (random, 1, 5);
  const gboolean shadow = paper == SHEET_SHADED && ink_random_uniform (random) < 0.5;

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const gsize i = (gsize) y * picture->width + x;
        const double cover = drawing->cover->gray[i] / 255.0;
        const double dark = shadow ?
                                1 / (1 + exp (-(x + 0.3 * y - edge) / 12)) :
                                ((double) x / picture->width + (double) y / picture->height) / 2;
        const double value = (1 - light * dark) * (white + (black - white) * cover) +
                             ink_random_normal (random, 0, grain, 3);

        picture->gray[i] = (guint8) CLAMP (value + 0.5, 0, 255);
      }
  return picture;
}

Picture *
picture_draw_sheet (SheetPaper paper, const SheetDigits *digits, InkRandom *random, char **text)
{
  const guint n_lines = 3 + (guint) (ink_random_uniform (random) * 10);
  const double size = ink_random_range (random, 22, 60);
  const double step = size * ink_random_range (random, 1.5, 2.2);
  const guint width = 1000, height = (guint) (step * (n_lines + 1.5) + 60);
  g_autoptr (Picture) cover = picture_new (width, height, 0);
  Drawing drawing = { cover, random, ink_random_range (random, -0.03, 0.03),
                      ink_random_range (random, 0, 0.1) * size, size };
  GString *lines = g_string_new (NULL);

  put_paper (&drawing, paper, step);
  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *line = NULL;

      drawing.size = size * ink_random_range (random, 0.8, 1.2);
      line = put_line (&drawing, digits, step * (i + 1.3) + 30);
      g_string_append_printf (lines, "%s\n", line);
    }
  *text = g_string_free (lines, FALSE);
  return on_paper (&drawing, paper);
}

Picture *
picture_draw_scan (
    SheetPaper paper, const SheetDigits *digits, double size, InkRandom *random, char **text)
{
  g_autoptr (Picture) cover = picture_new (2480, 3508, 0);
  const double step = size * ink_random_range (random, 1.7, 2.4);
  Drawing drawing = { cover, random, ink_random_range (random, -0.01, 0.01),
                      ink_random_range (random, 0, 0.1) * size, size };
  GString *lines = g_string_new (NULL);

  put_paper (&drawing, paper, step);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *line = NULL;

      drawing.size = size * ink_random_range (random, 0.9, 1.1);
      line = put_line (&drawing, digits, 300 + step * i);
      g_string_append_printf (lines, "%s\n", line);
    }
  *text = g_string_free (lines, FALSE);
  return on_paper (&drawing, paper);
}

Picture *
picture_draw_sudoku (const SheetDigits *digits, InkRandom *random, char **text)
{
  const double cell = ink_random_range (random, 40, 90), side = 9 * cell;
  const double border = ink_random_range (random, 10, 80);
  g_autoptr (Picture) cover =
      picture_new ((guint) (side + 2 * border), (guint) (side + 2 * border), 0);
  Drawing drawing = { cover, random, ink_random_range (random, -0.03, 0.03), 0, 0 };
  GString *lines = g_string_new (NULL);
  const double slope = drawing.slope;

  for (guint i = 0; i <= 9; i++)
    {
      const double at = border + i * cell, width = i % 3 == 0 ? 4 : 1.5;

      put_ruling (&drawing, border, at, border + side, at + slope * side, width, 0.8);
      put_ruling (&drawing, at, border, at - slope * side, border + side, width, 0.8);
    }
  for (guint row = 0; row < 9; row++)
    for (guint column = 0; column < 9; column++)
      {
        char digit = '.';
        const double x = border + column * cell - slope * row * cell;
        const double foot = border + (row + 0.85) * cell + slope * border;

        drawing.size = cell * ink_random_range (random, 0.5, 0.7);
        if (ink_random_uniform (random) < 0.4)
          put_digit (&drawing, digits, x + ink_random_range (random, 0.15, 0.35) * cell,
                     foot - ink_random_range (random, 0, 0.1) * cell - slope * border, &digit);
        g_string_append_printf (lines, "%s%c", column > 0 ? " " : "", digit);
        if (column == 8)
          g_string_append_c (lines, '\n');
      }
  *text = g_string_free (lines, FALSE);
  return on_paper (&drawing, SHEET_SHADED);
}
