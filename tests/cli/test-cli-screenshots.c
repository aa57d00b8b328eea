/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <cairo.h>
#include <string.h>

#include "paper.h"
#include "repeat.h"

/* Screenshots with more than the digit in them, read with the model that ships: frames of windows,
 * axes and pointers are no digits. */

/* The things drawn around the digit. */
typedef enum
{
  NOTHING,
  WINDOW_WHOLE,    /* a window that fills the picture */
  WINDOW_LIGHT,    /* a window on a dark desktop, with a light title bar and buttons */
  WINDOW_DARK,     /* a dark window with a light border, the digit is light */
  WINDOW_TOOLS,    /* a title bar and a tool bar below it */
  AXES,            /* two lines with ticks */
  AXES_ARROWS,     /* two lines with arrow heads */
  AXES_CROSS,      /* they cross in the middle */
  POINTER_BLACK,   /* black with a white edge, beside the digit */
  POINTER_WHITE,   /* white with a black edge */
  POINTER_OVER,    /* black with a white edge, over a stroke */
  POINTER_OUTLINE, /* white with a black edge, over a stroke */
  N_AROUND,
} Around;

static const char *const names[N_AROUND] = {
  "nothing",       "window-whole",  "window-light", "window-dark",
  "window-tools",  "axes",          "axes-arrows",  "axes-cross",
  "pointer-black", "pointer-white", "pointer-over", "pointer-outline",
};

#define WIDTH 400
#define HEIGHT 320

static void
set_gray (cairo_t *cr, double gray)
{
  cairo_set_source_rgb (cr, gray, gray, gray);
}

static void
fill (cairo_t *cr, double gray, double x, double y, double width, double height)
{
  set_gray (cr, gray);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

static void
line (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_stroke (cr);
}

/* A title bar with a title and three buttons. */
static void
draw_title (cairo_t *cr, double bar, double ink, double x, double y, double width)
{
  fill (cr, bar, x, y, width, 30);
  set_gray (cr, ink);
  cairo_select_font_face (cr, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 13);
  cairo_move_to (cr, x + 20, y + 20);
  cairo_show_text (cr, "Untitled 1");
  cairo_set_line_width (cr, 1.5);
  line (cr, x + width - 20, y + 10, x + width - 10, y + 20);
  line (cr, x + width - 20, y + 20, x + width - 10, y + 10);
  cairo_rectangle (cr, x + width - 44, y + 10, 10, 10);
  cairo_stroke (cr);
  line (cr, x + width - 68, y + 20, x + width - 58, y + 20);
}

static void
draw_window (cairo_t *cr, Around around)
{
  switch (around)
    {
    case WINDOW_WHOLE:
      draw_title (cr, 0.85, 0.2, 0, 0, WIDTH);
      set_gray (cr, 0.5);
      cairo_set_line_width (cr, 1);
      cairo_rectangle (cr, 0.5, 0.5, WIDTH - 1, HEIGHT - 1);
      cairo_stroke (cr);
      break;
    case WINDOW_LIGHT:
      fill (cr, 0.25, 0, 0, WIDTH, HEIGHT);
      fill (cr, 1, 40, 30, WIDTH - 80, HEIGHT - 60);
      draw_title (cr, 0.92, 0.1, 40, 30, WIDTH - 80);
      break;
    case WINDOW_DARK:
      fill (cr, 0.12, 0, 0, WIDTH, HEIGHT);
      draw_title (cr, 0.2, 0.95, 0, 0, WIDTH);
      set_gray (cr, 0.4);
      cairo_set_line_width (cr, 2);
      cairo_rectangle (cr, 1, 1, WIDTH - 2, HEIGHT - 2);
      cairo_stroke (cr);
      break;
    case WINDOW_TOOLS:
      draw_title (cr, 0.3, 1, 0, 0, WIDTH);
      fill (cr, 0.94, 0, 30, WIDTH, 34);
      for (guint i = 0; i < 6; i++)
        fill (cr, 0.4, 12 + 34 * i, 38, 18, 18);
      set_gray (cr, 0.7);
      cairo_set_line_width (cr, 1);
      line (cr, 0, 64.5, WIDTH, 64.5);
      fill (cr, 0.94, WIDTH - 14, 65, 14, HEIGHT - 65);
      fill (cr, 0.6, WIDTH - 11, 80, 8, 90);
      break;
    default:
      break;
    }
}

static void
draw_axes (cairo_t *cr, Around around)
{
  set_gray (cr, 0);
  cairo_set_line_width (cr, 1);
  if (around == AXES_CROSS)
    {
      set_gray (cr, 0.45);
      line (cr, 20, 300.5, 380, 300.5);
      line (cr, 60.5, 10, 60.5, 315);
      return;
    }
  line (cr, 50.5, 15, 50.5, 290.5);
  line (cr, 50, 290.5, 385, 290.5);
  if (around == AXES_ARROWS)
    {
      cairo_move_to (cr, 385, 290.5);
      cairo_line_to (cr, 377, 286);
      cairo_line_to (cr, 377, 295);
      cairo_close_path (cr);
      cairo_move_to (cr, 50.5, 12);
      cairo_line_to (cr, 46, 20);
      cairo_line_to (cr, 55, 20);
      cairo_fill (cr);
      return;
    }
  for (double at = 40; at < 270; at += 50)
    {
      line (cr, 44, 290.5 - at, 50, 290.5 - at);
      line (cr, 50.5 + at, 290, 50.5 + at, 297);
    }
}

/* The arrow of most desktops, 12 by 19 pixels with a scale of 1. */
static void
draw_pointer (cairo_t *cr, double x, double y, double scale, gboolean black)
{
  static const double points[][2] = { { 0, 0 },      { 0, 16 },     { 3.6, 12.6 }, { 6.2, 18.6 },
                                      { 8.8, 17.4 }, { 6.3, 11.6 }, { 11.5, 11.4 } };

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  cairo_close_path (cr);
  set_gray (cr, black ? 1 : 0);
  cairo_set_line_width (cr, 2.2);
  cairo_stroke_preserve (cr);
  set_gray (cr, black ? 0 : 1);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_digit (cairo_t *cr, guint digit, double x, double y, double size)
{
  g_autoptr (InkDrawing) drawing = paper_sample_drawing (digit);
  const InkBox box = ink_drawing_box (drawing);
  const double scale = size / MAX (box.x1 - box.x0, box.y1 - box.y0);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 9);
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      for (guint p = 0; p < drawing->strokes[s]->n_points; p++)
        cairo_line_to (cr, x + (drawing->strokes[s]->points[p].x - (box.x0 + box.x1) / 2) * scale,
                       y + (drawing->strokes[s]->points[p].y - (box.y0 + box.y1) / 2) * scale);
      cairo_stroke (cr);
    }
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

/* @digit: 10 for none. Writes the picture; returns its path. */
static const char *
draw (Around around, guint digit, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH * scale),
                                                         (int) (HEIGHT * scale));
  cairo_t *cr = cairo_create (surface);
  g_autofree char *name = g_strdup_printf ("%s-%u-%g.png", names[around], digit, scale);
  const char *path = cli_path (name);

  cairo_scale (cr, scale, scale);
  set_gray (cr, 1);
  cairo_paint (cr);
  draw_window (cr, around);
  if (around >= AXES && around <= AXES_CROSS)
    draw_axes (cr, around);
  set_gray (cr, around == WINDOW_DARK ? 0.95 : 0);
  if (digit < 10)
    draw_digit (cr, digit, 210, 175, 150);
  if (around == POINTER_BLACK || around == POINTER_WHITE)
    draw_pointer (cr, 320, 200, 1, around == POINTER_BLACK);
  if (around == POINTER_OVER || around == POINTER_OUTLINE)
    draw_pointer (cr, 212, 180, 1, around == POINTER_OVER);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

/* (transfer full) (element-type JsonObject): one answer a file. */
static GPtrArray *
read_all (GPtrArray *paths)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (CliRun) run = NULL;
  GPtrArray *lines;

  g_ptr_array_add (arguments, (gpointer) "recognize");
  g_ptr_array_add (arguments, (gpointer) "--json");
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (arguments, paths->pdata[i]);
  g_ptr_array_add (arguments, NULL);
  run = cli_runv ((const char *const *) arguments->pdata);
  lines = cli_json_lines (run->out);
  g_assert_cmpuint (lines->len, ==, paths->len);
  return lines;
}

/* The digit that is read; -1 for none, -2 for anything else. */
static int
digit_of (JsonObject *line)
{
  if (!json_object_has_member (line, "digit"))
    return -2;
  if (json_object_get_null_member (line, "digit"))
    return -1;
  return (int) json_object_get_int_member (line, "digit");
}

static void
test_digits (void)
{
  /* Digits, and the scale of the screen. */
  static const struct
  {
    guint digit;
    double scale;
  } cases[] = { { 7, 1 }, { 3, 2 }, { 4, 1 }, { 0, 1 }, { 1, 1 }, { 5, 1 }, { 7, 2 } };
  const guint n = REPEAT (G_N_ELEMENTS (cases), 3);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = NULL;
  guint right[N_AROUND] = { 0 }, wrong[N_AROUND] = { 0 };
  gboolean good = TRUE;

  for (guint around = 0; around < N_AROUND; around++)
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (paths, (gpointer) draw (around, cases[i].digit, cases[i].scale));
  lines = read_all (paths);
  for (guint i = 0; i < lines->len; i++)
    {
      const guint around = i / n;
      const int digit = (int) cases[i % n].digit, read = digit_of (lines->pdata[i]);

      if (read != digit)
        g_test_message ("%s: %d", (const char *) paths->pdata[i], read);
      right[around] += read == digit;
      wrong[around] += read != digit && read != -1;
    }
  for (guint around = 0; around < N_AROUND; around++)
    {
      const gboolean over = around == POINTER_OVER || around == POINTER_OUTLINE;

      g_test_message ("%s: %u right, %u wrong", names[around], right[around], wrong[around]);
      /* A pointer over a stroke hides a part of the digit, which may be refused then. */
      good = good && wrong[around] == 0 && right[around] >= (over ? n / 2 : n);
    }
  g_assert_true (good);
}

/* Without a digit none is read, and frames, axes and pointers alone are said to be no ink. */
static void
test_empty (void)
{
  const guint n_scales = REPEAT (2, 1);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = NULL;
  gboolean good = TRUE;

  for (guint around = 0; around < POINTER_OVER; around++)
    for (guint scale = 1; scale <= n_scales; scale++)
      g_ptr_array_add (paths, (gpointer) draw (around, 10, scale));
  lines = read_all (paths);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *expected = i / n_scales == NOTHING ? "plain" : "frame";
      JsonObject *line = lines->pdata[i];
      const char *blank = json_object_has_member (line, "blank") ?
                              json_object_get_string_member (line, "blank") :
                              NULL;

      if (digit_of (line) == -1 && g_strcmp0 (blank, expected) == 0)
        continue;
      good = FALSE;
      g_test_message ("%s: %d, %s", names[i / n_scales], digit_of (line),
                      blank != NULL ? blank : "read");
    }
  g_assert_true (good);
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/screenshots/digits", test_digits);
  g_test_add_func ("/cli/screenshots/empty", test_empty);
  return cli_fixture_end ();
}
