/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper.h"

#include <gio/gio.h>

#include "ink-drawing.h"
#include "ink-inkml.h"

InkDrawing *
paper_sample_drawing (guint digit)
{
  g_autofree char *path =
      g_strdup_printf ("%s/digit-%u.inkml", g_getenv ("NUMERAL_SAMPLES"), digit);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  InkDrawing *drawing;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  drawing = ink_inkml_parse (bytes, &error);
  g_assert_no_error (error);
  return drawing;
}

/* Draws a digit whose lower left corner is at (x, y). Returns its width. */
static double
draw_digit (cairo_t *cr, char digit, double size, double x, double y)
{
  g_autoptr (InkDrawing) drawing = paper_sample_drawing ((guint) (digit - '0'));
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

cairo_t *
paper_begin (int width, int height)
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
       y += paper == PAPER_RULED ? PAPER_STEP : 26)
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

cairo_t *
paper_page (const char *text, Paper paper)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const int width = 800, height = 60 + (int) (PAPER_STEP * g_strv_length (lines));
  cairo_t *cr = paper_begin (width, height);

  draw_paper (cr, paper, width, height);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      double x = 40;

      for (const char *c = lines[i]; *c != '\0'; c++)
        if (*c == ' ')
          x += 1.2 * PAPER_SIZE;
        else
          x += draw_digit (cr, *c, PAPER_SIZE * (i % 2 == 0 ? 1 : 0.8), x,
                           75 + PAPER_STEP * i + 0.03 * x) +
               0.3 * PAPER_SIZE;
    }
  if (paper == PAPER_SHADED)
    draw_shadow (cr, width, height);
  return cr;
}

cairo_t *
paper_sudoku (const char *text, double cell, double angle)
{
  const int side = (int) (9 * cell + 80);
  cairo_t *cr = paper_begin (side, side);

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
  return cr;
}

cairo_t *
paper_turn (cairo_t *cr, guint quarters)
{
  cairo_surface_t *page = cairo_get_target (cr);
  const int width = cairo_image_surface_get_width (page);
  const int height = cairo_image_surface_get_height (page);
  cairo_t *turned = quarters % 2 == 0 ? paper_begin (width, height) : paper_begin (height, width);

  cairo_translate (turned,
                   quarters == 1 ? height :
                   quarters == 2 ? width :
                                   0,
                   quarters == 2 ? height :
                   quarters == 3 ? width :
                                   0);
  cairo_rotate (turned, quarters * G_PI / 2);
  cairo_set_source_surface (turned, page, 0, 0);
  cairo_paint (turned);
  cairo_destroy (cr);
  return turned;
}

cairo_t *
paper_too_much (void)
{
  cairo_t *cr = paper_begin (1000, 1000);

  for (guint row = 0; row < 36; row++)
    for (guint column = 0; column < 36; column++)
      {
        cairo_set_source_rgb (cr, 0, 0, 0);
        cairo_set_line_width (cr, 2);
        cairo_arc (cr, 30 + 26 * column, 40 + 26 * row, 6, 0, 2 * G_PI);
        cairo_stroke (cr);
      }
  return cr;
}

void
paper_write (cairo_t *cr, const char *path)
{
  g_assert_cmpint (cairo_surface_write_to_png (cairo_get_target (cr), path), ==,
                   CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
}
