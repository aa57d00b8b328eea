/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pictures-make.h"

#include <math.h>
#include <string.h>

Picture *
picture_new (guint width, guint height, guint8 value)
{
  Picture *picture = g_new (Picture, 1);

  picture->width = MAX (width, 1);
  picture->height = MAX (height, 1);
  picture->gray = g_malloc ((gsize) picture->width * picture->height);
  memset (picture->gray, value, (gsize) picture->width * picture->height);
  return picture;
}

void
picture_free (Picture *picture)
{
  g_free (picture->gray);
  g_free (picture);
}
Picture *
picture_invert (const Picture *picture)
{
  Picture *inverse = picture_new (picture->width, picture->height, 0);

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    inverse->gray[i] = (guint8) (255 - picture->gray[i]);
  return inverse;
}

/* Every pixel becomes @times by @times pixels. */
Picture *
picture_enlarge (const Picture *picture, guint times)
{
  Picture *large = picture_new (picture->width * times, picture->height * times, 0);

  for (guint y = 0; y < large->height; y++)
    for (guint x = 0; x < large->width; x++)
      large->gray[(gsize) y * large->width + x] =
          picture->gray[(gsize) (y / times) * picture->width + x / times];
  return large;
}

/* A part of the picture; outside of it @value. */
Picture *
picture_cut (const Picture *picture, int x0, int y0, int width, int height, guint8 value)
{
  Picture *part = picture_new ((guint) width, (guint) height, value);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (x0 + x >= 0 && y0 + y >= 0 && x0 + x < (int) picture->width &&
          y0 + y < (int) picture->height)
        part->gray[y * width + x] = picture->gray[(y0 + y) * (int) picture->width + x0 + x];
  return part;
}

/* Means over areas. */
Picture *
picture_resize (const Picture *picture, guint width, guint height)
{
  Picture *small = picture_new (width, height, 0);
  const double sx = (double) picture->width / small->width;
  const double sy = (double) picture->height / small->height;

  for (guint y = 0; y < small->height; y++)
    for (guint x = 0; x < small->width; x++)
      {
        const double x0 = x * sx, x1 = (x + 1) * sx, y0 = y * sy, y1 = (y + 1) * sy;
        double sum = 0;

        for (guint v = (guint) y0; v < y1 && v < picture->height; v++)
          for (guint u = (guint) x0; u < x1 && u < picture->width; u++)
            sum += (MIN (x1, u + 1.0) - MAX (x0, (double) u)) *
                   (MIN (y1, v + 1.0) - MAX (y0, (double) v)) *
                   picture->gray[(gsize) v * picture->width + u];
        small->gray[(gsize) y * width + x] = (guint8) (sum / (sx * sy) + 0.5);
      }
  return small;
}

Picture *
picture_resize_to (const Picture *picture, guint side)
{
  const double scale = (double) side / MAX (picture->width, picture->height);

  return picture_resize (picture, (guint) MAX (1, round (picture->width * scale)),
                         (guint) MAX (1, round (picture->height * scale)));
}

/* Otsu's threshold. */
static guint
otsu (const Picture *picture)
{
  const gsize n = (gsize) picture->width * picture->height;
  gsize counts[256] = { 0 }, below = 0;
  double sum = 0, sum_below = 0, best = -1;
  guint cut_at = 128;

  for (gsize i = 0; i < n; i++)
    {
      counts[picture->gray[i]]++;
      sum += picture->gray[i];
    }
  for (guint t = 0; t < 255; t++)
    {
      double difference, between;

      below += counts[t];
      sum_below += (double) t * (double) counts[t];
      if (below == 0 || below == n)
        continue;
      difference = sum_below / (double) below - (sum - sum_below) / (double) (n - below);
      between = difference * difference * (double) below * (double) (n - below);
      if (between > best)
        {
          best = between;
          cut_at = t + 1;
        }
    }
  return cut_at;
}

/* The box of the ink by Otsu's threshold, widened by @border; the smaller class is ink. */
Picture *
picture_cut_to_ink (const Picture *picture, int border)
{
  const guint threshold = otsu (picture);
  gsize dark = 0;
  int x0 = G_MAXINT, y0 = G_MAXINT, x1 = -1, y1 = -1;
  gboolean dark_ink;

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    dark += picture->gray[i] < threshold;
  dark_ink = 2 * dark < (gsize) picture->width * picture->height;
  for (int y = 0; y < (int) picture->height; y++)
    for (int x = 0; x < (int) picture->width; x++)
      if ((picture->gray[y * (int) picture->width + x] < threshold) == dark_ink)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x);
          y0 = MIN (y0, y);
          y1 = MAX (y1, y);
        }
  x0 = MAX (x0 - border, 0);
  y0 = MAX (y0 - border, 0);
  x1 = MIN (x1 + border, (int) picture->width - 1);
  y1 = MIN (y1 + border, (int) picture->height - 1);
  return picture_cut (picture, x0, y0, x1 - x0 + 1, y1 - y0 + 1, dark_ink ? 255 : 0);
}

/* The box of all pixels that are not 0. */
Picture *
picture_box (const Picture *picture)
{
  int x0 = G_MAXINT, y0 = G_MAXINT, x1 = -1, y1 = -1;

  for (int y = 0; y < (int) picture->height; y++)
    for (int x = 0; x < (int) picture->width; x++)
      if (picture->gray[y * (int) picture->width + x] > 0)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x);
          y0 = MIN (y0, y);
          y1 = MAX (y1, y);
        }
  return picture_cut (picture, x0, y0, x1 - x0 + 1, y1 - y0 + 1, 0);
}

Picture *
picture_with_border (const Picture *picture, int border, guint8 value)
{
  return picture_cut (picture, -border, -border, (int) picture->width + 2 * border,
                      (int) picture->height + 2 * border, value);
}

Picture *
picture_two_levels (const Picture *picture)
{
  Picture *levels = picture_new (picture->width, picture->height, 0);

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    levels->gray[i] = picture->gray[i] >= 128 ? 255 : 0;
  return levels;
}
