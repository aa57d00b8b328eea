/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

InkPixelBox
ink_pixel_box_union (InkPixelBox a, InkPixelBox b)
{
  return (InkPixelBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

static gboolean
is_beside_paper (const InkPlane *signal, double threshold, guint x, guint y)
{
  const float *here = signal->values + (gsize) y * signal->width + x;

  return (x > 0 && here[-1] < threshold) || (x + 1 < signal->width && here[1] < threshold) ||
         (y > 0 && *(here - signal->width) < threshold) ||
         (y + 1 < signal->height && here[signal->width] < threshold);
}

/* Labels the connected component at pixel @start, with 8-connectivity. */
static InkComponent
fill (
    const InkPlane *signal, double threshold, guint start, guint label, guint *labels, guint *stack)
{
  const guint w = signal->width, h = signal->height;
  InkComponent piece = { .box = { start % w, start / w, start % w, start / w } };
  gsize depth = 0;

  labels[start] = label;
  stack[depth++] = start;
  while (depth > 0)
    {
      const guint i = stack[--depth], x = i % w, y = i / w;

      piece.area++;
      piece.at_edge += x == 0 || y == 0 || x + 1 == w || y + 1 == h;
      piece.outline += is_beside_paper (signal, threshold, x, y);
      piece.box.x0 = MIN (piece.box.x0, x);
      piece.box.x1 = MAX (piece.box.x1, x);
      piece.box.y0 = MIN (piece.box.y0, y);
      piece.box.y1 = MAX (piece.box.y1, y);
      for (guint v = y > 0 ? y - 1 : 0; v <= MIN (y + 1, h - 1); v++)
        for (guint u = x > 0 ? x - 1 : 0; u <= MIN (x + 1, w - 1); u++)
          {
            const guint j = v * w + u;

            if (labels[j] == 0 && signal->values[j] >= threshold)
              {
                labels[j] = label;
                stack[depth++] = j;
              }
          }
    }
  return piece;
}

/* The width of its strokes: a line of width w and length l has an area of w l and an outline of
 * 2 l. */
double
ink_component_stroke (const InkComponent *piece)
{
  return 2.0 * (double) piece->area / MAX (piece->outline, 1);
}

GArray *
ink_image_find_components (const InkPlane *signal, double threshold, guint *labels)
{
  const guint n = signal->width * signal->height;
  g_autofree guint *stack = g_new (guint, n);
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (InkComponent));

  for (guint i = 0; i < n; i++)
    if (labels[i] == 0 && signal->values[i] >= threshold)
      {
        const InkComponent piece = fill (signal, threshold, i, pieces->len + 1, labels, stack);

        g_array_append_val (pieces, piece);
      }
  return pieces;
}
