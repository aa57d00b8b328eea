/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Blobs of ink: the same drawing bit for bit, and what is damaged is refused. */

#include <string.h>

#include "ink-blob.h"
#include "ink-test.h"

static void
test_round_trip (void)
{
  g_autoptr (InkStroke) first = ink_stroke_new (12.345f);
  g_autoptr (InkStroke) dot = ink_stroke_new (0.1f);
  InkStroke *strokes[] = { first, dot };
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) again = NULL;
  g_autoptr (GBytes) bytes = NULL, bytes_again = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    ink_stroke_append (first, (InkPoint){ 1.0f / (float) (i + 3), -1e-30f * (float) i,
                                          (float) i / 1000.0f, 0.007f * (float) i });
  ink_stroke_append (dot, (InkPoint){ 1e30f, -0.0f, 1.0f, 3.25f });
  drawing = ink_drawing_new (strokes, 2);
  bytes = ink_blob_format (drawing);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 8 + 2 * 8 + 1001 * 16);
  again = ink_blob_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_strokes, ==, 2);
  for (guint s = 0; s < 2; s++)
    {
      const InkStroke *stroke = again->strokes[s];

      g_assert_cmpmem (&stroke->width, sizeof (float), &strokes[s]->width, sizeof (float));
      g_assert_cmpmem (stroke->points, stroke->n_points * sizeof (InkPoint), strokes[s]->points,
                       strokes[s]->n_points * sizeof (InkPoint));
    }
  bytes_again = ink_blob_format (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));
}

/* The layout, so that other machines and later versions read the same. */
static void
test_layout (void)
{
  static const guint8 expected[] = { 'I', 'n', 'k', '1', 1, 0, 0, 0,   1, 0, 0, 0,  0, 0, 0,   64,
                                     0,   0,   128, 63,  0, 0, 0, 192, 0, 0, 0, 63, 0, 0, 128, 62 };
  g_autoptr (InkStroke) stroke = ink_stroke_new (2.0f);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  gconstpointer data;

  ink_stroke_append (stroke, (InkPoint){ 1.0f, -2.0f, 0.5f, 0.25f });
  drawing = ink_drawing_new (&stroke, 1);
  bytes = ink_blob_format (drawing);
  data = g_bytes_get_data (bytes, &size);
  g_assert_cmpmem (data, size, expected, sizeof expected);
}

/* The words after the magic number are those of @words. */
static void
assert_refused (const guint32 *words, guint n, int code)
{
  g_autofree guint8 *data = g_malloc (4 + 4 * n);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (data, "Ink1", 4);
  for (guint i = 0; i < n; i++)
    {
      const guint32 little = GUINT32_TO_LE (words[i]);

      memcpy (data + 4 + 4 * i, &little, 4);
    }
  bytes = g_bytes_new (data, 4 + 4 * n);
  g_assert_null (ink_blob_parse (bytes, &error));
  g_assert_error (error, INK_ERROR, code);
}

#define WIDTH 0x3f800000
#define NOT_A_NUMBER 0x7fc00000
#define REFUSED(code, ...)                          \
  assert_refused ((const guint32[]){ __VA_ARGS__ }, \
                  G_N_ELEMENTS (((const guint32[]){ __VA_ARGS__ })), INK_ERROR_##code)

static void
test_damaged (void)
{
  REFUSED (EMPTY, 0);
  REFUSED (FORMAT, 0, 0);
  REFUSED (TRUNCATED, 1);
  REFUSED (TRUNCATED, 1, 1);
  REFUSED (TRUNCATED, 1, 1, WIDTH, 0, 0, 0);
  REFUSED (TRUNCATED, 2, 1, WIDTH, 0, 0, 0, 0);
  REFUSED (FORMAT, 1, 1, WIDTH, 0, 0, 0, 0, 0);
  REFUSED (FORMAT, 1, 0, WIDTH);
  REFUSED (FORMAT, 1, 1, NOT_A_NUMBER, 0, 0, 0, 0);
  REFUSED (FORMAT, 1, 1, WIDTH | 0x80000000, 0, 0, 0, 0);
  REFUSED (VALUE, 1, 1, WIDTH, 0, NOT_A_NUMBER, 0, 0);
  REFUSED (VALUE, 1, 1, WIDTH, 0, 0, 0, NOT_A_NUMBER);
  REFUSED (TOO_LARGE, INK_MAX_STROKES + 1);
  REFUSED (TOO_LARGE, 0xffffffff);
  REFUSED (TOO_LARGE, 1, INK_MAX_POINTS + 1, WIDTH);
  REFUSED (TOO_LARGE, 1, 0xffffffff, WIDTH);
  REFUSED (TRUNCATED, 1, INK_MAX_POINTS, WIDTH);
  /* The points of all strokes count. */
  REFUSED (TOO_LARGE, 2, 1, WIDTH, 0, 0, 0, 0, INK_MAX_POINTS, WIDTH);
}

static void
test_no_blob (void)
{
  static const char *const texts[] = { "", "Ink1", "Ink2....", "<ink/>  " };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (ink_blob_parse (bytes, &error));
      g_assert_error (error, INK_ERROR, INK_ERROR_FORMAT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/blob/round-trip", test_round_trip);
  g_test_add_func ("/ink/blob/layout", test_layout);
  g_test_add_func ("/ink/blob/damaged", test_damaged);
  g_test_add_func ("/ink/blob/no-blob", test_no_blob);
  return g_test_run ();
}
