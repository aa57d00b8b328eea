/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "ink-unipen.h"
#include "numeral-data-ink.h"
#include "numeral-generate.h"
#include "numeral-origin.h"

/* Augmented views of samples that were ink or came from the generator. */

static NnAugment
parse (const char *text)
{
  NnAugment augment;

  g_assert_true (nn_augment_from_string (text, &augment, NULL));
  return augment;
}

static double
ink_of (const guint8 *pixels)
{
  double sum = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    sum += pixels[i] / 255.0;
  return sum;
}

static InkDrawing *
seven (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (10);
  const InkPoint points[] = { { 0, 0, 0.5f, 0 }, { 100, 0, 0.5f, 0.1f }, { 40, 200, 0.5f, 0.3f } };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    ink_stroke_append (stroke, points[i]);
  return ink_drawing_new (&stroke, 1);
}

static void
draw (NnOrigin *origin, const char *text, guint64 key, guint8 *pixels)
{
  NnAugment augment = parse (text);

  origin->klass->draw (origin, &augment, key, pixels);
}

/* Without distortion a view is what the canvas would draw. */
static void
test_ink_as_it_is (void)
{
  g_autoptr (InkDrawing) drawing = seven ();
  NnOrigin *origin = numeral_origin_new_for_ink (drawing);
  float tensor[INK_TENSOR_SIZE];
  guint8 expected[INK_TENSOR_SIZE], look[INK_TENSOR_SIZE];

  ink_tensor_from_drawing (drawing, NULL, tensor);
  ink_tensor_to_pixels (tensor, expected);
  draw (origin, "none", 5, look);
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_cmpint (ABS ((int) look[i] - expected[i]), <=, 1);
  nn_origin_unref (origin);
}

static void
test_ink_looks (void)
{
  g_autoptr (InkDrawing) drawing = seven ();
  NnOrigin *origin = numeral_origin_new_for_ink (drawing);
  double thinnest = G_MAXDOUBLE, thickest = 0;
  guint8 first[INK_TENSOR_SIZE], look[INK_TENSOR_SIZE];

  draw (origin, "strong", 0, first);
  for (guint64 key = 1; key < 50; key++)
    {
      draw (origin, "strong", key, look);
      g_assert_false (memcmp (first, look, sizeof look) == 0);
      draw (origin, "stroke=1", key, look);
      thinnest = MIN (thinnest, ink_of (look));
      thickest = MAX (thickest, ink_of (look));
    }
  g_assert_cmpfloat (thickest, >, 1.5 * thinnest);
  draw (origin, "strong", 0, look);
  g_assert_cmpmem (first, sizeof first, look, sizeof look);
  nn_origin_unref (origin);
}

static double
centre_of_rows (const guint8 *pixels)
{
  double sum = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    sum += (double) pixels[i] * (i / INK_TENSOR_SIDE);
  return sum / (255 * ink_of (pixels));
}

/* Views of ink and of the generator are shifted from the centre as those of images: within the
 * whole range of the shift, and no further. */
static void
test_shift (void)
{
  g_autoptr (InkDrawing) drawing = seven ();
  NnOrigin *origins[] = { numeral_origin_new_for_ink (drawing),
                          numeral_origin_new_generated (7, INK_GENERATOR_VERSION) };

  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    {
      guint8 look[INK_TENSOR_SIZE];
      double furthest = 0;

      for (guint64 key = 0; key < 60; key++)
        {
          draw (origins[i], "strong,shift=0", key, look);
          g_assert_cmpfloat_with_epsilon (centre_of_rows (look), INK_TENSOR_CENTRE, 0.25);
          draw (origins[i], "strong,shift=2", key, look);
          g_assert_cmpfloat_with_epsilon (centre_of_rows (look), INK_TENSOR_CENTRE, 2.25);
          furthest = MAX (furthest, fabs (centre_of_rows (look) - INK_TENSOR_CENTRE));
        }
      g_assert_cmpfloat (furthest, >, 1.6);
      nn_origin_unref (origins[i]);
    }
}

/* The generator's views are new digits, never faint and never the same. */
static void
test_generated (void)
{
  for (guint digit = 0; digit < 10; digit++)
    {
      NnOrigin *origin = numeral_origin_new_generated (digit, INK_GENERATOR_VERSION);
      guint8 before[INK_TENSOR_SIZE] = { 0 }, look[INK_TENSOR_SIZE];

      for (guint64 key = 0; key < 20; key++)
        {
          draw (origin, "light", key, look);
          g_assert_cmpfloat (ink_of (look), >, 20);
          g_assert_false (memcmp (before, look, sizeof look) == 0);
          memcpy (before, look, sizeof look);
        }
      nn_origin_unref (origin);
    }
}

/* Data sets with origins have the correct ones. */
static void
test_datasets (void)
{
  static const char unipen[] = ".SEGMENT DIGIT 0 ? \"7\"\n.PEN_DOWN\n0 0\n50 0\n20 -90\n.PEN_UP\n"
                               ".SEGMENT DIGIT 1 ? \"1\"\n.PEN_DOWN\n0 0\n0 -90\n.PEN_UP\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (unipen, sizeof unipen - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) ink = NULL;
  g_autoptr (NnDataset) generated = NULL;
  gsize n_rejected;
  guint8 look[INK_TENSOR_SIZE];

  ink = numeral_data_from_unipen (bytes, &n_rejected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ink->n, ==, 2);
  for (gsize i = 0; i < ink->n; i++)
    {
      draw (ink->origins[i], "none", i, look);
      for (guint k = 0; k < INK_TENSOR_SIZE; k++)
        g_assert_cmpint (ABS ((int) look[k] - ink->pixels[i * INK_TENSOR_SIZE + k]), <=, 1);
    }

  generated = numeral_generate_digits (100, INK_GENERATOR_VERSION, 1, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < generated->n; i++)
    g_assert_true (generated->origins[i] == generated->origins[i % 10]);
  g_assert_true (generated->origins[0] != generated->origins[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/origin/ink-as-it-is", test_ink_as_it_is);
  g_test_add_func ("/engine/origin/ink-looks", test_ink_looks);
  g_test_add_func ("/engine/origin/shift", test_shift);
  g_test_add_func ("/engine/origin/generated", test_generated);
  g_test_add_func ("/engine/origin/datasets", test_datasets);
  return g_test_run ();
}
