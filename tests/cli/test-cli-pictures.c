/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <cairo.h>
#include <string.h>

#include "numeral-data.h"
#include "paper.h"
#include "repeat.h"

/* Pictures as people have them, read with the model that ships. */

/**
 * Case:
 * @ring: diameter of a ring in the middle, measured at the middle of the pen; 0 for none
 * @lines: the points of polylines, a stroke ends at -1
 * @hair: x, from y, to y of a line one pixel wide; 0 for none
 */
typedef struct
{
  const char *name;
  int width, height;
  double paper, ink, pen;
  double ring;
  double lines[24];
  double hair[3];
  const char *read;
} Case;

static const Case cases[] = {
  { "ring-16", 16, 16, 255, 0, 3, 11, { -1 }, { 0 }, "0" },
  { "ring-light", 16, 16, 0, 255, 3, 11, { -1 }, { 0 }, "0" },
  { "ring-touches", 200, 200, 255, 0, 40, 160, { -1 }, { 0 }, "0" },
  { "seven-tight", 100, 140, 255, 0, 16, 0, { 8, 8, 92, 8, 35, 132, -1 }, { 0 }, "7" },
  { "one-with-flag", 100, 140, 255, 0, 8, 0, { 20, 40, 60, 20, 60, 120, -1 }, { 0 }, "1" },
  { "one-and-seven-at-edge",
    60,
    60,
    255,
    0,
    4,
    0,
    { 15, 10, 15, 50, -1, 30, 12, 58, 12, 42, 50, -1 },
    { 0 },
    "17" },
  { "four-beside-line",
    72,
    72,
    205,
    50,
    4,
    0,
    { 38, 14, 22, 44, 54, 44, -1, 44, 30, 44, 60, -1 },
    { 4, 10, 30 },
    "4" },
};

static cairo_t *
begin (int width, int height, double paper)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, paper / 255, paper / 255, paper / 255);
  cairo_paint (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_surface_destroy (surface);
  return cr;
}

/* Writes the picture; returns its path. */
static const char *
end (cairo_t *cr, const char *name)
{
  const char *path = cli_path (name);

  g_assert_cmpint (cairo_surface_write_to_png (cairo_get_target (cr), path), ==,
                   CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return path;
}

static const char *
draw_case (const Case *what)
{
  cairo_t *cr = begin (what->width, what->height, what->paper);
  g_autofree char *name = g_strconcat (what->name, ".png", NULL);

  cairo_set_source_rgb (cr, what->ink / 255, what->ink / 255, what->ink / 255);
  cairo_set_line_width (cr, what->pen);
  if (what->ring > 0)
    cairo_arc (cr, what->width / 2.0, what->height / 2.0, what->ring / 2, 0, 2 * G_PI);
  for (guint i = 0; i < G_N_ELEMENTS (what->lines) && what->lines[i] != 0;)
    if (what->lines[i] < 0)
      {
        cairo_stroke (cr);
        i++;
      }
    else
      {
        cairo_line_to (cr, what->lines[i], what->lines[i + 1]);
        i += 2;
      }
  if (what->hair[0] > 0)
    cairo_rectangle (cr, what->hair[0], what->hair[1], 1, what->hair[2] - what->hair[1]);
  cairo_fill (cr);
  return end (cr, name);
}

/* The numbers that are read in the files, in order; "" where none is. */
static GStrv
read_all (GPtrArray *paths)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr (CliRun) run = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  g_ptr_array_add (arguments, (gpointer) "recognize");
  g_ptr_array_add (arguments, (gpointer) "--json");
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (arguments, paths->pdata[i]);
  g_ptr_array_add (arguments, NULL);
  run = cli_runv ((const char *const *) arguments->pdata);
  lines = cli_json_lines (run->out);
  g_assert_cmpuint (lines->len, ==, paths->len);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = lines->pdata[i];

      g_autofree char *text = NULL;

      if (json_object_has_member (line, "number"))
        text = g_strdup (json_object_get_string_member (line, "number"));
      else if (!json_object_get_null_member (line, "digit"))
        text = g_strdup_printf ("%d", (int) json_object_get_int_member (line, "digit"));
      g_strv_builder_add (texts, text != NULL ? text : "");
    }
  return g_strv_builder_end (texts);
}

static void
test_cases (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_auto (GStrv) read = NULL;
  gboolean right = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_ptr_array_add (paths, (gpointer) draw_case (&cases[i]));
  read = read_all (paths);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (!g_str_equal (read[i], cases[i].read))
      {
        g_test_message ("%s: read \"%s\", not \"%s\"", cases[i].name, read[i], cases[i].read);
        right = FALSE;
      }
  g_assert_true (right);
}

/* @lines: bits: a printed line along the left, right, top, bottom edge */
static const char *
draw_cell (guint digit, guint lines, const char *name)
{
  g_autoptr (InkDrawing) drawing = paper_sample_drawing (digit);
  const InkBox box = ink_drawing_box (drawing);
  const double side = 80, size = 44, inset = 3;
  const double scale = size / MAX (box.x1 - box.x0, box.y1 - box.y0);
  const double dx = (side - scale * (box.x0 + box.x1)) / 2;
  const double dy = (side - scale * (box.y0 + box.y1)) / 2;
  cairo_t *cr = begin ((int) side, (int) side, 190);

  cairo_set_source_rgb (cr, 0.25, 0.25, 0.25);
  cairo_set_line_width (cr, 3.5);
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      for (guint p = 0; p < drawing->strokes[s]->n_points; p++)
        cairo_line_to (cr, drawing->strokes[s]->points[p].x * scale + dx,
                       drawing->strokes[s]->points[p].y * scale + dy);
      cairo_stroke (cr);
    }
  /* A little askew, as in a photograph. */
  for (guint i = 0; i < 4; i++)
    if (lines >> i & 1)
      {
        const double near_edge = i % 2 == 0 ? inset : side - inset;

        cairo_set_line_width (cr, i == 0 ? 4 : 1.2);
        cairo_move_to (cr, i < 2 ? near_edge - 1 : 0, i < 2 ? 0 : near_edge - 1);
        cairo_line_to (cr, i < 2 ? near_edge + 1 : side, i < 2 ? side : near_edge + 1);
        cairo_stroke (cr);
      }
  return end (cr, name);
}

/* Printed lines at one to four edges change nothing. */
static void
test_frames (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_auto (GStrv) read = NULL;

  for (guint lines = 0; lines < 16; lines++)
    for (guint digit = 0; digit < 10; digit++)
      {
        g_autofree char *name = g_strdup_printf ("cell-%u-%u.png", lines, digit);

        g_ptr_array_add (paths, (gpointer) draw_cell (digit, lines, name));
      }
  read = read_all (paths);
  for (guint i = 0; i < paths->len; i++)
    {
      const char expected[2] = { (char) ('0' + i % 10), '\0' };

      g_test_message ("lines %u, %s: %s", i / 10, expected, read[i]);
      g_assert_cmpstr (read[i], ==, expected);
    }
}

/* A picture of MNIST cut to its ink, each pixel enlarged to @times by @times. */
static const char *
draw_cut (const guint8 *pixels, guint times, gboolean dark, const char *name)
{
  guint x0 = 28, y0 = 28, x1 = 0, y1 = 0;
  cairo_t *cr;

  for (guint y = 0; y < 28; y++)
    for (guint x = 0; x < 28; x++)
      if (pixels[y * 28 + x] > 0)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x);
          y0 = MIN (y0, y);
          y1 = MAX (y1, y);
        }
  cr = begin ((int) ((x1 - x0 + 1) * times), (int) ((y1 - y0 + 1) * times), 0);
  for (guint y = y0; y <= y1; y++)
    for (guint x = x0; x <= x1; x++)
      {
        const double value = pixels[y * 28 + x] / 255.0, gray = dark ? 1 - value : value;

        cairo_set_source_rgb (cr, gray, gray, gray);
        cairo_rectangle (cr, (x - x0) * times, (y - y0) * times, times, times);
        cairo_fill (cr);
      }
  return end (cr, name);
}

/* Digits without any paper around them are read, at every size, dark and light. */
static void
test_cut (void)
{
  static const guint times[] = { 1, 2, 3, 7, 20 };
  const char *folder = g_getenv ("NUMERAL_DATA_DIR");
  g_autofree char *mnist = folder != NULL ? g_build_filename (folder, "mnist", NULL) : NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (NnDataset) train = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) read = NULL;
  const guint n = REPEAT (60, 12);
  guint right = 0;

  if (mnist == NULL || !g_file_test (mnist, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("NUMERAL_DATA_DIR has no mnist");
      return;
    }
  train = numeral_data_load (mnist, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    for (guint t = 0; t < G_N_ELEMENTS (times); t++)
      for (guint dark = 0; dark < 2; dark++)
        {
          g_autofree char *name = g_strdup_printf ("cut-%u-%u-%u.png", i, t, dark);

          g_ptr_array_add (paths, (gpointer) draw_cut (train->pixels + (gsize) i * 784, times[t],
                                                       dark != 0, name));
        }
  read = read_all (paths);
  for (guint i = 0; i < paths->len; i++)
    right += read[i][0] == '0' + train->labels[i / (2 * G_N_ELEMENTS (times))] && !read[i][1];
  g_test_message ("%u of %u", right, paths->len);
  g_assert_cmpuint (100 * right, >=, 97 * paths->len);
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/pictures/cases", test_cases);
  g_test_add_func ("/cli/pictures/frames", test_frames);
  g_test_add_func ("/cli/pictures/cut", test_cut);
  return cli_fixture_end ();
}
