/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>

#include "picture-axis.h"
#include "picture-format.h"

#define LINEAR PICTURE_SCALE_LINEAR
#define LOG PICTURE_SCALE_LOG

static void
test_fit (void)
{
  static const struct
  {
    PictureAxis axis;
    double min, max, min_positive;
    gboolean rounded;
    double expected_min, expected_max;
  } cases[] = {
    /* As it is, and outwards to ticks. */
    { { LINEAR, NAN, NAN }, 0.13, 4.2, 0.13, FALSE, 0.13, 4.2 },
    { { LINEAR, NAN, NAN }, 0.13, 4.2, 0.13, TRUE, 0, 5 },
    { { LINEAR, NAN, 1 }, 0.913, 0.99, 0.913, TRUE, 0.9, 1 },
    { { LINEAR, 0, NAN }, 0.2, 7, 0.2, FALSE, 0, 7 },
    { { LINEAR, 2, 3 }, 0, 100, 1, TRUE, 2, 3 },
    { { LOG, NAN, NAN }, 0.013, 0.8, 0.013, FALSE, 0.013, 0.8 },
    { { LOG, NAN, NAN }, 0.013, 0.8, 0.013, TRUE, 0.01, 1 },
    { { LOG, NAN, NAN }, 0.03, 2.1, 0.03, TRUE, 0.02, 5 },
    /* Nothing. */
    { { LINEAR, NAN, NAN }, INFINITY, -INFINITY, INFINITY, TRUE, 0, 1 },
    { { LINEAR, NAN, NAN }, NAN, NAN, NAN, TRUE, 0, 1 },
    { { LOG, NAN, NAN }, INFINITY, -INFINITY, INFINITY, TRUE, 0.01, 1 },
    /* All the same. */
    { { LINEAR, NAN, NAN }, 0, 0, INFINITY, FALSE, -1, 1 },
    { { LINEAR, NAN, NAN }, 5, 5, 5, FALSE, 4.5, 5.5 },
    { { LINEAR, NAN, NAN }, -5, -5, INFINITY, FALSE, -5.5, -4.5 },
    { { LINEAR, 3, NAN }, 3, 3, 3, FALSE, 3, 4 },
    { { LINEAR, NAN, 3 }, 3, 3, 3, FALSE, 2, 3 },
    { { LOG, NAN, NAN }, 10, 10, 10, FALSE, 3.1622776601683795, 31.622776601683793 },
    /* Values that are not greater than 0 on a log axis. */
    { { LOG, NAN, NAN }, -3, 1, 0.01, FALSE, 0.01, 1 },
    { { LOG, NAN, NAN }, 0, 1, 0.01, FALSE, 0.01, 1 },
    { { LOG, NAN, NAN }, -3, -1, INFINITY, TRUE, 0.01, 1 },
    { { LOG, NAN, NAN }, 0, 0, INFINITY, TRUE, 0.01, 1 },
    { { LOG, -1, NAN }, 0.01, 1, 0.01, FALSE, 0.01, 1 },
    { { LOG, 0, 0 }, 0.01, 1, 0.01, FALSE, 0.01, 1 },
    { { LOG, NAN, NAN }, 1e-40, 1, 1e-40, FALSE, 1e-12, 1 },
    /* Ends in the wrong order. */
    { { LINEAR, 5, 2 }, 0, 1, 1, FALSE, 4.5, 5.5 },
    { { LINEAR, 5, NAN }, 0, 1, 1, FALSE, 5, 6 },
    { { LINEAR, INFINITY, NAN }, 0, 1, 1, FALSE, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PictureAxis axis = picture_axis_fit (cases[i].axis, cases[i].min, cases[i].max,
                                                 cases[i].min_positive, cases[i].rounded);

      g_test_message ("%u: %g to %g", i, axis.min, axis.max);
      g_assert_true (picture_axis_is_valid (&axis));
      g_assert_cmpfloat_with_epsilon (axis.min, cases[i].expected_min,
                                      1e-12 * fabs (cases[i].expected_min) + 1e-300);
      g_assert_cmpfloat_with_epsilon (axis.max, cases[i].expected_max,
                                      1e-12 * fabs (cases[i].expected_max) + 1e-300);
    }
}

/* Every input gives a valid axis. */
static void
test_fit_hostile (void)
{
  static const double values[] = { -1.7e308, -1e300, -1,      -1e-320, 0,        1e-320,   1e-300,
                                   1,        1e300,  1.7e308, NAN,     INFINITY, -INFINITY };
  const guint n = G_N_ELEMENTS (values);

  for (guint k = 0; k < 2 * n * n * n * n; k++)
    {
      const guint i = k / 2;
      const PictureAxis given = { k % 2 ? LOG : LINEAR, values[i % n], values[i / n % n] };
      const double min = values[i / n / n % n], max = values[i / n / n / n % n];
      const PictureAxis axis =
          picture_axis_fit (given, min, max, max > 0 ? max : (double) INFINITY, i % 5 == 0);
      PictureTicks ticks;

      g_assert_true (picture_axis_is_valid (&axis));
      picture_axis_ticks (&axis, 6, &ticks);
      g_assert_cmpuint (ticks.n, <=, 6);
    }
}

static void
assert_ticks (PictureAxis axis, guint most, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PictureTicks ticks;

  picture_axis_ticks (&axis, most, &ticks);
  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *label =
          picture_format_tick (PICTURE_FORMAT_NUMBER, ticks.values[i], ticks.step);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", label);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_ticks (void)
{
  assert_ticks ((PictureAxis){ LINEAR, 0, 5 }, 8, "0 1 2 3 4 5");
  assert_ticks ((PictureAxis){ LINEAR, 0, 5 }, 5, "0 2 4");
  assert_ticks ((PictureAxis){ LINEAR, 0, 1 }, 6, "0.0 0.2 0.4 0.6 0.8 1.0");
  assert_ticks ((PictureAxis){ LINEAR, 0, 0.3 }, 4, "0.0 0.1 0.2 0.3");
  assert_ticks ((PictureAxis){ LINEAR, -2, 2 }, 5, "\u22122 \u22121 0 1 2");
  assert_ticks ((PictureAxis){ LINEAR, 1.2, 1.25 }, 6, "1.20 1.21 1.22 1.23 1.24 1.25");
  assert_ticks ((PictureAxis){ LINEAR, 0.0009, 0.0011 }, 5,
                "0.00090 0.00095 0.00100 0.00105 0.00110");
  assert_ticks ((PictureAxis){ LINEAR, 0, 4e-5 }, 5,
                "0 10\u207b\u2075 2\u00b710\u207b\u2075 "
                "3\u00b710\u207b\u2075 4\u00b710\u207b\u2075");
  assert_ticks ((PictureAxis){ LINEAR, 0, 2e7 }, 3, "0 10\u2077 2\u00b710\u2077");
  assert_ticks ((PictureAxis){ LINEAR, 12345670, 12345690 }, 3, "12345670 12345680 12345690");
  assert_ticks ((PictureAxis){ LOG, 0.01, 1 }, 5, "0.01 0.03 0.1 0.3 1");
  assert_ticks ((PictureAxis){ LOG, 0.01, 1 }, 7, "0.01 0.02 0.05 0.1 0.2 0.5 1");
  assert_ticks ((PictureAxis){ LOG, 0.01, 1 }, 4, "0.01 0.1 1");
  assert_ticks ((PictureAxis){ LOG, 1e-6, 1 }, 4, "10\u207b\u2076 0.0001 0.01 1");
  assert_ticks ((PictureAxis){ LOG, 0.011, 0.019 }, 5, "0.012 0.014 0.016 0.018");
  assert_ticks ((PictureAxis){ LOG, NAN, 1 }, 5, "");
  assert_ticks ((PictureAxis){ LINEAR, 1, 1 }, 5, "");
}

/* On random axes the ticks are within the axis, ascending, not too many, and rarely too few. */
static void
test_ticks_random (void)
{
  GRand *random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++)
    {
      const double width = pow (10, g_rand_double_range (random, -6, 6));
      const double start = g_rand_double_range (random, -3, 3) * width;
      PictureAxis axis = { LINEAR, start, start + width };
      const guint most = (guint) g_rand_int_range (random, 4, 20);
      PictureTicks ticks;

      if (i % 2)
        axis = (PictureAxis){ LOG, pow (10, start / width * 3),
                              pow (10, start / width * 3 + g_rand_double_range (random, 0.05, 9)) };
      picture_axis_ticks (&axis, most, &ticks);
      g_assert_cmpuint (ticks.n, <=, most);
      g_assert_cmpuint (ticks.n, >=, 1);
      if (axis.scale == LINEAR)
        g_assert_cmpuint (ticks.n, >=, most / 3);
      for (guint k = 0; k < ticks.n; k++)
        {
          g_assert_cmpfloat (picture_axis_place (&axis, ticks.values[k]), >=, -1e-6);
          g_assert_cmpfloat (picture_axis_place (&axis, ticks.values[k]), <=, 1 + 1e-6);
          if (k > 0)
            g_assert_cmpfloat (ticks.values[k], >, ticks.values[k - 1]);
        }
    }
  g_rand_free (random);
}

static void
test_format (void)
{
  static const struct
  {
    PictureFormat format;
    double value;
    const char *text;
  } cases[] = {
    { PICTURE_FORMAT_NUMBER, 0.0943, "0.0943" },
    { PICTURE_FORMAT_NUMBER, 2.30259, "2.30" },
    { PICTURE_FORMAT_NUMBER, 123.4, "123" },
    { PICTURE_FORMAT_NUMBER, 0, "0" },
    { PICTURE_FORMAT_NUMBER, -0.5, "\u22120.500" },
    { PICTURE_FORMAT_NUMBER, 0.0000123, "1.23\u00b710\u207b\u2075" },
    { PICTURE_FORMAT_NUMBER, 0.000009999, "10\u207b\u2075" },
    { PICTURE_FORMAT_NUMBER, 1.5e12, "1.5\u00b710\u00b9\u00b2" },
    { PICTURE_FORMAT_NUMBER, NAN, "NaN" },
    { PICTURE_FORMAT_NUMBER, -INFINITY, "\u2212\u221e" },
    { PICTURE_FORMAT_PERCENT, 0.97623, "97.62\u00a0%" },
    { PICTURE_FORMAT_PERCENT, 1, "100.00\u00a0%" },
  };
  g_autofree char *decimals = picture_format_decimals (1.500, 3);
  g_autofree char *whole = picture_format_decimals (200, 0);
  g_autofree char *percent = picture_format_tick (PICTURE_FORMAT_PERCENT, 0.975, 0.005);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = picture_format_value (cases[i].format, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpstr (decimals, ==, "1.5");
  g_assert_cmpstr (whole, ==, "200");
  g_assert_cmpstr (percent, ==, "97.5");
}

static void
assert_same (const PictureAxis *a, const PictureAxis *b)
{
  g_assert_cmpfloat_with_epsilon (picture_axis_place (a, b->min), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (picture_axis_place (a, b->max), 1, 1e-9);
}

static void
test_zoom (void)
{
  GRand *random = g_rand_new_with_seed (4);

  for (guint i = 0; i < 5000; i++)
    {
      const PictureAxis axis =
          i % 2 ? (PictureAxis){ LOG, 0.003, 7 } : (PictureAxis){ LINEAR, -1, 4.5 };
      const double place = g_rand_double (random);
      const double factor = exp (g_rand_double_range (random, -3, 3));
      const double fixed = picture_axis_value (&axis, place);
      const PictureAxis zoomed = picture_axis_zoom (axis, place, factor, NULL);
      const PictureAxis back = picture_axis_zoom (zoomed, place, 1 / factor, NULL);
      const PictureAxis inside = picture_axis_zoom (axis, place, factor, &axis);
      const double by = g_rand_double_range (random, -2, 2);
      const PictureAxis panned = picture_axis_pan (zoomed, by, NULL);
      const PictureAxis returned = picture_axis_pan (panned, -by, NULL);
      const PictureAxis kept = picture_axis_pan (inside, by, &axis);

      /* The value under the pointer stays there. */
      g_assert_cmpfloat_with_epsilon (picture_axis_place (&zoomed, fixed), place, 1e-9);
      assert_same (&back, &axis);
      /* A pan keeps the width, and goes back. */
      g_assert_cmpfloat_with_epsilon (picture_axis_place (&zoomed, panned.max) -
                                          picture_axis_place (&zoomed, panned.min),
                                      1, 1e-9);
      g_assert_cmpfloat_with_epsilon (picture_axis_place (&zoomed, panned.min), by, 1e-9);
      assert_same (&returned, &zoomed);
      /* Zooming and panning stay within the limits. */
      g_assert_cmpfloat (inside.min, >=, axis.min);
      g_assert_cmpfloat (inside.max, <=, axis.max);
      g_assert_cmpfloat (kept.min, >=, axis.min);
      g_assert_cmpfloat (kept.max, <=, axis.max);
      g_assert_true (picture_axis_is_valid (&kept));
      g_assert_cmpfloat_with_epsilon (picture_axis_place (&inside, kept.max) -
                                          picture_axis_place (&inside, kept.min),
                                      1, 1e-9);
      if (factor <= 1)
        {
          g_assert_cmpfloat (inside.min, ==, axis.min);
          g_assert_cmpfloat (inside.max, ==, axis.max);
        }
    }
  g_rand_free (random);
}

/* Zooming stops within the precision of doubles, in both directions. */
static void
test_zoom_ends (void)
{
  PictureAxis axis = { LINEAR, 0, 5 }, wide = { LOG, 1, 10 };

  for (guint i = 0; i < 500; i++)
    {
      axis = picture_axis_zoom (axis, 0.3, 1.5, NULL);
      g_assert_true (picture_axis_is_valid (&axis));
      wide = picture_axis_zoom (wide, 0.3, 0.5, NULL);
      g_assert_true (picture_axis_is_valid (&wide));
    }
  g_assert_cmpfloat (axis.max - axis.min, <, 1e-10);
  axis = (PictureAxis){ LINEAR, 0, 5 };
  for (guint i = 0; i < 4; i++)
    {
      static const double bad[] = { NAN, INFINITY, 0, -1 };
      const PictureAxis same = picture_axis_zoom (axis, 0.5, bad[i], NULL);
      const PictureAxis also = picture_axis_pan (axis, i < 2 ? bad[i] : 0, NULL);

      assert_same (&same, &axis);
      assert_same (&also, &axis);
    }
}

static void
test_places (void)
{
  const PictureAxis linear = { LINEAR, 2, 4 }, logarithmic = { LOG, 0.01, 1 };

  g_assert_cmpfloat (picture_axis_place (&linear, 3), ==, 0.5);
  g_assert_cmpfloat (picture_axis_value (&linear, 0.25), ==, 2.5);
  g_assert_cmpfloat_with_epsilon (picture_axis_place (&logarithmic, 0.1), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (picture_axis_value (&logarithmic, 0.5), 0.1, 1e-12);
  g_assert_cmpfloat (picture_axis_value (&logarithmic, 0), ==, 0.01);
  g_assert_cmpfloat (picture_axis_value (&logarithmic, 1), ==, 1);
  g_assert_true (isinf (picture_axis_place (&logarithmic, 0)));
  g_assert_true (isinf (picture_axis_place (&logarithmic, -7)));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/axis/fit", test_fit);
  g_test_add_func ("/picture/axis/fit-hostile", test_fit_hostile);
  g_test_add_func ("/picture/axis/ticks", test_ticks);
  g_test_add_func ("/picture/axis/ticks-random", test_ticks_random);
  g_test_add_func ("/picture/axis/format", test_format);
  g_test_add_func ("/picture/axis/places", test_places);
  g_test_add_func ("/picture/axis/zoom", test_zoom);
  g_test_add_func ("/picture/axis/zoom-ends", test_zoom_ends);
  return g_test_run ();
}
