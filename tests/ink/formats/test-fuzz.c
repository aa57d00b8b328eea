/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <math.h>
#include <string.h>

#include "ink-image.h"
#include "ink-inkml.h"
#include "ink-unipen.h"

/* Valid files with a few random bytes changed: the parser gives an error, or a drawing that
 * satisfies all invariants of InkDrawing. The sanitizers check the memory. */

static void
mutate (GByteArray *bytes, InkTestRandom *random)
{
  static const char pieces[] = "<>&\"'/=!?#*,.-+eE0123456789XYTF \n\0\xff[]";
  const guint n = 1 + ink_test_random (random) % 6;

  for (guint i = 0; i < n && bytes->len > 0; i++)
    {
      const guint at = ink_test_random (random) % bytes->len;
      const guint wanted = 1 + ink_test_random (random) % 40;
      const guint span = MIN (wanted, bytes->len - at);

      switch (ink_test_random (random) % 6)
        {
        case 0:
          bytes->data[at] ^= (guint8) (1u << ink_test_random (random) % 8);
          break;
        case 1:
          bytes->data[at] = (guint8) pieces[ink_test_random (random) % (sizeof pieces - 1)];
          break;
        case 2:
          g_byte_array_remove_range (bytes, at, span);
          break;
        case 3:
          {
            g_autofree guint8 *copy = g_memdup2 (bytes->data + at, span);

            g_byte_array_append (bytes, copy, span);
          }
          break;
        case 4:
          memmove (bytes->data + at, bytes->data + ink_test_random (random) % (at + 1), span);
          break;
        default:
          if (ink_test_random (random) % 4 == 0)
            g_byte_array_set_size (bytes, at);
          else
            memset (bytes->data + at, '9', span);
        }
    }
}

static GBytes *
mutated (GBytes *original, InkTestRandom *random)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (original, NULL),
                       (guint) g_bytes_get_size (original));
  mutate (bytes, random);
  return g_byte_array_free_to_bytes (bytes);
}

static void
assert_sound (const InkDrawing *drawing)
{
  float tensor[INK_TENSOR_SIZE];

  g_assert_cmpuint (drawing->n_strokes, >, 0);
  g_assert_cmpuint (drawing->n_strokes, <=, INK_MAX_STROKES);
  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];

      g_assert_cmpuint (stroke->n_points, >=, 1);
      g_assert_true (isfinite (stroke->width) && stroke->width > 0);
      for (guint j = 0; j < stroke->n_points; j++)
        {
          const InkPoint *point = &stroke->points[j];

          g_assert_true (isfinite (point->x) && isfinite (point->y) && isfinite (point->time));
          g_assert_true (point->pressure >= 0 && point->pressure <= 1);
        }
    }
  g_assert_true (ink_tensor_from_drawing (drawing, NULL, tensor));
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_true (tensor[i] >= 0 && tensor[i] <= 1);
}

static void
assert_reported (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == INK_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_inkml (void)
{
  InkTestRandom random = { 1234567 };
  guint n_read = 0, n_refused = 0;

  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *name = g_strdup_printf ("digit-%u.inkml", i % 10);
      g_autoptr (GBytes) original = ink_test_sample (name);
      g_autoptr (GBytes) bytes = mutated (original, &random);
      g_autoptr (GError) error = NULL;
      g_autoptr (InkDrawing) drawing = ink_inkml_parse (bytes, &error);

      if (drawing == NULL)
        {
          assert_reported (error);
          n_refused++;
          continue;
        }
      g_assert_no_error (error);
      assert_sound (drawing);
      n_read++;
      if (i % 16 == 0)
        {
          g_autoptr (GBytes) written = ink_inkml_format (drawing);
          g_autoptr (InkDrawing) again = ink_inkml_parse (written, &error);

          g_assert_no_error (error);
          ink_test_assert_same (drawing, again);
        }
    }
  /* Both outcomes must be frequent, otherwise nothing is tested. */
  g_assert_cmpuint (n_read, >, 300);
  g_assert_cmpuint (n_refused, >, 300);
}

static void
test_unipen (void)
{
  g_autoptr (GBytes) original = ink_test_sample ("digits.unipen");
  InkTestRandom random = { 7654321 };
  guint n_read = 0, n_damaged = 0;

  /* The first digits are enough, and quicker. */
  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (original, 0, 600 + 3000 * (i % 2));
      g_autoptr (GBytes) bytes = mutated (part, &random);
      g_autoptr (GError) error = NULL;
      guint n_rejected;
      g_autoptr (GPtrArray) samples = ink_unipen_parse (bytes, &n_rejected, &error);

      if (samples == NULL)
        {
          assert_reported (error);
          n_damaged++;
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (samples->len, >, 0);
      n_read++;
      for (guint j = 0; j < samples->len; j++)
        {
          const InkSample *sample = g_ptr_array_index (samples, j);

          g_assert_cmpint (sample->label, >=, -1);
          g_assert_cmpint (sample->label, <=, 9);
          if (j % 4 == i % 4)
            assert_sound (sample->drawing);
        }
    }
  g_assert_cmpuint (n_read, >, 300);
  g_assert_cmpuint (n_damaged, >, 300);
}

/* Random bytes. */
static void
test_junk (void)
{
  InkTestRandom random = { 42 };

  for (guint i = 0; i < 3000; i++)
    {
      const guint length = ink_test_random (&random) % 300;
      guint8 *junk = g_malloc (length + 1);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL, other = NULL;
      g_autoptr (InkDrawing) drawing = NULL;
      g_autoptr (GPtrArray) samples = NULL;

      for (guint k = 0; k < length; k++)
        junk[k] = (guint8) (ink_test_random (&random) >> (i % 3 == 0 ? 25 : 24));
      bytes = g_bytes_new_take (junk, length);
      drawing = ink_inkml_parse (bytes, &error);
      g_assert_null (drawing);
      assert_reported (error);
      samples = ink_unipen_parse (bytes, NULL, &other);
      g_assert_null (samples);
      assert_reported (other);
    }
}

/* Pictures of rectangles and noise, of any size and stride. */
static void
test_image (void)
{
  InkTestRandom random = { 24 };

  for (guint i = 0; i < 400; i++)
    {
      const guint width = 1 + ink_test_random (&random) % 120;
      const guint height = 1 + ink_test_random (&random) % 120;
      const gsize stride = width + ink_test_random (&random) % 9;
      const gsize size = stride * (height - 1) + width;
      g_autofree guint8 *pixels = g_malloc (size);
      const guint grain = ink_test_random (&random) % 256;
      g_autoptr (GError) error = NULL;
      float tensor[INK_TENSOR_SIZE];
      double sum = 0.0;

      for (gsize k = 0; k < size; k++)
        pixels[k] = (guint8) (ink_test_random (&random) % (grain + 1));
      for (guint n = ink_test_random (&random) % 8; n > 0; n--)
        {
          const guint x0 = ink_test_random (&random) % width;
          const guint y0 = ink_test_random (&random) % height;
          const guint x1 = x0 + ink_test_random (&random) % (width - x0);
          const guint y1 = y0 + ink_test_random (&random) % (height - y0);
          const guint8 grey = (guint8) ink_test_random (&random);

          for (guint y = y0; y <= y1; y++)
            memset (pixels + y * stride + x0, grey, x1 - x0 + 1);
        }
      if (!ink_test_tensor_from_image (pixels, width, height, stride, tensor, &error))
        g_assert_true (error->domain == INK_BLANK_ERROR);
      for (guint k = 0; k < INK_TENSOR_SIZE; k++)
        {
          g_assert_true (tensor[k] >= 0 && tensor[k] <= 1);
          sum += tensor[k];
        }
      g_assert_true ((sum > 0) == (error == NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/fuzz/inkml", test_inkml);
  g_test_add_func ("/ink/fuzz/unipen", test_unipen);
  g_test_add_func ("/ink/fuzz/junk", test_junk);
  g_test_add_func ("/ink/fuzz/image", test_image);
  return g_test_run ();
}
