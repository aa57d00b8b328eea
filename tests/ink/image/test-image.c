/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "ink-image.h"
#include "ink-split.h"

/**
 * Picture:
 * @size: of the ink, longer side, pen included
 * @light_on_dark: the ink is lighter than the background
 * @fall: share of the light that is lost towards one corner
 * @noise: standard deviation, in greys
 * @contrast: of the ink, 0 to 1
 * @shadow: a darker part with an edge across the picture
 * @frame: a dark table at two edges of the sheet
 */
typedef struct
{
  const char *name;
  guint width, height;
  double size, pen;
  gboolean light_on_dark;
  double fall, noise, contrast;
  gboolean shadow, frame;
} Picture;

/* (transfer full): the digit, in the middle of the picture or a little beside it. */
static guint8 *
draw_picture (const InkDrawing *drawing, const Picture *picture, InkTestRandom *random)
{
  const InkBox box = ink_drawing_box (drawing);
  const double extent = MAX (box.x1 - box.x0, box.y1 - box.y0);
  const double scale = (picture->size - picture->pen) / extent;
  const gboolean room = picture->size < 0.6 * MIN (picture->width, picture->height);
  const double ox =
      picture->width * (0.5 + (room ? 0.1 : 0) * (ink_test_random_unit (random) - 0.5));
  const double oy =
      picture->height * (0.5 + (room ? 0.1 : 0) * (ink_test_random_unit (random) - 0.5));
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_A8, (int) picture->width, (int) picture->height);
  cairo_t *cr = cairo_create (surface);
  guint8 *pixels = g_new (guint8, (gsize) picture->width * picture->height);
  const guint8 *ink;
  int stride;

  cairo_set_line_width (cr, picture->pen);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < drawing->n_strokes; i++)
    for (guint j = 0; j < drawing->strokes[i]->n_points; j++)
      {
        const InkPoint *p = &drawing->strokes[i]->points[j];

        (j == 0 ? cairo_move_to : cairo_line_to) (cr, ox + (p->x - (box.x0 + box.x1) / 2) * scale,
                                                  oy + (p->y - (box.y0 + box.y1) / 2) * scale);
      }
  cairo_stroke (cr);
  cairo_surface_flush (surface);
  ink = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const double u = (double) x / picture->width, v = (double) y / picture->height;
        const double alpha = ink[(gsize) y * (gsize) stride + x] / 255.0 * picture->contrast;
        double grey = picture->light_on_dark ? 40 + 200 * alpha : 235 * (1 - alpha);
        double noise = 0;

        grey *= 1 - picture->fall * (0.7 * u + 0.3 * v * v);
        if (picture->shadow)
          grey *= 1 - 0.4 / (1 + exp (-40 * (u + 0.3 * v - 0.75)));
        if (picture->frame && (u < 0.06 || v > 0.93))
          grey = 30;
        /* Twelve uniform numbers make a normal one. */
        if (picture->noise > 0)
          for (guint k = 0; k < 12; k++)
            noise += ink_test_random_unit (random) - 0.5;
        grey += picture->noise * noise;
        pixels[(gsize) y * picture->width + x] = (guint8) CLAMP (grey + 0.5, 0, 255);
      }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return pixels;
}

/* In all conditions a picture of a digit gives nearly the tensor of its strokes. The bound allows
 * for differences at edges: the width of the pen only approximates that of the tensor. */
static void
test_pictures (void)
{
  const Picture pictures[] = {
    { "plain", 300, 300, 200, 16, FALSE, 0, 0, 1, FALSE, FALSE },
    { "light on dark", 300, 300, 200, 16, TRUE, 0, 0, 1, FALSE, FALSE },
    { "grey on grey", 300, 200, 150, 12, FALSE, 0, 0, 0.1, FALSE, FALSE },
    { "icon", 20, 20, 16, 2, FALSE, 0, 0, 1, FALSE, FALSE },
    { "icon, light on dark", 32, 32, 28, 3, TRUE, 0, 0, 1, FALSE, FALSE },
    { "thin", 500, 500, 420, 3, FALSE, 0, 0, 1, FALSE, FALSE },
    { "cropped", 204, 204, 200, 16, FALSE, 0, 3, 1, FALSE, FALSE },
    { "wide", 900, 120, 100, 8, FALSE, 0, 2, 0.8, FALSE, FALSE },
    { "scan", 600, 800, 120, 8, FALSE, 0, 4, 0.7, FALSE, FALSE },
    { "photograph", 800, 600, 250, 11, FALSE, 0.47, 6, 0.5, FALSE, FALSE },
    { "photograph, light on dark", 800, 600, 250, 11, TRUE, 0.24, 6, 0.5, FALSE, FALSE },
    { "shadow", 800, 600, 250, 11, FALSE, 0.24, 6, 0.5, TRUE, FALSE },
    { "frame", 600, 600, 270, 14, FALSE, 0.12, 4, 0.7, FALSE, TRUE },
    { "pencil", 600, 600, 300, 6, FALSE, 0.2, 4, 0.15, FALSE, FALSE },
  };
  InkTestRandom random = { 31 };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (int digit = 0; digit<10; digit += pictures[i].width> 500 ? 3 : 1)
      {
        g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
        g_autofree guint8 *pixels = draw_picture (drawing, &pictures[i], &random);
        g_autoptr (GError) error = NULL;
        float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];
        double x, y;

        ink_tensor_from_drawing (drawing, NULL, expected);
        ink_test_tensor_from_image (pixels, pictures[i].width, pictures[i].height,
                                    pictures[i].width, tensor, &error);
        g_assert_no_error (error);
        g_test_message ("%s, %d: %.4f", pictures[i].name, digit,
                        ink_test_correlation (expected, tensor));
        g_assert_cmpfloat (ink_test_correlation (expected, tensor), >, 0.95);
        ink_test_centre (tensor, &x, &y);
        g_assert_cmpfloat_with_epsilon (x, INK_TENSOR_CENTRE, 0.05);
        g_assert_cmpfloat_with_epsilon (y, INK_TENSOR_CENTRE, 0.05);
      }
}

/* A felt pen so thick that the shape suffers still gives the same digit. */
static void
test_bold (void)
{
  const Picture picture = { "bold", 200, 200, 160, 30, FALSE, 0, 0, 1, FALSE, FALSE };
  InkTestRandom random = { 32 };

  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      g_autofree guint8 *pixels = draw_picture (drawing, &picture, &random);
      float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];

      ink_tensor_from_drawing (drawing, NULL, expected);
      g_assert_true (ink_test_tensor_from_image (pixels, 200, 200, 200, tensor, NULL));
      g_assert_cmpfloat (ink_test_correlation (expected, tensor), >, 0.85);
    }
}

/* The hairlines of heavy print are read, too: a 0 with stems ten times as wide as its hairlines is
 * closed. */
static void
test_hairlines (void)
{
  const guint side = 200;
  g_autofree guint8 *pixels = g_malloc (side * side);
  float tensor[INK_TENSOR_SIZE];
  double upper = 0, lower = 0;

  memset (pixels, 255, side * side);
  for (guint y = 30; y < 170; y++)
    for (guint x = 50; x < 150; x++)
      if (x < 80 || x >= 120 || y < 33 || y >= 167)
        pixels[y * side + x] = 0;
  g_assert_true (ink_test_tensor_from_image (pixels, side, side, side, tensor, NULL));
  for (guint y = 0; y < INK_TENSOR_SIDE; y++)
    *(y < INK_TENSOR_SIDE / 2 ? &upper : &lower) +=
        (double) tensor[y * INK_TENSOR_SIDE + INK_TENSOR_SIDE / 2];
  g_assert_cmpfloat (upper, >, 0.25);
  g_assert_cmpfloat (lower, >, 0.25);
}

/* The tensor's own pixels are read as they are. */
static void
test_prepared (void)
{
  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      g_autoptr (InkImage) image = NULL;
      float tensor[INK_TENSOR_SIZE];
      guint8 pixels[INK_TENSOR_SIZE], again[INK_TENSOR_SIZE];

      ink_tensor_from_drawing (drawing, NULL, tensor);
      ink_tensor_to_pixels (tensor, pixels);
      image = ink_image_new (pixels, 28, 28, 28, NULL);
      /* One digit, of which nothing is to be taken apart. */
      g_assert_cmpuint (ink_image_get_outlines (image)->n_strokes, ==, 0);
      g_assert_true (ink_test_tensor_from_image (pixels, 28, 28, 28, tensor, NULL));
      ink_tensor_to_pixels (tensor, again);
      g_assert_cmpmem (pixels, sizeof pixels, again, sizeof again);

      /* Dark on light they are not taken unchanged, but give the same digit. */
      for (guint i = 0; i < INK_TENSOR_SIZE; i++)
        again[i] = 255 - pixels[i];
      {
        float other[INK_TENSOR_SIZE];

        g_assert_true (ink_test_tensor_from_image (again, 28, 28, 28, other, NULL));
        g_assert_cmpfloat (ink_test_correlation (tensor, other), >, 0.95);
      }
    }
}

static void
test_mnist (void)
{
  g_autoptr (GBytes) images = ink_test_data ("mnist/t10k-images-idx3-ubyte.gz");
  const guint8 *pixels;
  gsize size;

  if (images == NULL)
    return;
  pixels = g_bytes_get_data (images, &size);
  for (gsize i = 16; i < size; i += INK_TENSOR_SIZE)
    {
      float tensor[INK_TENSOR_SIZE];
      guint8 again[INK_TENSOR_SIZE];

      g_assert_true (ink_test_tensor_from_image (pixels + i, 28, 28, 28, tensor, NULL));
      ink_tensor_to_pixels (tensor, again);
      g_assert_cmpmem (pixels + i, INK_TENSOR_SIZE, again, INK_TENSOR_SIZE);
    }
}

/* (transfer full): digits of the samples side by side, each 400 high, with room between them. */
static InkDrawing *
number_drawing (const int *digits, guint n)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  double x = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (InkDrawing) digit = ink_test_digit (digits[i]);
      const InkBox box = ink_drawing_box (digit);
      const float scale = 400 / (box.y1 - box.y0);
      g_autoptr (InkDrawing) placed =
          ink_drawing_transform (digit, scale, (float) x - box.x0 * scale, -box.y0 * scale);

      for (guint k = 0; k < placed->n_strokes; k++)
        g_ptr_array_add (strokes, ink_stroke_ref (placed->strokes[k]));
      x += (box.x1 - box.x0) * scale + 120;
    }
  return ink_drawing_new ((InkStroke **) strokes->pdata, strokes->len);
}

/* A number in a picture is split into its digits, each of which gives nearly the tensor of its
 * strokes. */
static void
test_number (void)
{
  const Picture picture = { "number", 900, 400, 600, 14, FALSE, 0.2, 4, 0.6, FALSE, FALSE };
  const int digits[] = { 2, 0, 6 };
  InkTestRandom random = { 5 };
  g_autoptr (InkDrawing) drawing = number_drawing (digits, G_N_ELEMENTS (digits));
  g_autofree guint8 *pixels = draw_picture (drawing, &picture, &random);
  g_autoptr (InkImage) image = ink_image_new (pixels, 900, 400, 900, NULL);
  g_autoptr (GPtrArray) parts = NULL;
  float whole[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE], expected[INK_TENSOR_SIZE];
  double last = 0;

  g_assert_nonnull (image);
  g_assert_cmpuint (ink_image_get_outlines (image)->n_strokes, ==, G_N_ELEMENTS (digits));
  parts = ink_split_drawing (ink_image_get_outlines (image), NULL, NULL);
  g_assert_cmpuint (parts->len, ==, G_N_ELEMENTS (digits));
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (InkDrawing) digit = ink_test_digit (digits[i]);
      const InkBox box = ink_drawing_box (g_ptr_array_index (parts, i));

      g_assert_cmpfloat (box.x0, >, last);
      last = box.x1;
      ink_image_get_part_tensor (image, g_ptr_array_index (parts, i), tensor);
      ink_tensor_from_drawing (digit, NULL, expected);
      g_assert_cmpfloat (ink_test_correlation (expected, tensor), >, 0.95);
    }
  g_assert_cmpfloat (last, <, 900);

  /* All pieces together give the tensor of the whole, and none give nothing. */
  ink_image_get_tensor (image, whole);
  ink_image_get_part_tensor (image, ink_image_get_outlines (image), tensor);
  g_assert_cmpfloat (ink_test_difference (whole, tensor), <, 1e-6);
  ink_image_get_part_tensor (image, drawing, tensor);
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_cmpfloat (tensor[i], ==, 0);
}

/* Rows longer than the picture is wide: the padding is not read. */
static void
test_stride (void)
{
  const Picture picture = { "plain", 150, 130, 100, 8, FALSE, 0, 0, 1, FALSE, FALSE };
  InkTestRandom random = { 33 };
  g_autoptr (InkDrawing) drawing = ink_test_digit (2);
  g_autofree guint8 *pixels = draw_picture (drawing, &picture, &random);
  const gsize stride = 163;
  /* Allocate up to the last pixel only, so that ASan reports any read beyond. */
  g_autofree guint8 *padded = g_malloc (stride * 129 + 150);
  float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];

  for (gsize i = 0; i < stride * 129 + 150; i++)
    padded[i] = (guint8) ink_test_random (&random);
  for (guint y = 0; y < 130; y++)
    memcpy (padded + y * stride, pixels + y * 150, 150);
  g_assert_true (ink_test_tensor_from_image (pixels, 150, 130, 150, expected, NULL));
  g_assert_true (ink_test_tensor_from_image (padded, 150, 130, stride, tensor, NULL));
  g_assert_cmpmem (expected, sizeof expected, tensor, sizeof tensor);
}

/* Dust, and a line that runs off the sheet, are not part of the digit. */
static void
test_specks (void)
{
  const Picture picture = { "plain", 300, 300, 150, 14, FALSE, 0, 0, 1, FALSE, FALSE };
  InkTestRandom random = { 34 };
  g_autoptr (InkDrawing) drawing = ink_test_digit (3);
  g_autofree guint8 *pixels = draw_picture (drawing, &picture, &random);
  float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];

  g_assert_true (ink_test_tensor_from_image (pixels, 300, 300, 300, expected, NULL));
  for (guint i = 0; i < 10; i++)
    {
      const guint at = 20 + ink_test_random (&random) % 40 + 300 * (10 + i * 27);

      pixels[at] = pixels[at + 1] = pixels[at + 300] = pixels[at + 301] = 0;
    }
  for (guint x = 0; x < 300; x++)
    pixels[290 * 300 + x] = pixels[291 * 300 + x] = pixels[292 * 300 + x] = 0;
  g_assert_true (ink_test_tensor_from_image (pixels, 300, 300, 300, tensor, NULL));
  g_assert_cmpfloat (ink_test_correlation (expected, tensor), >, 0.99);
}

typedef double (*GreyFunc) (guint x, guint y, InkTestRandom *random);

static double
normal (InkTestRandom *random)
{
  double sum = 0;

  for (guint k = 0; k < 12; k++)
    sum += ink_test_random_unit (random) - 0.5;
  return sum;
}

static double
white (guint x, guint y, InkTestRandom *random)
{
  return 255;
}

static double
black (guint x, guint y, InkTestRandom *random)
{
  return 0;
}

static double
grain (guint x, guint y, InkTestRandom *random)
{
  return 200 + 8 * normal (random);
}

static double
strong_grain (guint x, guint y, InkTestRandom *random)
{
  return 128 + 30 * normal (random);
}

static double
static_noise (guint x, guint y, InkTestRandom *random)
{
  return 255 * ink_test_random_unit (random);
}

static double
slope (guint x, guint y, InkTestRandom *random)
{
  return 60 + 0.5 * x + 0.2 * y;
}

static double
vignette (guint x, guint y, InkTestRandom *random)
{
  return 220 - 0.002 * ((x - 120.0) * (x - 120.0) + (y - 120.0) * (y - 120.0)) +
         4 * normal (random);
}

static double
dust (guint x, guint y, InkTestRandom *random)
{
  return ink_test_random (random) % 200 == 0 ? 20 : 235;
}

static double
one_speck (guint x, guint y, InkTestRandom *random)
{
  return x == 77 && (y == 99 || y == 100) ? 0 : 235;
}

/* A picture without ink is never read as a digit. */
static void
test_nothing (void)
{
  const struct
  {
    const char *name;
    GreyFunc grey;
  } cases[] = {
    { "white", white },         { "black", black },
    { "grain", grain },         { "strong grain", strong_grain },
    { "static", static_noise }, { "slope", slope },
    { "vignette", vignette },   { "dust", dust },
    { "one speck", one_speck },
  };
  const guint side = 240;
  g_autofree guint8 *pixels = g_malloc (side * side);
  InkTestRandom random = { 35 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint round = 0; round < 3; round++)
      {
        g_autoptr (GError) error = NULL;
        float tensor[INK_TENSOR_SIZE] = { 5 };

        for (guint y = 0; y < side; y++)
          for (guint x = 0; x < side; x++)
            pixels[y * side + x] = (guint8) CLAMP (cases[i].grey (x, y, &random), 0, 255);
        g_test_message ("%s", cases[i].name);
        g_assert_false (ink_test_tensor_from_image (pixels, side, side, side, tensor, &error));
        g_assert_true (error->domain == INK_BLANK_ERROR);
        for (guint k = 0; k < INK_TENSOR_SIZE; k++)
          g_assert_cmpfloat (tensor[k], ==, 0);
      }
}

static void
test_sizes (void)
{
  const guint sizes[][2] = {
    { 0, 0 },   { 0, 5 },   { 5, 0 },   { 1, 1 },   { 1, 2 }, { 2, 1 },   { 2, 2 },   { 3, 3 },
    { 1, 300 }, { 300, 1 }, { 2, 900 }, { 900, 2 }, { 5, 7 }, { 63, 64 }, { 801, 3 },
  };
  g_autofree guint8 *pixels = g_malloc (4096);
  InkTestRandom random = { 36 };

  /* Small and narrow pictures give a finite tensor or an error, for every content. */
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint round = 0; round < 20; round++)
      {
        const guint n = sizes[i][0] * sizes[i][1];
        g_autofree guint8 *exact = g_malloc (MAX (n, 1));
        g_autoptr (GError) error = NULL;
        float tensor[INK_TENSOR_SIZE];
        gboolean read;

        for (guint k = 0; k < n; k++)
          exact[k] = ink_test_random (&random) % 8 < round % 8 ? 0 : 255;
        read = ink_test_tensor_from_image (exact, sizes[i][0], sizes[i][1], sizes[i][0], tensor,
                                           &error);
        if (!read)
          g_assert_true (error->domain == INK_BLANK_ERROR);
        for (guint k = 0; k < INK_TENSOR_SIZE; k++)
          {
            g_assert_cmpfloat (tensor[k], >=, 0);
            g_assert_cmpfloat (tensor[k], <=, 1);
          }
      }
}

static void
test_too_large (void)
{
  const guint8 pixel = 0;
  const guint sizes[][2] = {
    { INK_IMAGE_MAX_SIDE + 1, 1 },
    { 1, INK_IMAGE_MAX_SIDE + 1 },
    { G_MAXUINT, G_MAXUINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      float tensor[INK_TENSOR_SIZE];

      g_assert_false (ink_test_tensor_from_image (&pixel, sizes[i][0], sizes[i][1], sizes[i][0],
                                                  tensor, &error));
      g_assert_error (error, INK_ERROR, INK_ERROR_TOO_LARGE);
    }
}

/* As large as allowed in one direction, with a digit in it. */
static void
test_long (void)
{
  const Picture picture = {
    "long", INK_IMAGE_MAX_SIDE, 400, 390, 60, FALSE, 0, 0, 1, FALSE, FALSE
  };
  InkTestRandom random = { 37 };
  g_autoptr (InkDrawing) drawing = ink_test_digit (7);
  g_autofree guint8 *pixels = draw_picture (drawing, &picture, &random);
  float tensor[INK_TENSOR_SIZE];
  double x, y;

  g_assert_true (
      ink_test_tensor_from_image (pixels, picture.width, 400, picture.width, tensor, NULL));
  ink_test_centre (tensor, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, INK_TENSOR_CENTRE, 0.05);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/image/pictures", test_pictures);
  g_test_add_func ("/ink/image/bold", test_bold);
  g_test_add_func ("/ink/image/hairlines", test_hairlines);
  g_test_add_func ("/ink/image/prepared", test_prepared);
  g_test_add_func ("/ink/image/mnist", test_mnist);
  g_test_add_func ("/ink/image/number", test_number);
  g_test_add_func ("/ink/image/stride", test_stride);
  g_test_add_func ("/ink/image/specks", test_specks);
  g_test_add_func ("/ink/image/nothing", test_nothing);
  g_test_add_func ("/ink/image/sizes", test_sizes);
  g_test_add_func ("/ink/image/too-large", test_too_large);
  g_test_add_func ("/ink/image/long", test_long);
  return g_test_run ();
}
