/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

/* The grid in which shapes are compared. */
#define COLUMNS 12
#define ROWS 18
/* Least part of the union of two shapes that both have. */
#define LEAST_OVERLAP 0.8
/* Height of a pointer, in pixels, and how many times as high as wide it is. */
#define MIN_HEIGHT 10
#define MAX_HEIGHT 64
#define MIN_RATIO 1.2
#define MAX_RATIO 1.9

/* The arrows of desktops, in their bounding boxes: with a tail, and without. */
static const char *const arrows[][ROWS] = {
  {
      "##..........",
      "###.........",
      "####........",
      "#####.......",
      "######......",
      "#######.....",
      "########....",
      "#########...",
      "##########..",
      "###########.",
      "############",
      "############",
      "########....",
      "####.####...",
      "###..####...",
      "##....####..",
      "......####..",
      ".......##...",
  },
  {
      "##..........",
      "###.........",
      "####........",
      "#####.......",
      "######......",
      "######......",
      "#######.....",
      "########....",
      "#########...",
      "#########...",
      "##########..",
      "###########.",
      "############",
      "######......",
      "#####.......",
      "####........",
      "###.........",
      "##..........",
  },
};

/* Fills what the component encloses: an arrow with an edge is one too. @shape: [height, width] 1
 * for ink; then 2 for what is outside of it. */
static void
mark_outside (guint8 *shape, guint width, guint height)
{
  g_autofree guint *stack = g_new (guint, (gsize) width * height);
  gsize depth = 0;

  for (guint i = 0; i < width * height; i++)
    {
      const guint x = i % width, y = i / width;

      if (shape[i] == 0 && (x == 0 || y == 0 || x + 1 == width || y + 1 == height))
        {
          shape[i] = 2;
          stack[depth++] = i;
        }
    }
  while (depth > 0)
    {
      const guint i = stack[--depth], x = i % width, y = i / width;
      const guint beside[4] = { x > 0 ? i - 1 : i, x + 1 < width ? i + 1 : i, y > 0 ? i - width : i,
                                y + 1 < height ? i + width : i };

      for (guint k = 0; k < 4; k++)
        if (shape[beside[k]] == 0)
          {
            shape[beside[k]] = 2;
            stack[depth++] = beside[k];
          }
    }
}

/* (transfer full): [h, w] of a component in its box, 1 for what it encloses; gaps of its edge of up
 * to two pixels are closed. */
static guint8 *
shape_of (const InkPixelBox *box, const guint *labels, guint label, guint width)
{
  const guint w = box->x1 - box->x0 + 1, h = box->y1 - box->y0 + 1, wide = w + 4;
  g_autofree guint8 *grown = g_malloc0 ((gsize) wide * (h + 4));
  guint8 *shape = g_malloc ((gsize) w * h);

  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      if (labels[(gsize) (box->y0 + y) * width + box->x0 + x] == label)
        for (guint i = 0; i < 9; i++)
          grown[(y + 1 + i / 3) * wide + x + 1 + i % 3] = 1;
  mark_outside (grown, wide, h + 4);
  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      {
        shape[y * w + x] = 1;
        for (guint i = 0; i < 9; i++)
          if (grown[(y + 1 + i / 3) * wide + x + 1 + i % 3] == 2)
            shape[y * w + x] = 0;
      }
  return shape;
}

static double
overlap_with (const char *const arrow[ROWS], const guint8 *shape, guint width, guint height)
{
  guint both = 0, any = 0;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const gboolean here = shape[y * width + x] != 0;
        const gboolean there = arrow[y * ROWS / height][x * COLUMNS / width] == '#';

        both += here && there;
        any += here || there;
      }
  return (double) both / MAX (any, 1);
}

gboolean
ink_component_is_pointer (const InkComponent *component,
                          const guint *labels,
                          guint label,
                          guint width)
{
  const InkPixelBox *box = &component->box;
  const guint w = box->x1 - box->x0 + 1, h = box->y1 - box->y0 + 1;
  g_autofree guint8 *shape = NULL;

  if (h < MIN_HEIGHT || h > MAX_HEIGHT || h < MIN_RATIO * w || h > MAX_RATIO * w)
    return FALSE;
  shape = shape_of (box, labels, label, width);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (overlap_with (arrows[i], shape, w, h) >= LEAST_OVERLAP)
      return TRUE;
  return FALSE;
}
