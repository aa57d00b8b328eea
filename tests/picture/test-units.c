/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-units.h"

#include <math.h>

#include "picture-voice.h"
#include "pixels.h"

#define N 7
#define COLUMNS 3
#define WIDTH 240
#define HEIGHT 300

static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 0, 0, 0, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 0.8, 0.8, 0.8, 1 },
  .paper = { 1, 1, 1, 1 },
};

static int
red (guint32 colour)
{
  return colour >> 16 & 0xff;
}

static int
blue (guint32 colour)
{
  return colour & 0xff;
}

/* Above 0 is blue, below orange, the more the stronger; 0 is nearly the paper. */
static void
test_colours (void)
{
  const float values[] = { 5, -5, 0, 1 };
  cairo_surface_t *picture = picture_unit_new (values, 1, 4, &style);
  g_autoptr (Pixels) pixels = pixels_new (40, 10);

  cairo_scale (pixels->cr, 10, 10);
  cairo_set_source_surface (pixels->cr, picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (pixels->cr), CAIRO_FILTER_NEAREST);
  cairo_paint (pixels->cr);
  g_assert_cmpint (blue (pixels_at (pixels, 5, 5)), >, 220);
  g_assert_cmpint (red (pixels_at (pixels, 5, 5)), <, 140);
  g_assert_cmpint (red (pixels_at (pixels, 15, 5)), >, 220);
  g_assert_cmpint (blue (pixels_at (pixels, 15, 5)), <, 140);
  g_assert_cmpint (red (pixels_at (pixels, 25, 5)), >, 235);
  g_assert_cmpint (red (pixels_at (pixels, 25, 5)), ==, blue (pixels_at (pixels, 25, 5)));
  g_assert_cmpint (red (pixels_at (pixels, 35, 5)), <, red (pixels_at (pixels, 25, 5)));
  g_assert_cmpint (red (pixels_at (pixels, 35, 5)), >, red (pixels_at (pixels, 5, 5)));
  cairo_surface_destroy (picture);
}

/* Values that are not finite, or all 0, are drawn as 0. */
static void
test_odd_values (void)
{
  const float values[] = { NAN, INFINITY, 0, -INFINITY };
  cairo_surface_t *picture = picture_unit_new (values, 2, 2, &style);
  g_autoptr (Pixels) pixels = pixels_new (20, 20);

  picture_unit_draw (pixels->cr, 0, 0, 20, picture, 1);
  picture_unit_draw (pixels->cr, 0, 0, 20, NULL, 1);
  for (int i = 2; i < 20; i += 5)
    g_assert_cmpint (red (pixels_at (pixels, i, i)), >, 235);
  cairo_surface_destroy (picture);
}

/* Cells are in rows, do not overlap, and are mirrored for a right-to-left layout. */
static void
test_cells (void)
{
  for (guint unit = 0; unit < N; unit++)
    {
      const PictureUnitsCell cell = picture_units_cell (WIDTH, COLUMNS, unit, FALSE);
      const PictureUnitsCell mirrored = picture_units_cell (WIDTH, COLUMNS, unit, TRUE);

      g_assert_cmpfloat (cell.x, >=, 0);
      g_assert_cmpfloat (cell.x + cell.width, <=, WIDTH + 1e-9);
      g_assert_cmpfloat (cell.y + cell.height, <, picture_units_height (WIDTH, N, COLUMNS));
      g_assert_cmpfloat_with_epsilon (mirrored.x + mirrored.width, WIDTH - cell.x, 1e-9);
      if (unit % COLUMNS > 0)
        g_assert_cmpfloat (picture_units_cell (WIDTH, COLUMNS, unit - 1, FALSE).x + cell.width, <,
                           cell.x);
      if (unit >= COLUMNS)
        g_assert_cmpfloat (picture_units_cell (WIDTH, COLUMNS, unit - COLUMNS, FALSE).y +
                               cell.height,
                           <, cell.y);
    }
  g_assert_cmpuint (picture_units_columns (360), <, picture_units_columns (800));
  g_assert_cmpuint (picture_units_columns (0), >, 0);
}

typedef struct
{
  cairo_surface_t *pictures[N];
  gboolean dead[N], off[N];
  float now[N];
  PictureUnits units;
} Scene;

static void
scene_init (Scene *scene)
{
  static const float values[] = { 1, 1, 1, 1 };

  *scene = (Scene){ .dead = { [1] = TRUE }, .off = { [2] = TRUE }, .now = { 1, 0, 1, 0.5F } };
  for (guint i = 0; i < N; i++)
    scene->pictures[i] = picture_unit_new (values, 2, 2, &style);
  scene->units =
      (PictureUnits){ N, COLUMNS, scene->pictures, scene->dead, scene->off, scene->now, 4 };
}

static void
scene_clear (Scene *scene)
{
  for (guint i = 0; i < N; i++)
    cairo_surface_destroy (scene->pictures[i]);
}

/* The dark pixels of the bar below a unit. */
static guint
measure_bar (Pixels *pixels, guint unit)
{
  const PictureUnitsCell cell = picture_units_cell (WIDTH, COLUMNS, unit, FALSE);

  return pixels_dark (pixels, (int) cell.x, (int) (cell.y + cell.height) + 4, (int) cell.width, 1);
}

static void
test_states (void)
{
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  const PictureUnitsCell dead = picture_units_cell (WIDTH, COLUMNS, 1, FALSE);
  const PictureUnitsCell off = picture_units_cell (WIDTH, COLUMNS, 2, FALSE);
  const PictureUnitsCell selected = picture_units_cell (WIDTH, COLUMNS, 4, FALSE);
  guint32 disc, frame;
  Scene scene;

  scene_init (&scene);
  picture_units_draw (pixels->cr, WIDTH, &scene.units, 0, 3, &style);
  /* Hatched: dark lines on a faint picture. */
  g_assert_cmpuint (pixels_dark (pixels, (int) dead.x, (int) dead.y, (int) dead.width, 20), >, 60);
  /* A disc about a dark symbol. */
  disc = pixels_at (pixels, (int) (off.x + off.width / 2 - 0.22 * off.width),
                    (int) (off.y + off.height / 2));
  g_assert_cmpint (red (disc), >, blue (disc) + 100);
  g_assert_cmpuint (pixels_dark (pixels, (int) (off.x + 0.3 * off.width),
                                 (int) (off.y + 0.3 * off.height), (int) (0.4 * off.width),
                                 (int) (0.4 * off.height)),
                    >, 20);
  g_assert_cmpfloat_with_epsilon (measure_bar (pixels, 0), selected.width, 2);
  g_assert_cmpuint (measure_bar (pixels, 1), ==, 0);
  g_assert_cmpuint (measure_bar (pixels, 2), ==, 0);
  g_assert_cmpfloat_with_epsilon (measure_bar (pixels, 3), selected.width / 2, 2);
  frame = pixels_at (pixels, (int) (selected.x - 1), (int) (selected.y + 10));
  g_assert_cmpint (blue (frame), >, red (frame) + 50);
  scene_clear (&scene);
}

/* Only the rows that are asked for. */
static void
test_rows (void)
{
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  const int row = (int) picture_units_row_height (WIDTH, COLUMNS);
  Scene scene;

  scene_init (&scene);
  picture_units_draw (pixels->cr, WIDTH, &scene.units, 2, 9, &style);
  g_assert_cmpuint (pixels_touched (pixels, 0, 0, WIDTH, 2 * row), ==, 0);
  g_assert_cmpuint (pixels_touched (pixels, 0, 2 * row, WIDTH / COLUMNS, row), >, 1000);
  g_assert_cmpuint (pixels_touched (pixels, WIDTH / COLUMNS + 4, 2 * row, WIDTH / 2, row), ==, 0);
  scene_clear (&scene);
}

/* For is blue and up, against is orange and down, and the largest is the longest. */
static void
test_voice (void)
{
  const float values[] = { 2, -4, 0, 1 };
  g_autoptr (Pixels) pixels = pixels_new (216, 118);

  picture_voice_draw (pixels->cr, 216, 118, values, 4, &style);
  /* Columns of 50 behind 16; the line is at 50. */
  g_assert_cmpint (blue (pixels_at (pixels, 41, 45)), >, red (pixels_at (pixels, 41, 45)) + 50);
  g_assert_cmphex (pixels_at (pixels, 41, 10), ==, 0xffffff);
  g_assert_cmphex (pixels_at (pixels, 41, 60), ==, 0xffffff);
  g_assert_cmpint (red (pixels_at (pixels, 91, 90)), >, blue (pixels_at (pixels, 91, 90)) + 50);
  g_assert_cmphex (pixels_at (pixels, 91, 40), ==, 0xffffff);
  g_assert_cmphex (pixels_at (pixels, 141, 45), ==, 0xffffff);
  g_assert_cmpint (blue (pixels_at (pixels, 191, 42)), >, red (pixels_at (pixels, 191, 42)) + 50);
  g_assert_cmphex (pixels_at (pixels, 191, 30), ==, 0xffffff);
  for (int i = 0; i < 4; i++)
    g_assert_cmpuint (pixels_dark (pixels, 20 + 50 * i, 100, 42, 18), >, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/units/colours", test_colours);
  g_test_add_func ("/picture/units/odd-values", test_odd_values);
  g_test_add_func ("/picture/units/cells", test_cells);
  g_test_add_func ("/picture/units/states", test_states);
  g_test_add_func ("/picture/units/rows", test_rows);
  g_test_add_func ("/picture/units/voice", test_voice);
  return g_test_run ();
}
