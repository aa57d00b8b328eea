/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <string.h>

/* Smaller than this part of the largest piece of ink is a speck. */
#define SPECK_PART 0.02
/* What lies along so much of the picture's edge is a shadow or a frame. */
#define FRAME_PART 0.08
/* What touches the edge goes where something of so much of its size does not. */
#define RIVAL_PART 0.4
/* Ink of less than this part of the picture is dust. */
#define DUST_PART 0.015

typedef struct
{
  gsize area;
  guint at_edge; /* pixels on the picture's edge */
  InkPixelBox box;
} Piece;

/* Marks the piece of ink around pixel @start with @label, neighbours across corners included. */
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

/* Whether @piece is writing, given all others. */
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

gboolean
ink_image_clean (InkPlane *signal, double threshold, InkPixelBox *box)
{
  const guint w = signal->width, h = signal->height;
  const gsize n = (gsize) w * h;
  g_autofree guint *labels = g_new0 (guint, n), *stack = g_new (guint, n);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_autofree gboolean *kept = NULL;
  gsize largest = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    if (labels[i] == 0 && signal->values[i] >= threshold)
      {
        const Piece piece = fill (signal, threshold, i, pieces->len + 1, labels, stack);

        g_array_append_val (pieces, piece);
      }

  kept = g_new0 (gboolean, pieces->len + 1);
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      kept[i + 1] = is_writing (piece, pieces, 2 * (w + h));
      if (kept[i + 1])
        largest = MAX (largest, piece->area);
    }
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      if (!kept[i + 1])
        continue;
      if (piece->area < SPECK_PART * largest)
        {
          kept[i + 1] = FALSE;
          continue;
        }
      if (!any)
        *box = piece->box;
      any = TRUE;
      box->x0 = MIN (box->x0, piece->box.x0);
      box->x1 = MAX (box->x1, piece->box.x1);
      box->y0 = MIN (box->y0, piece->box.y0);
      box->y1 = MAX (box->y1, piece->box.y1);
    }
  if (!any || MAX (box->x1 - box->x0, box->y1 - box->y0) + 1 < DUST_PART * MAX (w, h))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    if (labels[i] != 0 && !kept[labels[i]])
      signal->values[i] = 0.0f;
  return TRUE;
}
