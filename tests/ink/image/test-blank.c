/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <cairo.h>
#include <string.h>

#include "ink-image.h"

/* Pictures without a digit: which kind of blank they are. */

#define SIDE 300

/**
 * Case:
 * @paper: @ink: grey levels
 * @noise: standard deviation
 * @light: greys that are lost from one corner to the other
 * @draw: (nullable): draws in black on white
 */
typedef struct
{
  const char *name;
  double paper, ink, noise, light;
  void (*draw) (cairo_t *cr);
  InkBlank kind;
} Case;

static void
draw_digit (cairo_t *cr)
{
  cairo_set_line_width (cr, 14);
  cairo_move_to (cr, 90, 70);
  cairo_line_to (cr, 200, 70);
  cairo_line_to (cr, 130, 240);
  cairo_stroke (cr);
}

/* Lines of whole pixels. */
static void
draw_lines (cairo_t *cr, guint n, const double lines[][4])
{
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_line_width (cr, 2);
  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (cr, lines[i][0], lines[i][1]);
      cairo_line_to (cr, lines[i][2], lines[i][3]);
      cairo_stroke (cr);
    }
}

static void
draw_frame (cairo_t *cr)
{
  cairo_set_line_width (cr, 3);
  cairo_rectangle (cr, 40, 40, 220, 220);
  cairo_stroke (cr);
}

static void
draw_border (cairo_t *cr)
{
  cairo_set_line_width (cr, 6);
  cairo_rectangle (cr, 3, 3, SIDE - 6, SIDE - 6);
  cairo_stroke (cr);
}

static void
draw_ruled (cairo_t *cr)
{
  static const double lines[][4] = {
    { 0, 60, SIDE, 60 }, { 0, 120, SIDE, 120 }, { 0, 180, SIDE, 180 }, { 0, 240, SIDE, 240 }
  };

  draw_lines (cr, G_N_ELEMENTS (lines), lines);
}

static void
draw_grid (cairo_t *cr)
{
  for (double at = 30; at < SIDE; at += 40)
    {
      const double lines[][4] = { { 10, at, 290, at }, { at, 10, at, 290 } };

      draw_lines (cr, G_N_ELEMENTS (lines), lines);
    }
}

static void
draw_axes (cairo_t *cr)
{
  static const double lines[][4] = { { 50, 20, 50, 250 }, { 50, 250, 280, 250 } };

  draw_lines (cr, G_N_ELEMENTS (lines), lines);
  for (double at = 20; at <= 230; at += 30)
    {
      const double ticks[][4] = { { 44, at, 50, at }, { 30 + at, 250, 30 + at, 256 } };

      draw_lines (cr, G_N_ELEMENTS (ticks), ticks);
    }
}

static void
draw_speck (cairo_t *cr)
{
  cairo_rectangle (cr, 100, 120, 2, 2);
  cairo_fill (cr);
}

static const Case cases[] = {
  { "white", 255, 255, 0, 0, NULL, INK_BLANK_PLAIN },
  { "black", 0, 0, 0, 0, NULL, INK_BLANK_PLAIN },
  { "noise", 200, 200, 8, 0, NULL, INK_BLANK_PLAIN },
  { "strong noise", 128, 128, 30, 0, NULL, INK_BLANK_PLAIN },
  { "uneven light", 200, 200, 0, 80, NULL, INK_BLANK_PLAIN },
  { "uneven light and noise", 200, 200, 4, 80, NULL, INK_BLANK_PLAIN },
  { "speck", 235, 10, 0, 0, draw_speck, INK_BLANK_PLAIN },
  { "faint", 220, 215, 0, 0, draw_digit, INK_BLANK_FAINT },
  { "faint and light", 20, 27, 0, 0, draw_digit, INK_BLANK_FAINT },
  { "faint in uneven light", 220, 213, 1, 60, draw_digit, INK_BLANK_FAINT },
  { "lost in noise", 180, 160, 20, 0, draw_digit, INK_BLANK_FAINT },
  { "frame", 240, 30, 0, 0, draw_frame, INK_BLANK_FRAME },
  { "frame, light on dark", 20, 220, 0, 0, draw_frame, INK_BLANK_FRAME },
  { "frame with noise", 220, 50, 5, 20, draw_frame, INK_BLANK_FRAME },
  { "border", 240, 30, 0, 0, draw_border, INK_BLANK_FRAME },
  { "ruled", 240, 120, 0, 0, draw_ruled, INK_BLANK_FRAME },
  { "grid", 240, 120, 0, 0, draw_grid, INK_BLANK_FRAME },
  { "axes", 255, 0, 0, 0, draw_axes, INK_BLANK_FRAME },
};

/* (transfer full): [SIDE, SIDE] */
static guint8 *
draw (const Case *what, InkTestRandom *random)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  guint8 *gray = g_malloc (SIDE * SIDE);
  gsize stride;
  const guint8 *ink;

  if (what->draw != NULL)
    what->draw (cr);
  cairo_surface_flush (surface);
  ink = cairo_image_surface_get_data (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        const double alpha = ink[y * stride + x] / 255.0;
        double value =
            what->paper + alpha * (what->ink - what->paper) - what->light * (x + 0.4 * y) / SIDE;

        /* Twelve uniform numbers make a normal one. */
        for (guint k = 0; k < 12 && what->noise > 0; k++)
          value += what->noise * (ink_test_random_unit (random) - 0.5);
        gray[y * SIDE + x] = (guint8) CLAMP (value + 0.5, 0, 255);
      }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return gray;
}

static void
test_kinds (void)
{
  InkTestRandom random = { 91 };
  gboolean right = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *gray = draw (&cases[i], &random);
      g_autoptr (GError) error = NULL;
      g_autoptr (InkImage) image = ink_image_new (gray, SIDE, SIDE, SIDE, &error);

      if (image == NULL && error->domain == INK_BLANK_ERROR && error->code == (int) cases[i].kind)
        continue;
      right = FALSE;
      g_test_message ("%s: %s, not %s", cases[i].name, image != NULL ? "read" : error->message,
                      ink_blank_get_name (cases[i].kind));
    }
  g_assert_true (right);
}

/* With more contrast or room the same digit is found. */
static void
test_seen (void)
{
  static const Case seen[] = {
    { "dark", 220, 160, 0, 0, draw_digit, INK_BLANK_FAINT },
    { "light", 20, 80, 0, 0, draw_digit, INK_BLANK_FAINT },
    { "in uneven light", 220, 160, 1, 60, draw_digit, INK_BLANK_FAINT },
  };
  InkTestRandom random = { 92 };

  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      g_autofree guint8 *gray = draw (&seen[i], &random);
      g_autoptr (GError) error = NULL;
      g_autoptr (InkImage) image = ink_image_new (gray, SIDE, SIDE, SIDE, &error);

      g_assert_no_error (error);
      g_assert_nonnull (image);
    }
}

/* Digits of straight lines are ink, however thin, and so are those that look a little like axes. */
static void
test_straight (void)
{
  static const struct
  {
    const char *name;
    double pen;
    double points[16]; /* x and y; a stroke ends at -1, all of them at 0 */
  } digits[] = {
    { "1", 3, { 150, 50, 150, 250, -1 } },
    { "1 on a line", 3, { 150, 50, 150, 250, -1, 100, 250, 200, 250, -1 } },
    { "7", 3, { 90, 50, 210, 50, 210, 250, -1 } },
    { "4", 3, { 90, 50, 90, 160, 210, 160, -1, 210, 50, 210, 250, -1 } },
    { "2", 3, { 90, 50, 210, 50, 210, 150, 90, 150, 90, 250, 210, 250, -1 } },
    { "0", 22, { 90, 50, 210, 50, 210, 250, 90, 250, 90, 40, -1 } },
    { "plus", 8, { 110, 150, 190, 150, -1, 150, 110, 150, 190, -1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
      cairo_t *cr = cairo_create (surface);
      g_autofree guint8 *gray = g_malloc (SIDE * SIDE);
      g_autoptr (GError) error = NULL;
      g_autoptr (InkImage) image = NULL;
      gsize stride;
      const guint8 *ink;

      cairo_set_line_width (cr, digits[i].pen);
      for (guint k = 0; k + 1 < G_N_ELEMENTS (digits[i].points) && digits[i].points[k] != 0;)
        if (digits[i].points[k] < 0)
          {
            cairo_stroke (cr);
            k++;
          }
        else
          {
            cairo_line_to (cr, digits[i].points[k], digits[i].points[k + 1]);
            k += 2;
          }
      cairo_stroke (cr);
      cairo_surface_flush (surface);
      ink = cairo_image_surface_get_data (surface);
      stride = (gsize) cairo_image_surface_get_stride (surface);
      for (guint k = 0; k < SIDE * SIDE; k++)
        gray[k] = 255 - ink[k / SIDE * stride + k % SIDE];
      g_test_message ("%s", digits[i].name);
      image = ink_image_new (gray, SIDE, SIDE, SIDE, &error);
      g_assert_no_error (error);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

/* Of a table with two cells, both are read. */
static void
test_cells (void)
{
  g_autofree guint8 *gray = g_malloc (SIDE * SIDE);
  g_autoptr (GError) error = NULL;
  g_autoptr (InkImage) image = NULL;
  InkBox box;

  memset (gray, 255, SIDE * SIDE);
  for (guint y = 5; y < SIDE - 5; y++)
    for (guint x = 5; x < SIDE - 5; x++)
      {
        const gboolean line = x < 7 || y < 7 || x >= SIDE - 7 || y >= SIDE - 7 || x / 2 == SIDE / 4;
        const gboolean ink = y >= 80 && y < 220 && ((x >= 70 && x < 84) || (x >= 220 && x < 234));

        if (line || ink)
          gray[y * SIDE + x] = 0;
      }
  image = ink_image_new (gray, SIDE, SIDE, SIDE, &error);
  g_assert_no_error (error);
  box = ink_drawing_box (ink_image_get_outlines (image));
  g_assert_cmpfloat (box.x0, <, 84);
  g_assert_cmpfloat (box.x1, >, 220);
}

/* Screens of random rectangles and lines give sound tensors inside of the picture, or an error. */
static void
test_random (void)
{
  InkTestRandom random = { 93 };

  for (guint round = 0; round < 100; round++)
    {
      const guint width = 90 + ink_test_random (&random) % 200;
      const guint height = 90 + ink_test_random (&random) % 200;
      const guint n = ink_test_random (&random) % 12;
      g_autofree guint8 *gray = g_malloc (width * height);
      g_autoptr (GError) error = NULL;
      g_autoptr (InkImage) image = NULL;
      float tensor[INK_TENSOR_SIZE];
      InkBox box;

      memset (gray, (int) (ink_test_random (&random) % 256), width * height);
      for (guint i = 0; i < n; i++)
        {
          const guint x0 = ink_test_random (&random) % width;
          const guint y0 = ink_test_random (&random) % height;
          const guint thin = ink_test_random (&random) % 4;
          const guint w = thin == 1 ? 2 : 1 + ink_test_random (&random) % width;
          const guint h = thin == 2 ? 2 : 1 + ink_test_random (&random) % height;
          const guint8 value = (guint8) ink_test_random (&random);

          for (guint y = y0; y < MIN (y0 + h, height); y++)
            memset (gray + y * width + x0, value, MIN (w, width - x0));
        }
      image = ink_image_new (gray, width, height, width, &error);
      if (image == NULL)
        {
          g_assert_true (error->domain == INK_BLANK_ERROR);
          continue;
        }
      ink_image_get_tensor (image, tensor);
      for (guint i = 0; i < INK_TENSOR_SIZE; i++)
        g_assert_true (tensor[i] >= 0 && tensor[i] <= 1);
      box = ink_drawing_box (ink_image_get_outlines (image));
      g_assert_true (box.x0 >= 0 && box.y0 >= 0 && box.x1 <= width && box.y1 <= height);
    }
}

static void
test_names (void)
{
  for (guint i = 0; i < INK_N_BLANKS; i++)
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (ink_blank_get_name (i), !=, ink_blank_get_name (k));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/blank/kinds", test_kinds);
  g_test_add_func ("/ink/blank/seen", test_seen);
  g_test_add_func ("/ink/blank/straight", test_straight);
  g_test_add_func ("/ink/blank/cells", test_cells);
  g_test_add_func ("/ink/blank/random", test_random);
  g_test_add_func ("/ink/blank/names", test_names);
  return g_test_run ();
}
