/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <math.h>

#include "ink-unipen.h"

/* Cairo rounds coordinates to 1/256 of a pixel, so that the last digits of a coordinate can tip a
 * pixel of an edge by a grey of 255. That of the 784 pixels no more than ten do is a mean of about
 * a hundredth of a grey. */
#define SAME_DIFFERENCE (10.0 / INK_TENSOR_SIZE / 255)
#define SAME_CORRELATION 0.99999

/* Cairo has 15 rows to a pixel: an edge across is exact to half of one. */
#define ROW (1.0 / 15)

static double
ink_of (const float *tensor)
{
  double sum = 0.0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    sum += tensor[i];
  return sum;
}

/* The number of columns (or rows) from the first to the last with ink. */
static void
extents (const float *tensor, guint *width, guint *height)
{
  guint x0 = INK_TENSOR_SIDE, x1 = 0, y0 = INK_TENSOR_SIDE, y1 = 0;

  for (guint y = 0; y < INK_TENSOR_SIDE; y++)
    for (guint x = 0; x < INK_TENSOR_SIDE; x++)
      if (tensor[y * INK_TENSOR_SIDE + x] > 0.02f)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x);
          y0 = MIN (y0, y);
          y1 = MAX (y1, y);
        }
  *width = x1 - x0 + 1;
  *height = y1 - y0 + 1;
}

/* A twentieth of a pixel: MNIST's own images are off by up to ten times as much. */
static void
assert_centred (const float *tensor)
{
  double x, y;

  ink_test_centre (tensor, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, INK_TENSOR_CENTRE, 0.05);
  g_assert_cmpfloat_with_epsilon (y, INK_TENSOR_CENTRE, 0.05);
}

static void
assert_same (const float *a, const float *b)
{
  g_assert_cmpfloat (ink_test_difference (a, b), <, SAME_DIFFERENCE);
  g_assert_cmpfloat (ink_test_correlation (a, b), >, SAME_CORRELATION);
}

static InkDrawing *
with_width (const InkDrawing *drawing, float width)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      InkStroke *stroke = ink_stroke_copy (drawing->strokes[i]);

      stroke->width = width;
      g_ptr_array_add (strokes, stroke);
    }
  return ink_drawing_new ((InkStroke **) strokes->pdata, strokes->len);
}

static void
test_empty (void)
{
  g_autoptr (InkDrawing) drawing = ink_drawing_new_empty ();
  float tensor[INK_TENSOR_SIZE];

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    tensor[i] = 7;
  g_assert_false (ink_tensor_from_drawing (drawing, NULL, tensor));
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_cmpfloat (tensor[i], ==, 0);
}

/* Off-centre, tiny, huge, thin and thick: the same tensor. */
static void
test_same_for_every_size (void)
{
  const struct
  {
    float scale, dx, dy, width;
  } cases[] = {
    { 1, 300, 0, 20 },    { 1, -1000, 2000, 20 },    { 0.02f, 0, 0, 0.4f }, { 0.05f, 390, 390, 1 },
    { 30, 0, 0, 600 },    { 1000, -5e5f, 3e5f, 12 }, { 1, 0, 0, 0.1f },     { 1, 0, 0, 80 },
    { 0.1f, 7, 3, 20 },   { 1, 0.37f, 0.61f, 20 },   { 0.731f, 0, 0, 14 },  { 1e-6f, 0, 0, 1e-5f },
    { 1e6f, 0, 0, 1e7f },
  };

  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];

      g_assert_true (ink_tensor_from_drawing (drawing, NULL, expected));
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr (InkDrawing) moved =
              ink_drawing_transform (drawing, cases[i].scale, cases[i].dx, cases[i].dy);
          g_autoptr (InkDrawing) thick = with_width (moved, cases[i].width);

          g_assert_true (ink_tensor_from_drawing (thick, NULL, tensor));
          assert_same (expected, tensor);
        }
    }
}

/* A mouse that reports a quarter of the points, and a canvas of whole pixels on which the digit is
 * 40 pixels high: nearly the same. The bounds are what rounding a polyline to such a raster may
 * move its edges, half a pixel of 40 and so a quarter of one of the tensor. */
static void
test_same_at_low_rate (void)
{
  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      const InkBox box = ink_drawing_box (drawing);
      const float scale = 40 / MAX (box.x1 - box.x0, box.y1 - box.y0);
      g_autoptr (GPtrArray) sparse =
          g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
      g_autoptr (GPtrArray) raster =
          g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
      g_autoptr (InkDrawing) sparse_drawing = NULL;
      g_autoptr (InkDrawing) raster_drawing = NULL;
      float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];

      for (guint i = 0; i < drawing->n_strokes; i++)
        {
          const InkStroke *stroke = drawing->strokes[i];
          InkStroke *few = ink_stroke_new (stroke->width), *round = ink_stroke_new (2);

          for (guint j = 0; j < stroke->n_points; j++)
            {
              InkPoint point = stroke->points[j];

              if (j % 4 == 0 || j + 1 == stroke->n_points)
                ink_stroke_append (few, point);
              point.x = roundf (point.x * scale);
              point.y = roundf (point.y * scale);
              ink_stroke_append (round, point);
            }
          g_ptr_array_add (sparse, few);
          g_ptr_array_add (raster, round);
        }
      sparse_drawing = ink_drawing_new ((InkStroke **) sparse->pdata, sparse->len);
      raster_drawing = ink_drawing_new ((InkStroke **) raster->pdata, raster->len);

      ink_tensor_from_drawing (drawing, NULL, expected);
      g_assert_true (ink_tensor_from_drawing (sparse_drawing, NULL, tensor));
      g_assert_cmpfloat (ink_test_correlation (expected, tensor), >, 0.98);
      g_assert_cmpfloat (ink_test_difference (expected, tensor), <, 0.02);
      g_assert_true (ink_tensor_from_drawing (raster_drawing, NULL, tensor));
      g_assert_cmpfloat (ink_test_correlation (expected, tensor), >, 0.95);
      g_assert_cmpfloat (ink_test_difference (expected, tensor), <, 0.03);
    }
}

static void
test_box_and_centre (void)
{
  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      float tensor[INK_TENSOR_SIZE];
      guint width, height;

      ink_tensor_from_drawing (drawing, NULL, tensor);
      extents (tensor, &width, &height);
      /* 20 pixels, which may lie across 21. */
      g_assert_cmpuint (MAX (width, height), >=, 20);
      g_assert_cmpuint (MAX (width, height), <=, 21);
      assert_centred (tensor);
    }
}

static void
test_aspect (void)
{
  /* A frame of 4 by 1, another of 1 by 4. */
  g_autoptr (InkDrawing) wide = INK_TEST_DRAWING (1, 0, 0, 400, 0, 400, 100, 0, 100, 0, 0);
  g_autoptr (InkDrawing) narrow = INK_TEST_DRAWING (1, 0, 0, 100, 0, 100, 400, 0, 400, 0, 0);
  const double pen = ink_tensor_style_default.pen, inner = (20 - pen) / 4 + pen;
  float a[INK_TENSOR_SIZE], b[INK_TENSOR_SIZE];
  guint width, height;

  ink_tensor_from_drawing (wide, NULL, a);
  extents (a, &width, &height);
  g_assert_cmpuint (width, >=, 20);
  g_assert_cmpuint (width, <=, 22);
  g_assert_cmpfloat_with_epsilon (height, inner, 2);
  assert_centred (a);
  ink_tensor_from_drawing (narrow, NULL, b);
  assert_centred (b);
  /* Rotated by 90 degrees they are the same, except that Cairo's horizontal steps are finer. */
  for (guint y = 0; y < INK_TENSOR_SIDE; y++)
    for (guint x = 0; x < INK_TENSOR_SIDE; x++)
      g_assert_cmpfloat_with_epsilon (a[y * INK_TENSOR_SIDE + x], b[x * INK_TENSOR_SIDE + y], 0.1);
}

static void
assert_dot (const InkDrawing *drawing)
{
  const double pen = ink_tensor_style_default.pen;
  float tensor[INK_TENSOR_SIZE];

  g_assert_true (ink_tensor_from_drawing (drawing, NULL, tensor));
  g_assert_cmpfloat_with_epsilon (ink_of (tensor), G_PI * pen * pen / 4, 0.25);
  assert_centred (tensor);
}

static void
test_dots (void)
{
  g_autoptr (InkDrawing) dot = INK_TEST_DRAWING (16, 123, 45);
  g_autoptr (InkDrawing) thin = INK_TEST_DRAWING (0.001f, -3e8f, 7e8f);
  /* A click with a small movement. */
  g_autoptr (InkDrawing) click = INK_TEST_DRAWING (16, 100, 100, 101, 100, 101, 102, 100, 101);
  g_autoptr (InkStroke) stroke = ink_test_stroke (16, (const float[]){ 5, 5 }, 1);
  InkStroke *twice[] = { stroke, stroke };
  g_autoptr (InkDrawing) double_click = ink_drawing_new (twice, 2);

  assert_dot (dot);
  assert_dot (thin);
  assert_dot (click);
  assert_dot (double_click);
}

static void
test_lines (void)
{
  const double pen = ink_tensor_style_default.pen, length = 20 - pen;
  g_autoptr (InkDrawing) across = INK_TEST_DRAWING (3, 0, 50, 100, 50);
  g_autoptr (InkDrawing) down = INK_TEST_DRAWING (3, 50, 0, 50, 100);
  g_autoptr (InkDrawing) diagonal = INK_TEST_DRAWING (3, 0, 0, 100, 100);
  g_autoptr (InkDrawing) back = INK_TEST_DRAWING (3, 0, 0, 100, 100, 0, 0);
  const double caps = G_PI * pen * pen / 4;
  float tensor[INK_TENSOR_SIZE], again[INK_TENSOR_SIZE];

  g_assert_true (ink_tensor_from_drawing (across, NULL, tensor));
  g_assert_cmpfloat_with_epsilon (ink_of (tensor), length * pen + caps, length * ROW);
  assert_centred (tensor);
  g_assert_true (ink_tensor_from_drawing (down, NULL, tensor));
  g_assert_cmpfloat_with_epsilon (ink_of (tensor), length * pen + caps, length * ROW);
  assert_centred (tensor);
  g_assert_true (ink_tensor_from_drawing (diagonal, NULL, tensor));
  g_assert_cmpfloat_with_epsilon (ink_of (tensor), length * sqrt (2) * pen + caps, length * ROW);
  assert_centred (tensor);
  /* Ink over ink adds no ink. */
  g_assert_true (ink_tensor_from_drawing (back, NULL, again));
  assert_same (tensor, again);
}

/* A dot beside a stroke, from an accidental second touch. */
static void
test_dot_and_stroke (void)
{
  g_autoptr (InkStroke) line = ink_test_stroke (3, (const float[]){ 0, 0, 0, 100 }, 2);
  g_autoptr (InkStroke) dot = ink_test_stroke (3, (const float[]){ 60, 50 }, 1);
  InkStroke *strokes[] = { line, dot };
  g_autoptr (InkDrawing) both = ink_drawing_new (strokes, 2);
  g_autoptr (InkDrawing) one = ink_drawing_new (strokes, 1);
  const double pen = ink_tensor_style_default.pen;
  float with[INK_TENSOR_SIZE], without[INK_TENSOR_SIZE];

  ink_tensor_from_drawing (both, NULL, with);
  ink_tensor_from_drawing (one, NULL, without);
  g_assert_cmpfloat_with_epsilon (ink_of (with) - ink_of (without), G_PI * pen * pen / 4, 0.25);
}

/* With nearly all its mass at one end, a digit in its place would reach out of the field: it stays
 * inside. */
static void
test_lopsided (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (2);
  g_autoptr (InkDrawing) drawing = NULL;
  float tensor[INK_TENSOR_SIZE];
  guint width, height;

  for (guint i = 0; i < 40; i++)
    ink_stroke_append (stroke,
                       (InkPoint){ .x = i % 2 == 0 ? 0 : 25, .y = i * 2.5f, .pressure = 0.5f });
  ink_stroke_append (stroke, (InkPoint){ .x = 25, .y = 50, .pressure = 0.5f });
  ink_stroke_append (stroke, (InkPoint){ .x = 100, .y = 50, .pressure = 0.5f });
  drawing = ink_drawing_new (&stroke, 1);
  ink_tensor_from_drawing (drawing, NULL, tensor);
  extents (tensor, &width, &height);
  g_assert_cmpuint (width, >=, 19);
  g_assert_cmpuint (width, <=, 21);
  /* The end of the long arm is a round cap inside of the field, not cut off by its edge. */
  g_assert_cmpfloat (tensor[14 * INK_TENSOR_SIDE + 27], <, 0.99);
}

static void
test_many_points (void)
{
  g_autoptr (InkDrawing) drawing = ink_test_digit (3);
  g_autoptr (InkStroke) dense = ink_stroke_new (20);
  g_autoptr (InkStroke) scribble = ink_stroke_new (20);
  g_autoptr (InkDrawing) dense_drawing = NULL;
  g_autoptr (InkDrawing) scribble_drawing = NULL;
  const InkStroke *stroke = drawing->strokes[0];
  InkTestRandom random = { 5 };
  float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];

  g_assert_cmpuint (drawing->n_strokes, ==, 1);
  for (guint j = 0; j + 1 < stroke->n_points; j++)
    for (guint k = 0; k < 300; k++)
      {
        const float t = k / 300.0f;
        const InkPoint *a = &stroke->points[j], *b = &stroke->points[j + 1];

        ink_stroke_append (dense, (InkPoint){ .x = a->x + t * (b->x - a->x),
                                              .y = a->y + t * (b->y - a->y),
                                              .pressure = 0.5f });
      }
  ink_stroke_append (dense, stroke->points[stroke->n_points - 1]);
  dense_drawing = ink_drawing_new (&dense, 1);
  ink_tensor_from_drawing (drawing, NULL, expected);
  ink_tensor_from_drawing (dense_drawing, NULL, tensor);
  g_assert_cmpuint (dense->n_points, >, 10000);
  g_assert_cmpfloat (ink_test_difference (expected, tensor), <, 0.002);
  g_assert_cmpfloat (ink_test_correlation (expected, tensor), >, 0.999);

  /* Ink at random positions: the box is full, and covers at most 21 pixels. */
  for (guint i = 0; i < 20000; i++)
    ink_stroke_append (scribble, (InkPoint){ .x = (float) ink_test_random_unit (&random),
                                             .y = (float) ink_test_random_unit (&random),
                                             .pressure = 0.5f });
  scribble->width = 0.01f;
  scribble_drawing = ink_drawing_new (&scribble, 1);
  g_assert_true (ink_tensor_from_drawing (scribble_drawing, NULL, tensor));
  g_assert_cmpfloat (ink_of (tensor), >, 380);
  g_assert_cmpfloat (ink_of (tensor), <, 21 * 21);
}

static void
test_extremes (void)
{
  g_autoptr (InkDrawing) normal = INK_TEST_DRAWING (3, -1, 0, 1, 0, 0, -1);
  g_autoptr (InkDrawing) large = INK_TEST_DRAWING (3, -3e38f, 0, 3e38f, 0, 0, -3e38f);
  g_autoptr (InkDrawing) small = INK_TEST_DRAWING (0, -1e-38f, 0, 1e-38f, 0, 0, -1e-38f);
  g_autoptr (InkDrawing) thin = with_width (normal, 0.1f);
  float expected[INK_TENSOR_SIZE], tensor[INK_TENSOR_SIZE];

  g_assert_true (ink_tensor_from_drawing (thin, NULL, expected));
  g_assert_true (ink_tensor_from_drawing (large, NULL, tensor));
  assert_same (expected, tensor);
  g_assert_true (ink_tensor_from_drawing (small, NULL, tensor));
  assert_same (expected, tensor);
}

static void
test_style (void)
{
  g_autoptr (InkDrawing) drawing = ink_test_digit (5);
  float tensor[INK_TENSOR_SIZE];
  double before = 0.0;
  guint width, height;

  for (double pen = 0.5; pen < 5; pen += 0.5)
    {
      const InkTensorStyle style = { .box = 20, .pen = pen };

      ink_tensor_from_drawing (drawing, &style, tensor);
      g_assert_cmpfloat (ink_of (tensor), >, before);
      before = ink_of (tensor);
    }
  for (guint box = 8; box <= 28; box += 4)
    {
      const InkTensorStyle style = { .box = box, .pen = 2 };

      ink_tensor_from_drawing (drawing, &style, tensor);
      extents (tensor, &width, &height);
      g_assert_cmpuint (MAX (width, height), >=, box);
      g_assert_cmpuint (MAX (width, height), <=, box + 1);
    }
}

static gpointer
draw_all_digits (gpointer data)
{
  InkDrawing **drawings = data;
  float *tensors = g_new (float, 10 * INK_TENSOR_SIZE);

  for (guint round = 0; round < 50; round++)
    for (guint i = 0; i < 10; i++)
      ink_tensor_from_drawing (drawings[i], NULL, tensors + i * INK_TENSOR_SIZE);
  return tensors;
}

static void
test_threads (void)
{
  InkDrawing *drawings[10];
  GThread *threads[4];
  g_autofree float *expected = NULL;

  for (int i = 0; i < 10; i++)
    drawings[i] = ink_test_digit (i);
  expected = draw_all_digits (drawings);
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("draw", draw_all_digits, drawings);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree float *tensors = g_thread_join (threads[i]);

      g_assert_cmpmem (tensors, 10 * INK_TENSOR_SIZE * sizeof (float), expected,
                       10 * INK_TENSOR_SIZE * sizeof (float));
    }
  for (guint i = 0; i < 10; i++)
    ink_drawing_unref (drawings[i]);
}

static void
test_pixels (void)
{
  float tensor[INK_TENSOR_SIZE] = { 0, 1, 0.5f, -1, 2, 1.4f / 255, 1.6f / 255 };
  guint8 pixels[INK_TENSOR_SIZE];
  const guint8 expected[] = { 0, 255, 128, 0, 255, 1, 2 };

  ink_tensor_to_pixels (tensor, pixels);
  g_assert_cmpmem (pixels, sizeof expected, expected, sizeof expected);
}

/* The pen's width is the one that gives as much ink as MNIST's images have. */
static void
test_as_much_ink_as_mnist (void)
{
  g_autoptr (GBytes) images = ink_test_data ("mnist/train-images-idx3-ubyte.gz");
  g_autoptr (GBytes) unipen = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  const guint8 *pixels;
  gsize size;
  double mnist = 0.0, pen = 0.0;

  if (images == NULL)
    return;
  pixels = g_bytes_get_data (images, &size);
  for (gsize i = 16; i < size; i++)
    mnist += pixels[i];
  mnist /= 255.0 * (double) ((size - 16) / INK_TENSOR_SIZE);

  unipen = ink_test_data ("pendigits/pendigits-orig.tra.unipen.gz");
  samples = ink_unipen_parse (unipen, NULL, NULL);
  g_assert_nonnull (samples);
  for (guint i = 0; i < samples->len; i += 10)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);
      float tensor[INK_TENSOR_SIZE];

      g_assert_true (ink_tensor_from_drawing (sample->drawing, NULL, tensor));
      pen += ink_of (tensor) / ((samples->len + 9) / 10);
    }
  g_assert_cmpfloat_with_epsilon (pen / mnist, 1.0, 0.03);
}

/* Each step left out does not do what the step does, and all together are the tensor. */
static void
test_steps (void)
{
  static const double small[][2] = { { 100, 100 }, { 300, 100 }, { 300, 300 }, { 140, 300 } };
  g_autoptr (InkStroke) stroke = ink_stroke_new (40);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  float all[INK_TENSOR_SIZE], whole[INK_TENSOR_SIZE], less[INK_TENSOR_SIZE];
  guint width, height;
  double x, y;

  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    ink_stroke_append (stroke, (InkPoint){ (float) small[i][0], (float) small[i][1], 0.5f, 0 });
  drawing = ink_drawing_new (&stroke, 1);
  g_assert_false (ink_tensor_from_drawing_by (empty, INK_TENSOR_ALL_STEPS, 1000, less));
  g_assert_true (ink_tensor_from_drawing (drawing, NULL, whole));
  g_assert_true (ink_tensor_from_drawing_by (drawing, INK_TENSOR_ALL_STEPS, 1000, all));
  g_assert_cmpmem (all, sizeof all, whole, sizeof whole);

  /* Unscaled, a fifth of the canvas is a fifth of the field, and still in its middle. */
  ink_tensor_from_drawing_by (drawing, INK_TENSOR_ALL_STEPS & ~INK_TENSOR_STEP_FIT, 1000, less);
  extents (less, &width, &height);
  g_assert_cmpuint (width, <=, 11);
  g_assert_cmpuint (height, <=, 11);
  assert_centred (less);

  /* The pen that the drawing has is twice as wide: 40 of 240 units of 20 pixels. */
  ink_tensor_from_drawing_by (drawing, INK_TENSOR_ALL_STEPS & ~INK_TENSOR_STEP_PEN, 1000, less);
  extents (less, &width, &height);
  g_assert_cmpuint (width, >=, 20);
  g_assert_cmpuint (width, <=, 21);
  g_assert_cmpfloat (ink_of (less), >, 1.2 * ink_of (all));
  assert_centred (less);

  /* The middle of its box is in the middle, and its mass is up on the right. */
  ink_tensor_from_drawing_by (drawing, INK_TENSOR_ALL_STEPS & ~INK_TENSOR_STEP_CENTRE, 1000, less);
  ink_test_centre (less, &x, &y);
  g_assert_cmpfloat (x, >, INK_TENSOR_CENTRE + 1);
  g_assert_cmpfloat (y, <, INK_TENSOR_CENTRE - 0.5);
  extents (less, &width, &height);
  g_assert_cmpuint (width, ==, 20);

  /* Without any step it lies where it was drawn. */
  ink_tensor_from_drawing_by (drawing, 0, 1000, less);
  ink_test_centre (less, &x, &y);
  g_assert_cmpfloat (x, <, INK_TENSOR_CENTRE / 2);
  g_assert_cmpfloat (y, <, INK_TENSOR_CENTRE / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/tensor/empty", test_empty);
  g_test_add_func ("/ink/tensor/same-for-every-size", test_same_for_every_size);
  g_test_add_func ("/ink/tensor/same-at-low-rate", test_same_at_low_rate);
  g_test_add_func ("/ink/tensor/box-and-centre", test_box_and_centre);
  g_test_add_func ("/ink/tensor/aspect", test_aspect);
  g_test_add_func ("/ink/tensor/dots", test_dots);
  g_test_add_func ("/ink/tensor/lines", test_lines);
  g_test_add_func ("/ink/tensor/dot-and-stroke", test_dot_and_stroke);
  g_test_add_func ("/ink/tensor/lopsided", test_lopsided);
  g_test_add_func ("/ink/tensor/many-points", test_many_points);
  g_test_add_func ("/ink/tensor/extremes", test_extremes);
  g_test_add_func ("/ink/tensor/style", test_style);
  g_test_add_func ("/ink/tensor/threads", test_threads);
  g_test_add_func ("/ink/tensor/pixels", test_pixels);
  g_test_add_func ("/ink/tensor/as-much-ink-as-mnist", test_as_much_ink_as_mnist);
  g_test_add_func ("/ink/tensor/steps", test_steps);
  return g_test_run ();
}
