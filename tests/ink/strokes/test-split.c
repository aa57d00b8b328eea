/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-split.h"

#include <math.h>

#include "ink-random.h"
#include "ink-test.h"
#include "ink-unipen.h"

/* Strokes of digits of height 100, x and y alternately. */
static const float one[] = { 10, 0, 8, 50, 10, 100 };
static const float seven[] = { 0, 0, 50, 0, 20, 100 };
static const float bar[] = { 10, 45, 48, 43 };
static const float hook[] = { 10, 0, 0, 60, 40, 58 };
static const float stem[] = { 48, 25, 46, 100 };
static const float body[] = { 8, 0, 5, 45, 45, 60, 40, 95, 0, 92 };
static const float flag[] = { 9, 1, 48, 0 };
static const float zero[] = { 25, 0, 0, 50, 25, 100, 50, 50, 25, 0 };

typedef struct
{
  GPtrArray *strokes;
} Page;

static Page
page_new (void)
{
  return (Page){ g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref) };
}

static void
put (Page *page, const float *xy, guint n, float dx, float dy)
{
  InkStroke *stroke = ink_test_stroke (8, xy, n);

  for (guint i = 0; i < stroke->n_points; i++)
    {
      stroke->points[i].x += dx;
      stroke->points[i].y += dy;
    }
  g_ptr_array_add (page->strokes, stroke);
}
#define PUT(page, xy, dx, dy) put (page, xy, G_N_ELEMENTS (xy) / 2, dx, dy)

static InkDrawing *
page_end (Page *page)
{
  InkDrawing *drawing =
      ink_drawing_new ((InkStroke *const *) page->strokes->pdata, page->strokes->len);

  g_ptr_array_unref (page->strokes);
  return drawing;
}

/* Invariant of every split: each stroke is in one part, in its old order. */
static void
assert_partition (const InkDrawing *drawing, GPtrArray *parts)
{
  guint n = 0;

  g_assert_cmpuint (parts->len, <=, INK_SPLIT_MAX_PARTS);
  for (guint p = 0; p < parts->len; p++)
    {
      const InkDrawing *part = g_ptr_array_index (parts, p);
      guint at = 0;

      g_assert_cmpuint (part->n_strokes, >, 0);
      for (guint i = 0; i < part->n_strokes; i++)
        {
          while (at < drawing->n_strokes && drawing->strokes[at] != part->strokes[i])
            at++;
          g_assert_cmpuint (at++, <, drawing->n_strokes);
        }
      n += part->n_strokes;
    }
  g_assert_cmpuint (n, ==, drawing->n_strokes);
  for (guint p = 0; p < parts->len; p++)
    for (guint q = p + 1; q < parts->len; q++)
      for (guint i = 0; i < ((InkDrawing *) parts->pdata[p])->n_strokes; i++)
        for (guint j = 0; j < ((InkDrawing *) parts->pdata[q])->n_strokes; j++)
          g_assert_true (((InkDrawing *) parts->pdata[p])->strokes[i] !=
                         ((InkDrawing *) parts->pdata[q])->strokes[j]);
}

static double
middle (const InkDrawing *drawing)
{
  const InkBox box = ink_drawing_box (drawing);

  return ((double) box.x0 + box.x1) / 2;
}

/* The number of strokes of each part, as "1 2 1". */
static void
assert_split (InkDrawing *drawing, const char *counts)
{
  g_autoptr (GPtrArray) parts = ink_split_drawing (drawing, NULL, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  assert_partition (drawing, parts);
  for (guint p = 0; p < parts->len; p++)
    g_string_append_printf (found, "%s%u", p ? " " : "",
                            ((InkDrawing *) parts->pdata[p])->n_strokes);
  g_assert_cmpstr (found->str, ==, counts);
}

static void
test_digits (void)
{
  Page page = page_new ();
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  /* 7 0 5 1, the last one written first, the bar of the 7 at the very end. */
  PUT (&page, one, 230, 2);
  PUT (&page, seven, 0, 0);
  PUT (&page, zero, 70, -3);
  PUT (&page, body, 150, 1);
  PUT (&page, flag, 150, 1);
  PUT (&page, bar, 0, 0);
  drawing = page_end (&page);
  assert_split (drawing, "2 1 2 1");
  parts = ink_split_drawing (drawing, NULL, NULL);
  for (guint i = 1; i < parts->len; i++)
    g_assert_cmpfloat (middle (parts->pdata[i - 1]), <, middle (parts->pdata[i]));
  g_assert_true (((InkDrawing *) parts->pdata[3])->strokes[0] == drawing->strokes[0]);
}

/* Strokes of one digit; the drawing itself comes back. */
static void
test_one (void)
{
  static const struct
  {
    const float *first, *second;
    guint n_first, n_second;
  } pairs[] = {
    { seven, bar, G_N_ELEMENTS (seven) / 2, G_N_ELEMENTS (bar) / 2 },
    { body, flag, G_N_ELEMENTS (body) / 2, G_N_ELEMENTS (flag) / 2 },
    { hook, stem, G_N_ELEMENTS (hook) / 2, G_N_ELEMENTS (stem) / 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      Page page = page_new ();
      g_autoptr (InkDrawing) drawing = NULL;
      g_autoptr (GPtrArray) parts = NULL;

      put (&page, pairs[i].first, pairs[i].n_first, 0, 0);
      put (&page, pairs[i].second, pairs[i].n_second, 0, 0);
      drawing = page_end (&page);
      parts = ink_split_drawing (drawing, NULL, NULL);
      g_assert_cmpuint (parts->len, ==, 1);
      g_assert_true (parts->pdata[0] == drawing);
    }
}

/* Nearly touching digits are two, at any size. */
static void
test_tight (void)
{
  for (float scale = 0.01f; scale < 200; scale *= 10)
    {
      Page page = page_new ();
      g_autoptr (InkDrawing) drawing = NULL, scaled = NULL;

      PUT (&page, zero, 0, 0);
      PUT (&page, zero, 56, 2);
      PUT (&page, seven, 112, -2);
      drawing = page_end (&page);
      scaled = ink_drawing_transform (drawing, scale, 1000, -500);
      assert_split (scaled, "1 1 1");
    }
}

static void
test_lines (void)
{
  Page page = page_new ();
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  /* The lower line was written first. */
  PUT (&page, zero, 0, 160);
  PUT (&page, seven, 90, 160);
  PUT (&page, one, 0, 0);
  PUT (&page, zero, 60, 0);
  drawing = page_end (&page);
  assert_split (drawing, "1 1 1 1");
  parts = ink_split_drawing (drawing, NULL, NULL);
  g_assert_true (((InkDrawing *) parts->pdata[0])->strokes[0] == drawing->strokes[2]);
  g_assert_true (((InkDrawing *) parts->pdata[2])->strokes[0] == drawing->strokes[0]);
}

static void
test_bounds (void)
{
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  g_autoptr (GPtrArray) nothing = ink_split_drawing (empty, NULL, NULL);

  g_assert_cmpuint (nothing->len, ==, 0);
  for (guint n = 1; n < 100; n += n < 20 ? 1 : 13)
    {
      Page page = page_new ();
      g_autoptr (InkDrawing) drawing = NULL;
      g_autoptr (GPtrArray) parts = NULL;

      for (guint i = 0; i < n; i++)
        PUT (&page, zero, 80.0f * (float) i, 0);
      drawing = page_end (&page);
      parts = ink_split_drawing (drawing, NULL, NULL);
      assert_partition (drawing, parts);
      g_assert_cmpuint (parts->len, ==, n <= INK_SPLIT_MAX_PARTS ? n : 1);
    }
}

/* Scores two strokes together as a digit, or as none. */
static double
prefer (const InkDrawing *part, gpointer user_data)
{
  const gboolean joined = *(gboolean *) user_data;

  return (part->n_strokes > 1) == joined ? 0.0 : -12.0;
}

static void
test_score (void)
{
  Page page = page_new ();
  g_autoptr (InkDrawing) drawing = NULL;

  /* A hook and a stem, or a check mark and a "1". */
  PUT (&page, hook, 0, 0);
  PUT (&page, stem, 5, -12);
  drawing = page_end (&page);
  for (gboolean joined = FALSE; joined <= TRUE; joined++)
    {
      g_autoptr (GPtrArray) parts = ink_split_drawing (drawing, prefer, &joined);

      g_assert_cmpuint (parts->len, ==, joined ? 1 : 2);
    }
}

/* Every drawing is partitioned, in finite time. */
static void
test_random (void)
{
  InkRandom random;

  ink_random_init (&random, 5, 0);
  for (guint round = 0; round < 2000; round++)
    {
      const guint n_strokes = 1 + (guint) (ink_random_uniform (&random) * 12);
      const double size = pow (10, ink_random_range (&random, -3, round % 10 == 0 ? 37 : 4));
      Page page = page_new ();
      g_autoptr (InkDrawing) drawing = NULL;
      g_autoptr (GPtrArray) parts = NULL;

      for (guint i = 0; i < n_strokes; i++)
        {
          const guint n = 1 + (guint) (ink_random_uniform (&random) * 6);
          float xy[12];

          for (guint k = 0; k < 2 * n; k++)
            xy[k] = (float) (size * ink_random_range (&random, -1, 1));
          put (&page, xy, n, (float) (size * ink_random_range (&random, 0, 6)), 0);
        }
      drawing = page_end (&page);
      parts = ink_split_drawing (drawing, NULL, NULL);
      assert_partition (drawing, parts);
    }
}

/* By geometry alone, without a score, the digits of all writers stay whole, except for a few in ten
 * thousand: a "0" that was begun twice, a "4" with a separate stem. */
static void
test_writers (void)
{
  g_autoptr (GBytes) bytes = ink_test_data ("pendigits/pendigits-orig.tra.unipen.gz");
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  guint n_split = 0;

  if (bytes == NULL)
    return;
  samples = ink_unipen_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < samples->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);
      g_autoptr (GPtrArray) parts = ink_split_drawing (sample->drawing, NULL, NULL);

      assert_partition (sample->drawing, parts);
      n_split += parts->len != 1;
    }
  g_test_message ("%u of %u digits were split", n_split, samples->len);
  g_assert_cmpuint (n_split, <=, samples->len / 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/split/digits", test_digits);
  g_test_add_func ("/ink/split/one", test_one);
  g_test_add_func ("/ink/split/tight", test_tight);
  g_test_add_func ("/ink/split/lines", test_lines);
  g_test_add_func ("/ink/split/bounds", test_bounds);
  g_test_add_func ("/ink/split/score", test_score);
  g_test_add_func ("/ink/split/random", test_random);
  g_test_add_func ("/ink/split/writers", test_writers);
  return g_test_run ();
}
