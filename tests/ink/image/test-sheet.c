/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <math.h>
#include <string.h>

#include "ink-sheet.h"

/* The lines, the numbers and the cells that are found on made pages. The ink is bars and rings,
 * which are as tall as digits. */

/**
 * Case:
 * @text: lines of "|" for a bar, "o" for a ring, " " for the gap between two numbers, "_" for none
 * @slope: of the lines
 * @wander: how far each digit is above or below its line, in heights
 * @ruling: distance of printed lines, 0 for none
 * @squared: whether there are upright ones too
 * @fall: part of the light that is lost towards the right
 * @found: how many digits each number has, " " between numbers and "/" between lines
 */
typedef struct
{
  const char *name, *text;
  double size, pen, slope, wander;
  double ruling;
  gboolean squared;
  double fall;
  gboolean light_on_dark;
  const char *found;
} Case;

static const Case cases[] = {
  { "two-lines", "o|o\n||", 40, 5, 0, 0, 0, FALSE, 0, FALSE, "3/2" },
  { "numbers", "o|o o| o\n|o   ||\no", 40, 5, 0, 0, 0, FALSE, 0, FALSE, "3 2 1/2 2/1" },
  { "small", "o|o o|\n|o ||\no||o", 12, 2, 0, 0, 0, FALSE, 0, FALSE, "3 2/2 2/4" },
  { "light", "o|o o|\n|o ||", 40, 5, 0, 0, 0, FALSE, 0, TRUE, "3 2/2 2" },
  { "sloped", "o|o oo ooooo\n|oo o|o ooo\nooo o|", 30, 4, 0.08, 0, 0, FALSE, 0, FALSE,
    "3 2 5/3 3 3/3 2" },
  { "crooked", "o|o oo ooooo\noo| ooo ooo", 30, 4, 0.03, 0.15, 0, FALSE, 0, FALSE, "3 2 5/3 3 3" },
  { "ruled", "o|o o| oo\n|oo ||o\no", 30, 4, 0.02, 0, 54, FALSE, 0, FALSE, "3 2 2/3 3/1" },
  { "squared", "o|o o| oo\n|oo ||o\no", 36, 4, 0.01, 0, 24, TRUE, 0, FALSE, "3 2 2/3 3/1" },
  { "shaded", "o|o o| oo\n|oo ||o\no", 30, 4, 0, 0, 0, FALSE, 0.7, FALSE, "3 2 2/3 3/1" },
  { "gap-in-line", "o_______|o\n|o oo\no_______oo", 30, 4, 0, 0, 0, FALSE, 0, FALSE,
    "1 2/2 2/1 2" },
};

typedef struct
{
  guint width, height;
  double *cover; /* [height, width] how much ink covers a pixel */
} Sheet;

static void
cover (Sheet *sheet, double x, double y, double value)
{
  if (x >= 0 && y >= 0 && x < sheet->width && y < sheet->height)
    {
      double *pixel = &sheet->cover[(gsize) y * sheet->width + (gsize) x];

      *pixel = MAX (*pixel, value);
    }
}

static void
draw_line (Sheet *sheet, double x0, double y0, double x1, double y1, double width, double value)
{
  const double length = hypot (x1 - x0, y1 - y0);

  for (double t = 0; t <= length; t += 0.5)
    for (double w = -width / 2; w < width / 2; w += 0.5)
      cover (sheet, x0 + (x1 - x0) * t / length - w * (y1 - y0) / length,
             y0 + (y1 - y0) * t / length + w * (x1 - x0) / length, value);
}

/* A digit whose lower left corner is at (x, y). Returns its width. */
static double
draw_digit (Sheet *sheet, char digit, double size, double pen, double x, double y)
{
  if (digit == '|')
    {
      draw_line (sheet, x + pen / 2, y - pen / 2, x + pen / 2, y - size + pen / 2, pen, 1);
      return pen;
    }
  for (double angle = 0; angle < 2 * G_PI; angle += 0.02)
    for (double r = size / 2 - pen; r < size / 2; r += 0.5)
      cover (sheet, x + 0.35 * size + 0.7 * r * cos (angle), y - size / 2 + r * sin (angle), 1);
  return 0.7 * size;
}

/* Draws the lines of a case; returns the gray picture. */
static guint8 *
draw_case (const Case *what, guint *width, guint *height)
{
  Sheet sheet = { 500, 60 + 4 * (guint) (1.8 * what->size), NULL };
  double x = what->size, y = 2 * what->size;
  g_autofree double *ink = g_new0 (double, (gsize) sheet.width *sheet.height);
  guint8 *gray = g_malloc ((gsize) sheet.width * sheet.height);
  guint n = 0;

  sheet.cover = ink;
  for (double at = what->ruling; what->ruling > 0 && at < sheet.height; at += what->ruling)
    draw_line (&sheet, 0, at, sheet.width, at + what->slope * sheet.width, 1.5, 0.35);
  for (double at = what->ruling; what->squared && at < sheet.width; at += what->ruling)
    draw_line (&sheet, at, 0, at - what->slope * sheet.height, sheet.height, 1.5, 0.35);
  for (const char *c = what->text; *c != '\0'; c++)
    if (*c == '\n')
      {
        x = what->size;
        y += 1.8 * what->size;
      }
    else if (*c == ' ' || *c == '_')
      x += (*c == ' ' ? 1.1 : 0.9) * what->size;
    else
      x += draw_digit (&sheet, *c, what->size, what->pen, x,
                       y + what->slope * x + what->wander * what->size * (n++ % 3 - 1.0)) +
           0.3 * what->size;
  for (guint v = 0; v < sheet.height; v++)
    for (guint u = 0; u < sheet.width; u++)
      {
        const gsize i = (gsize) v * sheet.width + u;
        const double value = what->light_on_dark ? 40 + 190 * ink[i] : 230 - 190 * ink[i];

        gray[i] = (guint8) ((1 - what->fall * u / sheet.width) * value);
      }
  *width = sheet.width;
  *height = sheet.height;
  return gray;
}

/* (transfer full): what Case::found says. */
static char *
describe (const InkSheet *sheet)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sheet->n_numbers; i++)
    {
      const InkSheetNumber *number = &sheet->numbers[i];

      if (i > 0)
        g_string_append_c (text, number->line > sheet->numbers[i - 1].line ? '/' : ' ');
      if (number->image == NULL)
        {
          g_string_append_c (text, '.');
          continue;
        }
      g_string_append_printf (text, "%u", ink_image_get_outlines (number->image)->n_strokes);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *what = data;
  guint width, height;
  g_autofree guint8 *gray = draw_case (what, &width, &height);
  g_autoptr (InkSheet) sheet = ink_sheet_new (gray, width, height, width);
  g_autofree char *found = NULL;

  g_assert_nonnull (sheet);
  found = describe (sheet);
  g_assert_cmpstr (found, ==, what->found);
  g_assert_cmpuint (sheet->n_columns, ==, 0);
  for (guint i = 0; i < sheet->n_numbers; i++)
    {
      const InkSheetNumber *number = &sheet->numbers[i];
      const InkBox ink = ink_drawing_box (ink_image_get_outlines (number->image));

      /* The box is around the ink, and columns count from 0. */
      g_assert_cmpfloat (number->box.x0, <=, ink.x0);
      g_assert_cmpfloat (number->box.y0, <=, ink.y0);
      g_assert_cmpfloat (number->box.x1, >=, ink.x1);
      g_assert_cmpfloat (number->box.y1, >=, ink.y1);
      g_assert_cmpfloat_with_epsilon (number->box.y1 - number->box.y0, what->size,
                                      0.15 * what->size + 3 + 40 * what->slope +
                                          what->size * 2 * what->wander);
      if (i == 0 || sheet->numbers[i - 1].line < number->line)
        g_assert_cmpuint (number->column, ==, 0);
      else
        g_assert_cmpuint (number->column, ==, sheet->numbers[i - 1].column + 1);
    }
}

/* Pictures that are no pages. */
static void
test_none (void)
{
  static const Case one = { "one", "o|o o|\n", 40, 5, 0, 0, 0, FALSE, 0, FALSE, "" };
  static const Case ruled = { "ruled", "\n", 40, 5, 0, 0, 30, FALSE, 0, FALSE, "" };
  static const Case empty = { "empty", "\n", 40, 5, 0, 0, 0, FALSE, 0, FALSE, "" };
  const Case *const none[] = { &one, &ruled, &empty };
  guint8 small[28 * 28] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      guint width, height;
      g_autofree guint8 *gray = draw_case (none[i], &width, &height);

      g_test_message ("%s", none[i]->name);
      g_assert_null (ink_sheet_new (gray, width, height, width));
    }
  g_assert_null (ink_sheet_new (small, 28, 28, 28));
  g_assert_null (ink_sheet_new (small, 0, 0, 0));
}

/* A table with a digit in some of its cells. @slope: of the lines; @skip: a line that is missing,
 * 0 for none */
static guint8 *
draw_table (guint n, double cell, double slope, guint skip, guint side)
{
  g_autofree double *ink = g_new0 (double, (gsize) side *side);
  Sheet sheet = { side, side, ink };
  const double from = 30, to = from + n * cell;
  guint8 *gray = g_malloc ((gsize) side * side);

  for (guint i = 0; i <= n; i++)
    {
      const double at = from + i * cell;

      draw_line (&sheet, at - slope * from, from, at - slope * to, to, i % 3 == 0 ? 4 : 2, 0.9);
      if (i != skip || skip == 0)
        draw_line (&sheet, from, at + slope * from, to, at + slope * to, i % 3 == 0 ? 4 : 2, 0.9);
    }
  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      if ((row + 2 * column) % 3 == 0)
        {
          const double x = from + (column + 0.3) * cell, y = from + (row + 0.8) * cell;

          draw_digit (&sheet, column % 2 ? '|' : 'o', 0.6 * cell, 3, x - slope * y, y + slope * x);
        }
  for (gsize i = 0; i < (gsize) side * side; i++)
    gray[i] = (guint8) (225 - 190 * ink[i]);
  return gray;
}

static void
assert_table (guint n, double cell, double slope, guint skip)
{
  const guint side = (guint) (n * cell + 60);
  g_autofree guint8 *gray = draw_table (n, cell, slope, skip, side);
  g_autoptr (InkSheet) sheet = ink_sheet_new (gray, side, side, side);

  g_test_message ("%u cells of %.0f, slope %.2f", n, cell, slope);
  g_assert_nonnull (sheet);
  g_assert_cmpuint (sheet->n_lines, ==, n);
  g_assert_cmpuint (sheet->n_columns, ==, n);
  g_assert_cmpuint (sheet->n_numbers, ==, n * n);
  for (guint i = 0; i < n * n; i++)
    {
      const InkSheetNumber *number = &sheet->numbers[i];
      const double x = (double) number->box.x0, y = (double) number->box.y0;

      g_assert_cmpuint (number->line, ==, i / n);
      g_assert_cmpuint (number->column, ==, i % n);
      g_assert_cmpint (number->is_digit, ==, n == 9);
      g_assert_true ((number->image != NULL) == ((number->line + 2 * number->column) % 3 == 0));
      /* In its cell, or the cell itself. */
      g_assert_cmpfloat (fabs (x - 30 - (i % n + 0.2) * cell), <, 0.35 * cell + slope * side);
      g_assert_cmpfloat (fabs (y - 30 - (i / n + 0.1) * cell), <, 0.35 * cell + slope * side);
    }
}

static void
test_table (void)
{
  assert_table (9, 50, 0, 0);
  assert_table (9, 50, 0.03, 0);
  assert_table (9, 90, 0.02, 0);
  assert_table (4, 60, 0, 0);
  /* A line that cannot be seen is where the others leave a gap. */
  assert_table (9, 50, 0, 4);
}

/* Small digits on a large page need more of its pixels, and boxes are in the pixels that are asked
 * for. */
static void
test_small (void)
{
  const guint width = 1800, height = 1700;
  g_autofree double *ink = g_new0 (double, (gsize) width *height);
  g_autofree guint8 *gray = g_malloc ((gsize) width * height);
  Sheet sheet = { width, height, ink };
  g_autoptr (InkSheet) coarse = NULL, fine = NULL;
  double digit = 0;

  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 12; column++)
      draw_digit (&sheet, 'o', 12, 2, 200 + 16 * column, 300 + 40 * row);
  for (gsize i = 0; i < (gsize) width * height; i++)
    gray[i] = (guint8) (225 - 190 * ink[i]);
  coarse = ink_sheet_new_scaled (gray, width, height, width, 1, &digit);
  g_assert_null (coarse);
  g_assert_cmpfloat_with_epsilon (digit, 12, 3);
  fine = ink_sheet_new_scaled (gray, width, height, width, 0.5, &digit);
  g_assert_nonnull (fine);
  g_assert_cmpfloat_with_epsilon (digit, 12, 1.5);
  g_assert_cmpuint (fine->n_lines, ==, 3);
  g_assert_cmpuint (fine->n_numbers, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const InkSheetNumber *number = &fine->numbers[i];

      g_assert_cmpuint (ink_image_get_outlines (number->image)->n_strokes, ==, 12);
      g_assert_cmpfloat_with_epsilon (number->box.x0, 100, 1);
      g_assert_cmpfloat_with_epsilon (number->box.y1, 150 + 20 * i, 1);
    }
}

/* More parts than are read are counted, not read. */
static void
test_too_many (void)
{
  const guint width = 1000, height = 1000;
  g_autofree double *ink = g_new0 (double, (gsize) width *height);
  g_autofree guint8 *gray = g_malloc ((gsize) width * height);
  Sheet sheet = { width, height, ink };
  g_autoptr (InkSheet) found = NULL;

  for (guint row = 0; row < 38; row++)
    for (guint column = 0; column < 38; column++)
      draw_digit (&sheet, 'o', 14, 2, 20 + 25 * column, 40 + 25 * row);
  for (gsize i = 0; i < (gsize) width * height; i++)
    gray[i] = (guint8) (225 - 190 * ink[i]);
  found = ink_sheet_new (gray, width, height, width);
  g_assert_nonnull (found);
  g_assert_cmpuint (found->n_parts, ==, 38 * 38);
  g_assert_cmpuint (found->n_numbers, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sheet/lines/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sheet/none", test_none);
  g_test_add_func ("/sheet/table", test_table);
  g_test_add_func ("/sheet/small", test_small);
  g_test_add_func ("/sheet/too-many", test_too_many);
  return g_test_run ();
}
