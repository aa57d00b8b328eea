/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

/* Pages with several lines, written with the samples of the source tree, and read with the model
 * that ships. */

/* What the digits are written on. */
typedef enum
{
  PAPER_CLEAN,
  PAPER_RULED,
  PAPER_SQUARED,
  PAPER_SHADED,
  PAPER_N,
} Paper;

#define SIZE 40.0
#define STEP 76.0

/* Draws a digit whose lower left corner is at (x, y). Returns its width. */
static double
draw_digit (cairo_t *cr, char digit, double size, double x, double y)
{
  g_autoptr (InkDrawing) drawing = cli_sample_drawing ((guint) (digit - '0'));
  const InkBox box = ink_drawing_box (drawing);
  const double scale = size / (box.y1 - box.y0);

  cairo_set_source_rgb (cr, 0.15, 0.15, 0.25);
  cairo_set_line_width (cr, 4);
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      for (guint p = 0; p < drawing->strokes[s]->n_points; p++)
        cairo_line_to (cr, x + (drawing->strokes[s]->points[p].x - box.x0) * scale,
                       y + (drawing->strokes[s]->points[p].y - box.y1) * scale);
      cairo_stroke (cr);
    }
  return (box.x1 - box.x0) * scale;
}

static cairo_t *
begin (int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.9, 0.9, 0.88);
  cairo_paint (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_surface_destroy (surface);
  return cr;
}

static void
draw_paper (cairo_t *cr, Paper paper, int width, int height)
{
  cairo_set_source_rgb (cr, 0.6, 0.65, 0.75);
  cairo_set_line_width (cr, 1.5);
  for (double y = 20; y < height && paper != PAPER_CLEAN && paper != PAPER_SHADED;
       y += paper == PAPER_RULED ? STEP : 26)
    {
      cairo_move_to (cr, 0, y);
      cairo_line_to (cr, width, y + 4);
    }
  for (double x = 9; x < width && paper == PAPER_SQUARED; x += 26)
    {
      cairo_move_to (cr, x, 0);
      cairo_line_to (cr, x - 4, height);
    }
  cairo_stroke (cr);
}

/* A shadow across the whole page. */
static void
draw_shadow (cairo_t *cr, int width, int height)
{
  cairo_pattern_t *shadow = cairo_pattern_create_linear (0, 0, width, height);

  cairo_pattern_add_color_stop_rgba (shadow, 0, 0, 0, 0, 0);
  cairo_pattern_add_color_stop_rgba (shadow, 0.45, 0, 0, 0, 0.1);
  cairo_pattern_add_color_stop_rgba (shadow, 0.55, 0, 0, 0, 0.45);
  cairo_pattern_add_color_stop_rgba (shadow, 1, 0, 0, 0, 0.6);
  cairo_set_source (cr, shadow);
  cairo_paint (cr);
  cairo_pattern_destroy (shadow);
}

static const char *
end (cairo_t *cr, const char *name)
{
  const char *path = cli_path (name);

  g_assert_cmpint (cairo_surface_write_to_png (cairo_get_target (cr), path), ==,
                   CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return path;
}

/* Writes @text, lines of numbers, on paper. */
static const char *
draw_page (const char *text, Paper paper, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const int width = 800, height = 60 + (int) (STEP * g_strv_length (lines));
  cairo_t *cr = begin (width, height);

  draw_paper (cr, paper, width, height);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      double x = 40;

      for (const char *c = lines[i]; *c != '\0'; c++)
        if (*c == ' ')
          x += 1.2 * SIZE;
        else
          x += draw_digit (cr, *c, SIZE * (i % 2 == 0 ? 1 : 0.8), x, 75 + STEP * i + 0.03 * x) +
               0.3 * SIZE;
    }
  if (paper == PAPER_SHADED)
    draw_shadow (cr, width, height);
  return end (cr, name);
}

/* "FILE[LINE]: NUMBERS PROBABILITY" of each line, without the probabilities. */
static char *
read_lines (const CliRun *run, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autofree char *start = g_strdup_printf ("%s[%u]: ", path, i);
      char *probability = strrchr (lines[i], ' ');

      g_assert_true (g_str_has_prefix (lines[i], start));
      g_assert_cmpfloat (g_ascii_strtod (probability, NULL), >, 0.5);
      *probability = '\0';
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", lines[i] + strlen (start));
    }
  return g_string_free (text, FALSE);
}

static const char page_text[] = "2036 4875\n917\n60 2 53 8\n3 461 7025\n98\n50823 64 7";

static void
test_papers (void)
{
  for (Paper paper = 0; paper < PAPER_N; paper++)
    {
      const char *path = draw_page (page_text, paper, "page.png");
      g_autoptr (CliRun) run = cli_run ("recognize", path, NULL);
      g_autofree char *read = NULL;

      g_test_message ("paper %u: %s", paper, run->out);
      cli_assert_ok (run);
      read = read_lines (run, path);
      g_assert_cmpstr (read, ==, page_text);
    }
}

static void
test_json (void)
{
  const char *path = draw_page ("20 475\n917", PAPER_CLEAN, "json.png");
  g_autoptr (CliRun) run = cli_run ("recognize", "--json", path, NULL);
  g_autoptr (JsonObject) page = NULL;
  JsonArray *lines, *numbers, *box, *digits;
  JsonObject *line, *number;

  cli_assert_ok (run);
  page = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (page, "source"), ==, path);
  g_assert_cmpint (json_object_get_int_member (page, "width"), ==, 800);
  g_assert_true (json_object_get_null_member (page, "columns"));
  lines = json_object_get_array_member (page, "lines");
  g_assert_cmpuint (json_array_get_length (lines), ==, 2);
  line = json_array_get_object_element (lines, 0);
  g_assert_cmpstr (json_object_get_string_member (line, "text"), ==, "20 475");
  numbers = json_object_get_array_member (line, "numbers");
  g_assert_cmpuint (json_array_get_length (numbers), ==, 2);
  number = json_array_get_object_element (numbers, 1);
  g_assert_cmpint (json_object_get_int_member (number, "column"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (number, "number"), ==, "475");
  g_assert_cmpfloat (cli_json_number (number, "probability"), >, 0.5);
  box = json_object_get_array_member (number, "box");
  g_assert_cmpfloat (json_array_get_double_element (box, 0), >, 100);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (box, 3) -
                                      json_array_get_double_element (box, 1),
                                  SIZE, 14);
  digits = json_object_get_array_member (number, "digits");
  g_assert_cmpuint (json_array_get_length (digits), ==, 3);
  /* The second line is below. */
  line = json_array_get_object_element (lines, 1);
  number = json_array_get_object_element (json_object_get_array_member (line, "numbers"), 0);
  g_assert_cmpfloat (json_array_get_double_element (json_object_get_array_member (number, "box"),
                                                    1),
                     >, json_array_get_double_element (box, 3));
}

/* The rows of a table, without the probabilities, which are checked to be there with a number. */
static char *
read_rows (const CliRun *run)
{
  g_auto (GStrv) rows = g_strsplit (run->out, "\r\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; rows[i] != NULL && rows[i][0] != '\0'; i++)
    {
      char *probability = strrchr (rows[i], ',');

      if (i > 0 && probability[-1] != ',')
        g_assert_cmpfloat (g_ascii_strtod (probability + 1, NULL), >, 0.5);
      else if (i > 0)
        g_assert_cmpstr (probability, ==, ",");
      *probability = '\0';
      g_string_append_printf (text, "%s\n", rows[i]);
    }
  return g_string_free (text, FALSE);
}

/* One table over pages, single numbers and blank pictures; names are quoted. */
static void
test_csv (void)
{
  const char *page = draw_page ("20 475\n917", PAPER_RULED, "a, \"b\".png");
  const char *number = draw_page ("64", PAPER_CLEAN, "number.png");
  const char *blank = draw_page ("", PAPER_CLEAN, "blank.png");
  g_autoptr (CliRun) run = cli_run ("recognize", "--csv", page, number, blank, NULL);
  g_auto (GStrv) halves = g_strsplit (page, "\"b\"", 2);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"\"b\"\"%s\"", halves[0], halves[1]);
  g_autofree char *expected = g_strdup_printf ("file,line,column,number\n%s,1,1,20\n%s,1,2,475\n"
                                               "%s,2,1,917\n%s,1,1,64\n%s,1,1,\n",
                                               quoted, quoted, quoted, number, blank);
  g_autoptr (CliRun) both = cli_run ("recognize", "--csv", "--json", page, NULL);
  g_autofree char *rows = NULL;

  cli_assert_ok (run);
  rows = read_rows (run);
  g_assert_cmpstr (rows, ==, expected);
  cli_assert_error (both, 2, "exclude");
}

/* @angle: of the grid, in radians */
static const char *
draw_sudoku (const char *text, double cell, double angle, const char *name)
{
  const int side = (int) (9 * cell + 80);
  cairo_t *cr = begin (side, side);

  cairo_translate (cr, side / 2.0, side / 2.0);
  cairo_rotate (cr, angle);
  cairo_translate (cr, -4.5 * cell, -4.5 * cell);
  for (guint i = 0; i <= 9; i++)
    {
      cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
      cairo_set_line_width (cr, i % 3 == 0 ? 4 : 1.5);
      cairo_move_to (cr, 0, i * cell);
      cairo_line_to (cr, 9 * cell, i * cell);
      cairo_move_to (cr, i * cell, 0);
      cairo_line_to (cr, i * cell, 9 * cell);
      cairo_stroke (cr);
    }
  for (guint row = 0; row < 9; row++)
    for (guint column = 0; column < 9; column++)
      {
        const char digit = text[18 * row + 2 * column];

        if (digit != '.')
          draw_digit (cr, digit, 0.6 * cell, (column + 0.3) * cell, (row + 0.8) * cell);
      }
  return end (cr, name);
}

static void
test_sudoku (void)
{
  static const char text[] = "5 3 . . 7 . . . .\n6 . . 1 9 5 . . .\n. 9 8 . . . . 6 .\n"
                             "8 . . . 6 . . . 3\n4 . . 8 . 3 . . 1\n7 . . . 2 . . . 6\n"
                             ". 6 . . . . 2 8 .\n. . . 4 1 9 . . 5\n. . . . 8 . . 7 9";

  for (guint i = 0; i < 3; i++)
    {
      const char *path = draw_sudoku (text, i == 0 ? 80 : 50, 0.02 * i, "sudoku.png");
      g_autoptr (CliRun) run = cli_run ("recognize", path, NULL);
      g_autoptr (CliRun) table = cli_run ("recognize", "--csv", path, NULL);
      g_autofree char *read = NULL, *row = g_strdup_printf ("\r\n%s,4,9,3,", path);

      g_test_message ("%s", run->out);
      cli_assert_ok (run);
      read = read_lines (run, path);
      g_assert_cmpstr (read, ==, text);
      g_assert_nonnull (strstr (table->out, row));
    }
}

/* A page that lies on its side is read when it is turned. */
static void
test_rotate (void)
{
  static const char text[] = "2036 4875\n917\n60 2 53 8";
  g_autoptr (CliRun) wrong = cli_run ("recognize", "--rotate", "45", "page.png", NULL);

  for (guint quarter = 1; quarter <= 3; quarter++)
    {
      const char *upright = draw_page (text, PAPER_CLEAN, "upright.png"), *path;
      g_autofree char *degrees = g_strdup_printf ("--rotate=%u", 360 - 90 * quarter);
      cairo_surface_t *page = cairo_image_surface_create_from_png (upright);
      const int width = cairo_image_surface_get_width (page);
      const int height = cairo_image_surface_get_height (page);
      cairo_t *cr = quarter == 2 ? begin (width, height) : begin (height, width);
      g_autoptr (CliRun) run = NULL;
      g_autofree char *read = NULL;

      /* Turned clockwise by some quarters. */
      cairo_translate (cr,
                       quarter == 1 ? height :
                       quarter == 2 ? width :
                                      0,
                       quarter == 1 ? 0 :
                       quarter == 2 ? height :
                                      width);
      cairo_rotate (cr, quarter * G_PI / 2);
      cairo_set_source_surface (cr, page, 0, 0);
      cairo_paint (cr);
      cairo_surface_destroy (page);
      path = end (cr, "turned.png");
      run = cli_run ("recognize", degrees, path, NULL);
      cli_assert_ok (run);
      read = read_lines (run, path);
      g_assert_cmpstr (read, ==, text);
    }
  cli_assert_error (wrong, 2, "--rotate takes 90, 180 or 270");
}

/* A page that is too much says so, and the other files are read. */
static void
test_too_much (void)
{
  const char *number = draw_page ("64", PAPER_CLEAN, "number.png");
  cairo_t *cr = begin (1000, 1000);
  const char *path;
  g_autoptr (CliRun) run = NULL;

  for (guint row = 0; row < 36; row++)
    for (guint column = 0; column < 36; column++)
      {
        cairo_set_source_rgb (cr, 0, 0, 0);
        cairo_set_line_width (cr, 2);
        cairo_arc (cr, 30 + 26 * column, 40 + 26 * row, 6, 0, 2 * G_PI);
        cairo_stroke (cr);
      }
  path = end (cr, "much.png");
  run = cli_run ("recognize", path, number, NULL);
  g_assert_cmpint (run->status, ==, 1);
  g_assert_nonnull (strstr (run->err, "much.png"));
  g_assert_nonnull (strstr (run->err, "1296 parts"));
  g_assert_nonnull (strstr (run->err, "crop"));
  g_assert_nonnull (strstr (run->out, "number.png[0]: 64 "));
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/pages/papers", test_papers);
  g_test_add_func ("/cli/pages/json", test_json);
  g_test_add_func ("/cli/pages/csv", test_csv);
  g_test_add_func ("/cli/pages/sudoku", test_sudoku);
  g_test_add_func ("/cli/pages/rotate", test_rotate);
  g_test_add_func ("/cli/pages/too-much", test_too_much);
  return cli_fixture_end ();
}
