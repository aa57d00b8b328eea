/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "picture-chart-export.h"

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
  g_test_add_func ("/picture/chart/export/pictures", test_pictures);
  return g_test_run ();
}
