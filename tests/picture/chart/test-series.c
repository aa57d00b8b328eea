/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "picture-series.h"

/* Beyond the second block, and no multiple of anything. */
#define LENGTH 9377

typedef struct
{
  double x[LENGTH];
  float y[LENGTH];
  PictureSeries *series;
} Data;

/* Random samples with gaps, infinities, and several at the same x. */
static Data *
data_new (GRand *random)
{
  Data *data = g_new (Data, 1);
  double x = -3;

  data->series = picture_series_new ();
  for (guint i = 0; i < LENGTH; i++)
    {
      const int kind = g_rand_int_range (random, 0, 40);

      if (kind % 3 > 0)
        x += g_rand_double (random) * (kind == 1 ? 100 : 0.01);
      data->x[i] = x;
      data->y[i] = kind == 39 ? NAN :
                   kind == 38 ? INFINITY :
                   kind == 37 ? -INFINITY :
                                (float) g_rand_double_range (random, -1, 5);
      /* A gap as long as a node of the second level, and more. */
      if (i >= 3000 && i < 3600)
        data->y[i] = NAN;
      g_assert_true (picture_series_append (data->series, x, data->y[i]));
    }
  return data;
}

static void
data_free (Data *data)
{
  picture_series_free (data->series);
  g_free (data);
}

static void
brute_span (const Data *data, gsize first, gsize end, BaseSpan *span)
{
  *span = (BaseSpan){ .min = INFINITY, .max = -INFINITY, .min_positive = INFINITY };
  for (gsize i = first; i < MIN (end, LENGTH); i++)
    if (isfinite (data->y[i]))
      {
        span->min = MIN (span->min, data->y[i]);
        span->max = MAX (span->max, data->y[i]);
        if (data->y[i] > 0)
          span->min_positive = MIN (span->min_positive, data->y[i]);
        span->sum += (double) data->y[i];
        span->count++;
      }
}

static void
assert_span (const Data *data, gsize first, gsize end)
{
  BaseSpan expected, span;

  brute_span (data, first, end, &expected);
  picture_series_span (data->series, first, end, &span);
  g_assert_cmpuint (span.count, ==, expected.count);
  g_assert_true (span.min == expected.min);
  g_assert_true (span.max == expected.max);
  g_assert_true (span.min_positive == expected.min_positive);
  g_assert_cmpfloat_with_epsilon (span.sum, expected.sum, 1e-9);
}

static void
test_envelope (void)
{
  GRand *random = g_rand_new_with_seed (7);
  Data *data = data_new (random);

  for (guint i = 0; i < 3000; i++)
    {
      const gsize a = (gsize) g_rand_int_range (random, 0, LENGTH + 1);
      const gsize b = (gsize) g_rand_int_range (random, 0, LENGTH + 1);

      assert_span (data, MIN (a, b), MAX (a, b));
      assert_span (data, a, MIN (a + b % 40, LENGTH));
    }
  assert_span (data, 0, LENGTH);
  assert_span (data, 3000, 3600);
  assert_span (data, 256, 4096);
  assert_span (data, 17, 17);
  data_free (data);
  g_rand_free (random);
}

/* While it grows, when most of the nodes are not full yet. */
static void
test_growing (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();
  BaseSpan span;
  double sum = 0;

  picture_series_span (series, 0, 0, &span);
  g_assert_cmpuint (span.count, ==, 0);
  for (guint i = 0; i < 5000; i++)
    {
      const float y = (float) ((i * 7919) % 1000);

      g_assert_true (picture_series_append (series, i, y));
      sum += (double) y;
      picture_series_span (series, 0, i + 1, &span);
      g_assert_cmpuint (span.count, ==, i + 1);
      g_assert_cmpfloat (span.sum, ==, sum);
      g_assert_cmpuint (picture_series_length (series), ==, i + 1);
    }
}

static void
test_smoothing (void)
{
  static const guint windows[] = { 0, 1, 2, 3, 10, 51, 1000, 30000 };
  GRand *random = g_rand_new_with_seed (8);
  Data *data = data_new (random);

  for (guint i = 0; i < 4000; i++)
    {
      const guint window = windows[i % G_N_ELEMENTS (windows)];
      const gsize at = (gsize) g_rand_int_range (random, 0, LENGTH);
      const gsize half = window / 2;
      BaseSpan expected;
      double mean;
      guint visited = 0;

      brute_span (data, at > half ? at - half : 0, at + half + 1, &expected);
      mean = picture_series_mean (data->series, at, at, window, &visited);
      if (expected.count == 0)
        g_assert_true (isnan (mean));
      else
        g_assert_cmpfloat_with_epsilon (mean, expected.sum / (double) expected.count, 1e-10);
      g_assert_cmpuint (visited, >, 0);
    }
  data_free (data);
  g_rand_free (random);
}

/* Sums are never subtracted: a huge value does not spoil later means. */
static void
test_after_huge (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();

  for (guint i = 0; i < 1000; i++)
    g_assert_true (picture_series_append (series, i, i < 10 ? 1e30f : 0.125f));
  g_assert_cmpfloat (picture_series_mean (series, 500, 500, 201, NULL), ==, 0.125);
}

static void
test_find (void)
{
  GRand *random = g_rand_new_with_seed (9);
  Data *data = data_new (random);
  const double end = data->x[LENGTH - 1];

  for (guint i = 0; i < 6000; i++)
    {
      /* Between samples, on them, and just beside them. */
      double x = g_rand_double_range (random, -4, end + 1);
      gsize expected = 0, nearest;

      if (i % 3 > 0)
        x = data->x[g_rand_int_range (random, 0, LENGTH)];
      if (i % 3 == 2)
        x = nextafter (x, i % 2 ? 1e9 : -1e9);
      while (expected < LENGTH && data->x[expected] < x)
        expected++;
      g_assert_cmpuint (picture_series_find (data->series, x), ==, expected);

      nearest = picture_series_nearest (data->series, x);
      g_assert_cmpuint (nearest, <, LENGTH);
      if (expected < LENGTH)
        g_assert_cmpfloat (fabs (data->x[nearest] - x), <=, data->x[expected] - x);
      if (expected > 0)
        g_assert_cmpfloat (fabs (data->x[nearest] - x), <=, x - data->x[expected - 1]);
    }
  g_assert_cmpuint (picture_series_find (data->series, -INFINITY), ==, 0);
  g_assert_cmpuint (picture_series_find (data->series, INFINITY), ==, LENGTH);
  g_assert_cmpuint (picture_series_find (data->series, NAN), ==, LENGTH);
  for (gsize i = 0; i < LENGTH; i++)
    g_assert_true (picture_series_x (data->series, i) == data->x[i]);
  data_free (data);
  g_rand_free (random);
}

/* Times with jumps, so that every first guess is wrong. */
static void
test_find_uneven (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();
  gsize i;

  for (i = 0; i < 9000; i++)
    g_assert_true (picture_series_append (series, i < 5 ? 0 : pow (1.05, (double) i), 0));
  for (i = 5; i < 9000; i++)
    g_assert_cmpuint (picture_series_find (series, pow (1.05, (double) i)), ==, i);
  g_assert_cmpuint (picture_series_find (series, 0), ==, 0);
  g_assert_cmpuint (picture_series_find (series, 1e-9), ==, 5);
}

static void
test_refused (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();

  g_assert_false (picture_series_append (series, NAN, 1));
  g_assert_false (picture_series_append (series, INFINITY, 1));
  g_assert_cmpuint (picture_series_length (series), ==, 0);
  g_assert_cmpuint (picture_series_nearest (series, 0), ==, G_MAXSIZE);
  g_assert_cmpuint (picture_series_find (series, 0), ==, 0);
  g_assert_true (picture_series_append (series, 2, NAN));
  g_assert_true (picture_series_append (series, 2, 1));
  g_assert_false (picture_series_append (series, 1.999, 1));
  g_assert_cmpuint (picture_series_length (series), ==, 2);
  g_assert_true (isnan (picture_series_y (series, 0)));
}

/* The values of others at even x: like a series with the same samples of its own, while they grow
 * and where they are cut back. */
static void
test_even (void)
{
  static const guint64 per_unit[] = { 1, 3, 7, 113, 1875, 1000003 };

  for (guint k = 0; k < G_N_ELEMENTS (per_unit); k++)
    {
      g_autoptr (BaseSeries) values = base_series_new ();
      g_autoptr (PictureSeries) even = picture_series_new_even (values, per_unit[k]);
      g_autoptr (PictureSeries) own = picture_series_new ();

      g_assert_cmpuint (picture_series_nearest (even, 1), ==, G_MAXSIZE);
      g_assert_cmpuint (picture_series_find (even, 1), ==, 0);
      for (guint i = 0; i < 5000; i++)
        {
          const float y = (float) (i * 7 % 31);

          base_series_append (values, &y, 1);
          picture_series_append (own, (double) (i + 1) / (double) per_unit[k], y);
        }
      g_assert_cmpuint (picture_series_length (even), ==, 5000);
      for (gsize i = 0; i < 5000; i++)
        {
          const double x = picture_series_x (own, i), beside = nextafter (x, i % 2 ? 1e9 : -1e9);
          const double between = x + 0.3 / (double) per_unit[k];

          g_assert_true (picture_series_x (even, i) == x);
          g_assert_true (picture_series_y (even, i) == picture_series_y (own, i));
          g_assert_cmpuint (picture_series_find (even, x), ==, i);
          g_assert_cmpuint (picture_series_find (even, beside), ==,
                            picture_series_find (own, beside));
          g_assert_cmpuint (picture_series_nearest (even, between), ==,
                            picture_series_nearest (own, between));
        }
      g_assert_cmpuint (picture_series_find (even, -INFINITY), ==, 0);
      g_assert_cmpuint (picture_series_find (even, INFINITY), ==, 5000);
      g_assert_cmpuint (picture_series_find (even, NAN), ==, 5000);
      g_assert_cmpuint (picture_series_find (even, 1e300), ==, 5000);
      base_series_truncate (values, 10);
      g_assert_cmpuint (picture_series_length (even), ==, 10);
      g_assert_cmpuint (picture_series_find (even, 1e300), ==, 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/series/envelope", test_envelope);
  g_test_add_func ("/picture/series/growing", test_growing);
  g_test_add_func ("/picture/series/smoothing", test_smoothing);
  g_test_add_func ("/picture/series/after-huge", test_after_huge);
  g_test_add_func ("/picture/series/find", test_find);
  g_test_add_func ("/picture/series/find-uneven", test_find_uneven);
  g_test_add_func ("/picture/series/refused", test_refused);
  g_test_add_func ("/picture/series/even", test_even);
  return g_test_run ();
}
