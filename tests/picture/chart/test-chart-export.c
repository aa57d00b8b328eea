/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "picture-chart-export.h"

typedef gboolean (*Write) (const PictureChart *, GOutputStream *, GCancellable *, GError **);

static char *
write_text (Write write, const PictureChart *chart)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (write (chart, stream, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_text (void)
{
  g_autoptr (PictureSeries) first = picture_series_new ();
  g_autoptr (PictureSeries) second = picture_series_new ();
  g_autoptr (PictureSeries) none = picture_series_new ();
  const PictureCurve curves[] = { { .series = first, .name = "training", .smoothing = 99 },
                                  { .series = none, .name = "none" },
                                  { .series = second, .name = "a, \"b\"\\\t" } };
  PictureChart chart = PICTURE_CHART_INIT;
  g_autofree char *csv = NULL, *jsonl = NULL;

  chart.curves = curves;
  chart.n_curves = G_N_ELEMENTS (curves);
  picture_series_append (first, 0.5, 0.25f);
  picture_series_append (first, 1, NAN);
  picture_series_append (first, 1, INFINITY);
  picture_series_append (first, 2e10, -INFINITY);
  picture_series_append (second, -1, 0.1f);
  csv = write_text (picture_chart_write_csv, &chart);
  jsonl = write_text (picture_chart_write_jsonl, &chart);
  g_assert_cmpstr (csv, ==,
                   "series,x,y\r\n"
                   "training,0.5,0.25\r\n"
                   "training,1,nan\r\n"
                   "training,1,inf\r\n"
                   "training,2e+10,-inf\r\n"
                   "\"a, \"\"b\"\"\\\t\",-1,0.1\r\n");
  g_assert_cmpstr (jsonl, ==,
                   "{\"series\":\"training\",\"x\":0.5,\"y\":0.25}\n"
                   "{\"series\":\"training\",\"x\":1,\"y\":null}\n"
                   "{\"series\":\"training\",\"x\":1,\"y\":null}\n"
                   "{\"series\":\"training\",\"x\":2e+10,\"y\":null}\n"
                   "{\"series\":\"a, \\\"b\\\"\\\\\\u0009\",\"x\":-1,\"y\":0.1}\n");
}

/* Every sample, and every bit of it. */
static void
test_exact (void)
{
  const gsize length = 20000;
  g_autoptr (PictureSeries) series = picture_series_new ();
  const PictureCurve curve = { .series = series, .name = "a" };
  PictureChart chart = PICTURE_CHART_INIT;
  GRand *random = g_rand_new_with_seed (1);
  g_autofree char *csv = NULL;
  const char *line;
  double x = 0;

  for (gsize i = 0; i < length; i++)
    {
      x += g_rand_double (random);
      picture_series_append (series, x,
                             (float) (g_rand_double_range (random, -1, 1) *
                                      pow (10, g_rand_double_range (random, -44, 38))));
    }
  g_rand_free (random);
  chart.curves = &curve;
  chart.n_curves = 1;
  csv = write_text (picture_chart_write_csv, &chart);
  line = strstr (csv, "\r\n");
  for (gsize i = 0; i < length; i++)
    {
      char *end;

      g_assert_true (g_str_has_prefix (line, "\r\na,"));
      g_assert_true (g_ascii_strtod (line + 4, &end) == picture_series_x (series, i));
      g_assert_cmpint (*end, ==, ',');
      g_assert_true ((float) g_ascii_strtod (end + 1, &end) == picture_series_y (series, i));
      line = end;
    }
  g_assert_cmpstr (line, ==, "\r\n");
}

static void
test_cancelled (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const PictureChart chart = PICTURE_CHART_INIT;

  g_cancellable_cancel (cancellable);
  g_assert_false (picture_chart_write_csv (&chart, stream, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_pictures (void)
{
  const PictureChart chart = PICTURE_CHART_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = picture_chart_png (&chart, 300, 150.2, 2, &picture_style_dark, &error);
  g_autoptr (GBytes) svg = picture_chart_svg (&chart, 300, 150, &picture_style_light, &error);
  const guint8 *data;
  gsize size;

  g_assert_no_error (error);
  data = g_bytes_get_data (png, &size);
  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  /* IHDR: width and height, big-endian */
  g_assert_cmpuint (data[18] << 8 | data[19], ==, 600);
  g_assert_cmpuint (data[22] << 8 | data[23], ==, 301);
  data = g_bytes_get_data (svg, &size);
  g_assert_nonnull (g_strstr_len ((const char *) data, (gssize) size, "<svg"));
  g_assert_nonnull (g_strstr_len ((const char *) data, (gssize) size, "width=\"300px\""));
  g_assert_nonnull (g_strstr_len ((const char *) data, (gssize) size, "</svg>"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/chart/export/text", test_text);
  g_test_add_func ("/picture/chart/export/exact", test_exact);
  g_test_add_func ("/picture/chart/export/cancelled", test_cancelled);
  g_test_add_func ("/picture/chart/export/pictures", test_pictures);
  return g_test_run ();
}
