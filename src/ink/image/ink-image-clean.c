/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <string.h>

/* A piece smaller than this part of the largest one is a speck. */
#define SPECK_PART 0.02
/* A piece along more than this part of the picture's edge is a shadow or a frame. */
#define FRAME_PART 0.08
/* A piece at the edge is dropped if one of at least this part of its size is not at the edge. */
#define RIVAL_PART 0.4
/* Ink that covers less than this part of the picture is dust. */
#define DUST_PART 0.015

typedef struct
{
  gsize area;
  guint at_edge; /* pixels on the picture's edge */
  InkPixelBox box;
} Piece;

/* Labels the connected component at pixel @start, with 8-connectivity. */
static Piece
fill (
    const InkPlane *signal, double threshold, guint start, guint label, guint *labels, guint *stack)
{
  const guint w = signal->width, h = signal->height;
  Piece piece = { .box = { start % w, start / w, start % w, start / w } };
  gsize depth = 0;

  labels[start] = label;
  stack[depth++] = start;
  while (depth > 0)
    {
      const guint i = stack[--depth], x = i % w, y = i / w;

      piece.area++;
      piece.at_edge += x == 0 || y == 0 || x + 1 == w || y + 1 == h;
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

/* Whether @piece is writing, compared with all other pieces. */
static gboolean
is_writing (const Piece *piece, const GArray *pieces, guint edge)
{
  gsize inside = 0, all = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *other = &g_array_index (pieces, Piece, i);

      all = MAX (all, other->area);
      if (other->at_edge == 0)
        inside = MAX (inside, other->area);
    }
  if (piece->at_edge > 0 && inside > SPECK_PART * piece->area &&
      piece->at_edge >= FRAME_PART * edge)
    return FALSE;
  if (piece->at_edge > 0 && inside >= RIVAL_PART * piece->area)
    return FALSE;
  return TRUE;
}

InkPixelBox
ink_pixel_box_union (InkPixelBox a, InkPixelBox b)
{
  return (InkPixelBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

void
ink_pieces_clear (InkPieces *pieces)
{
  g_clear_pointer (&pieces->labels, g_free);
  g_clear_pointer (&pieces->boxes, g_free);
  pieces->n = 0;
}

/* Finds all pieces. The label of a piece is its index plus one. */
static GArray *
find_pieces (const InkPlane *signal, double threshold, guint *labels)
{
  const guint n = signal->width * signal->height;
  g_autofree guint *stack = g_new (guint, n);
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  for (guint i = 0; i < n; i++)
    if (labels[i] == 0 && signal->values[i] >= threshold)
      {
        const Piece piece = fill (signal, threshold, i, pieces->len + 1, labels, stack);

        g_array_append_val (pieces, piece);
      }
  return pieces;
}

/* Maps the old label of each piece to its new one, 0 for a dropped piece. Returns the number that
 * is kept. */
static guint
choose_pieces (const GArray *pieces, guint edge, guint *chosen)
{
  gsize largest = 0;
  guint n = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      chosen[i + 1] = is_writing (piece, pieces, edge);
      if (chosen[i + 1])
        largest = MAX (largest, piece->area);
    }
  for (guint i = 0; i < pieces->len; i++)
    if (chosen[i + 1] && g_array_index (pieces, Piece, i).area >= SPECK_PART * largest)
      chosen[i + 1] = ++n;
    else
      chosen[i + 1] = 0;
  return n;
}

gboolean
ink_image_clean (InkPlane *signal, double threshold, InkPieces *pieces)
{
  const guint w = signal->width, h = signal->height;
  guint *labels = g_new0 (guint, (gsize) w * h);
  g_autoptr (GArray) found = find_pieces (signal, threshold, labels);
  g_autofree guint *chosen = g_new0 (guint, found->len + 1);
  InkPixelBox all;

  *pieces = (InkPieces){ .labels = labels };
  pieces->n = choose_pieces (found, 2 * (w + h), chosen);
  pieces->boxes = g_new (InkPixelBox, pieces->n);
  for (guint i = 0; i < found->len; i++)
    if (chosen[i + 1] > 0)
      pieces->boxes[chosen[i + 1] - 1] = g_array_index (found, Piece, i).box;
  all = pieces->n > 0 ? pieces->boxes[0] : (InkPixelBox){ 0 };
  for (guint i = 1; i < pieces->n; i++)
    all = ink_pixel_box_union (all, pieces->boxes[i]);
  if (pieces->n == 0 || MAX (all.x1 - all.x0, all.y1 - all.y0) + 1 < DUST_PART * MAX (w, h))
    {
      ink_pieces_clear (pieces);
      return FALSE;
    }

  for (gsize i = 0; i < (gsize) w * h; i++)
    if (labels[i] != 0)
      {
        labels[i] = chosen[labels[i]];
        if (labels[i] == 0)
          signal->values[i] = 0.0f;
      }
  return TRUE;
}
