/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "ink-image.h"
#include "ink-inkml.h"

InkStroke *
ink_test_stroke (float width, const float *xy, guint n)
{
  InkStroke *stroke = ink_stroke_new (width);

  for (guint i = 0; i < n; i++)
    ink_stroke_append (stroke, (InkPoint){ .x = xy[2 * i], .y = xy[2 * i + 1], .pressure = 0.5f });
  return stroke;
}

InkDrawing *
ink_test_drawing (float width, const float *xy, guint n)
{
  g_autoptr (InkStroke) stroke = ink_test_stroke (width, xy, n);

  return ink_drawing_new (&stroke, 1);
}

GBytes *
ink_test_sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

InkDrawing *
ink_test_digit (int digit)
{
  g_autofree char *name = g_strdup_printf ("digit-%d.inkml", digit);
  g_autoptr (GBytes) bytes = ink_test_sample (name);
  g_autoptr (GError) error = NULL;
  InkDrawing *drawing = ink_inkml_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (drawing);
  return drawing;
}

GBytes *
ink_test_data (const char *name)
{
  const char *directory = g_getenv ("NUMERAL_DATA_DIR");
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) raw = NULL;
  g_autoptr (GZlibDecompressor) gunzip = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  if (directory == NULL || *directory == '\0')
    {
      g_test_skip ("NUMERAL_DATA_DIR is not set");
      return NULL;
    }
  path = g_build_filename (directory, name, NULL);
  file = g_file_new_for_path (path);
  raw = g_file_read (file, NULL, &error);
  g_assert_no_error (error);
  gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  input = g_converter_input_stream_new (G_INPUT_STREAM (raw), G_CONVERTER (gunzip));
  output = g_memory_output_stream_new_resizable ();
  g_output_stream_splice (output, input,
                          G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

void
ink_test_assert_same (const InkDrawing *a, const InkDrawing *b)
{
  g_assert_cmpuint (a->n_strokes, ==, b->n_strokes);
  for (guint i = 0; i < a->n_strokes; i++)
    {
      g_assert_cmpfloat (a->strokes[i]->width, ==, b->strokes[i]->width);
      g_assert_cmpuint (a->strokes[i]->n_points, ==, b->strokes[i]->n_points);
      for (guint j = 0; j < a->strokes[i]->n_points; j++)
        {
          g_assert_cmpfloat (a->strokes[i]->points[j].x, ==, b->strokes[i]->points[j].x);
          g_assert_cmpfloat (a->strokes[i]->points[j].y, ==, b->strokes[i]->points[j].y);
          g_assert_cmpfloat (a->strokes[i]->points[j].pressure, ==,
                             b->strokes[i]->points[j].pressure);
          g_assert_cmpfloat (a->strokes[i]->points[j].time, ==, b->strokes[i]->points[j].time);
        }
    }
}

double
ink_test_difference (const float *a, const float *b)
{
  double sum = 0.0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    sum += fabs ((double) a[i] - b[i]);
  return sum / INK_TENSOR_SIZE;
}

double
ink_test_correlation (const float *a, const float *b)
{
  double sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    {
      sum_a += a[i];
      sum_b += b[i];
    }
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    {
      const double da = a[i] - sum_a / INK_TENSOR_SIZE, db = b[i] - sum_b / INK_TENSOR_SIZE;

      aa += da * da;
      bb += db * db;
      ab += da * db;
    }
  return ab / sqrt (aa * bb);
}

void
ink_test_centre (const float *tensor, double *x, double *y)
{
  double mass = 0.0;

  *x = *y = 0.0;
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    {
      mass += tensor[i];
      *x += tensor[i] * (i % INK_TENSOR_SIDE);
      *y += tensor[i] * (double) (i / INK_TENSOR_SIDE);
    }
  *x /= mass;
  *y /= mass;
}

/* xorshift32 (Marsaglia 2003): the same inputs on every machine. */
guint32
ink_test_random (InkTestRandom *random)
{
  random->state ^= random->state << 13;
  random->state ^= random->state >> 17;
  random->state ^= random->state << 5;
  return random->state;
}

double
ink_test_random_unit (InkTestRandom *random)
{
  return ink_test_random (random) / 4294967296.0;
}

gboolean
ink_test_tensor_from_image (const guint8 *gray,
                            guint width,
                            guint height,
                            gsize stride,
                            float tensor[INK_TENSOR_SIZE],
                            GError **error)
{
  g_autoptr (InkImage) image = ink_image_new (gray, width, height, stride, error);

  memset (tensor, 0, sizeof (float) * INK_TENSOR_SIZE);
  if (image == NULL)
    return FALSE;
  ink_image_get_tensor (image, tensor);
  return TRUE;
}
