/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart.h"

/* GNOME's palette: dark shades for light paper, light ones for dark paper. The first one is the
 * accent colour. */
#define N_COLOURS 7

static const PictureColour on_light[N_COLOURS - 1] = {
  { 0.902, 0.380, 0.000, 1 }, { 0.506, 0.239, 0.612, 1 }, { 0.110, 0.533, 0.522, 1 },
  { 0.753, 0.110, 0.400, 1 }, { 0.525, 0.369, 0.235, 1 }, { 0.370, 0.360, 0.390, 1 },
};

static const PictureColour on_dark[N_COLOURS - 1] = {
  { 1.000, 0.639, 0.282, 1 }, { 0.863, 0.541, 0.867, 1 }, { 0.357, 0.784, 0.686, 1 },
  { 1.000, 0.561, 0.694, 1 }, { 0.804, 0.671, 0.561, 1 }, { 0.753, 0.749, 0.737, 1 },
};

PictureColour
picture_chart_colour (const PictureStyle *style, guint n)
{
  const PictureColour *paper = &style->paper;
  const gboolean dark = 0.3 * paper->red + 0.6 * paper->green + 0.1 * paper->blue < 0.5;

  n %= N_COLOURS;
  if (n == 0)
    return style->accent;
  return dark ? on_dark[n - 1] : on_light[n - 1];
}

PictureDash
picture_chart_dash (guint n)
{
  static const PictureDash dashes[] = {
    PICTURE_DASH_SOLID,    PICTURE_DASH_DASHED, PICTURE_DASH_DOTTED,
    PICTURE_DASH_DASH_DOT, PICTURE_DASH_LONG,
  };

  return dashes[n % G_N_ELEMENTS (dashes)];
}
