/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

/* The width of the lines of a piece, in pixels: a line of width w and length l has an area of w l
 * and an edge of 2 l. */
static double
line_width (const InkPieces *pieces, guint label, const InkPlane *signal)
{
  const InkPixelBox *box = &pieces->boxes[label - 1];
  const guint w = signal->width, h = signal->height;
  gsize area = 0, edge = 0;

  for (guint y = box->y0; y <= box->y1; y++)
    for (guint x = box->x0; x <= box->x1; x++)
      {
        const guint *here = pieces->labels + (gsize) y * w + x;

        if (*here != label)
          continue;
        area++;
        edge += x == 0 || here[-1] != label || x + 1 == w || here[1] != label || y == 0 ||
                *(here - w) != label || y + 1 == h || here[w] != label;
      }
  return 2.0 * (double) area / (double) edge;
}

/* How one dimension of a piece is shrunk: its middle stays, and each end moves in by half a line
 * width. */
typedef struct
{
  double middle, part;
} Side;

static Side
side_new (guint from, guint to, double line)
{
  const double length = to - from + 1.0;

  return (Side){ (from + to + 1.0) / 2, MAX (length - line, 0.0) / length };
}

static float
drawn_in (const Side *side, double place, double scale)
{
  return (float) (scale * (side->middle + side->part * (place - side->middle)));
}

/* The first (or the last) pixel of the piece in a row. Every row has one, because the piece is
 * connected.
 */
static guint
end_of_row (const InkPieces *pieces, guint label, const InkPlane *signal, guint y, gboolean last)
{
  const InkPixelBox *box = &pieces->boxes[label - 1];
  const guint *row = pieces->labels + (gsize) y * signal->width;
  guint x = last ? box->x1 : box->x0;

  while (row[x] != label)
    x = last ? x - 1 : x + 1;
  return x;
}

InkStroke *
ink_image_outline (const InkPieces *pieces, guint label, const InkPlane *signal, double scale)
{
  const InkPixelBox *box = &pieces->boxes[label - 1];
  const double line = line_width (pieces, label, signal);
  const Side across = side_new (box->x0, box->x1, line), down = side_new (box->y0, box->y1, line);
  const guint rows = box->y1 - box->y0 + 1;
  InkStroke *stroke = ink_stroke_new ((float) (scale * line));

  /* Down along the left and up along the right, so that a concave side is filled. */
  for (guint i = 0; i < 2 * rows; i++)
    {
      const gboolean right = i >= rows;
      const guint y = right ? box->y1 - (i - rows) : box->y0 + i;
      const double x = end_of_row (pieces, label, signal, y, right) + (right ? 1.0 : 0.0);
      const InkPoint point = { drawn_in (&across, x, scale), drawn_in (&down, y + 0.5, scale), 0.5f,
                               0.0f };

      ink_stroke_append (stroke, point);
    }
  return stroke;
}
