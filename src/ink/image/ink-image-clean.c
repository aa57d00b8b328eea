/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <string.h>

/* A piece smaller than this part of the largest one is a speck. */
#define SPECK_PART 0.02
/* A piece that touches the picture's edge over more than this part of its length runs along it, as
 * a frame, a shadow, or what the edge has cut off does; writing only ends there. */
#define ALONG_PART 0.5
/* Ink is at an edge if it is nearer than this part of the side. */
#define NEAR_PART 0.02
/* A line near an edge, not at it: at most this part of the side from it, this many times as long as
 * wide, and at most this many times as wide as the strokes of the writing. */
#define LINE_DISTANCE 0.12
#define LINE_LENGTH 6.0
#define LINE_WIDTH 0.6
/* Ink that covers less than this part of the picture is dust. */
#define DUST_PART 0.015
/* The longer side of a pointer, as a part of that of the longest piece, or of the picture. */
#define POINTER_PART 0.35
#define POINTER_ALONE 0.15
/* A line is longer than this part of the picture. */
#define LARGE_PART 0.1

static guint
length_of (const InkComponent *piece)
{
  return MAX (piece->box.x1 - piece->box.x0, piece->box.y1 - piece->box.y0) + 1;
}

static gboolean
runs_along_edge (const InkComponent *piece)
{
  return piece->at_edge >= ALONG_PART * length_of (piece);
}

/* What all pieces but those along the edges have in common. */
typedef struct
{
  guint width, height; /* of the picture */
  gsize largest;       /* area of the largest piece, 0 if there is none */
  double stroke;       /* width of its strokes */
  InkPixelBox box;     /* of all */
} Inside;

/* @lines: [pieces] whether a piece consists of lines that are no writing */
static Inside
inside_of (const GArray *pieces, const gboolean *lines, guint width, guint height)
{
  Inside inside = { .width = width, .height = height };

  for (guint i = 0; i < pieces->len; i++)
    {
      const InkComponent *piece = &g_array_index (pieces, InkComponent, i);

      if (lines[i] || runs_along_edge (piece))
        continue;
      inside.box = inside.largest == 0 ? piece->box : ink_pixel_box_union (inside.box, piece->box);
      if (piece->area > inside.largest)
        {
          inside.largest = piece->area;
          inside.stroke = ink_component_stroke (piece);
        }
    }
  return inside;
}

/* Whether writing fills the picture from edge to edge, so that what is at the edge is writing. */
static gboolean
fills_picture (const Inside *inside)
{
  const double near_x = NEAR_PART * inside->width, near_y = NEAR_PART * inside->height;

  return (inside->box.x0 <= near_x && inside->box.x1 + 1 >= inside->width - near_x) ||
         (inside->box.y0 <= near_y && inside->box.y1 + 1 >= inside->height - near_y);
}

/* Whether @piece is a straight thin line near an edge and parallel to it. */
static gboolean
is_line (const InkComponent *piece, const Inside *inside)
{
  const InkPixelBox *box = &piece->box;
  const guint across = box->x1 - box->x0 + 1, down = box->y1 - box->y0 + 1;
  const double upright = LINE_DISTANCE * inside->width, level = LINE_DISTANCE * inside->height;

  if (piece->area == inside->largest || ink_component_stroke (piece) > LINE_WIDTH * inside->stroke)
    return FALSE;
  if (down >= LINE_LENGTH * across)
    return box->x1 < upright || inside->width - 1 - box->x0 < upright;
  if (across >= LINE_LENGTH * down)
    return box->y1 < level || inside->height - 1 - box->y0 < level;
  return FALSE;
}

/* Whether @piece is writing, compared with the pieces inside. */
static gboolean
is_writing (const InkComponent *piece, const Inside *inside)
{
  if (inside->largest <= SPECK_PART * piece->area)
    return TRUE;
  if (runs_along_edge (piece))
    return fills_picture (inside);
  return !is_line (piece, inside);
}

void
ink_pieces_clear (InkPieces *pieces)
{
  g_clear_pointer (&pieces->labels, g_free);
  g_clear_pointer (&pieces->boxes, g_free);
  pieces->n = 0;
}

/* Drops a mouse pointer: an arrow that is much smaller than the writing, or small and alone.
 * Returns whether there is one. */
static gboolean
drop_pointers (const GArray *pieces, const guint *labels, guint width, guint height, guint *chosen)
{
  guint longest = 0, n = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < pieces->len; i++)
    if (chosen[i + 1])
      {
        longest = MAX (longest, length_of (&g_array_index (pieces, InkComponent, i)));
        n++;
      }
  for (guint i = 0; i < pieces->len; i++)
    {
      const InkComponent *piece = &g_array_index (pieces, InkComponent, i);
      const double most = n == 1 ? POINTER_ALONE * MAX (width, height) : POINTER_PART * longest;

      if (chosen[i + 1] && length_of (piece) <= most &&
          ink_component_is_pointer (piece, labels, i + 1, width))
        {
          chosen[i + 1] = 0;
          any = TRUE;
        }
    }
  return any;
}

/* Maps the old label of each piece to its new one, 0 for a dropped piece. Returns the number that
 * is kept. @pointer: (out): whether a mouse pointer is dropped */
static guint
choose_pieces (const GArray *pieces,
               const guint *labels,
               guint width,
               guint height,
               guint *chosen,
               gboolean *pointer)
{
  g_autofree gboolean *lines = g_new (gboolean, pieces->len + 1);
  gsize largest = 0;
  guint n = 0;
  Inside inside;

  for (guint i = 0; i < pieces->len; i++)
    lines[i] = ink_component_is_lines (&g_array_index (pieces, InkComponent, i), labels, i + 1,
                                       width, height);
  inside = inside_of (pieces, lines, width, height);

  for (guint i = 0; i < pieces->len; i++)
    {
      const InkComponent *piece = &g_array_index (pieces, InkComponent, i);

      chosen[i + 1] = !lines[i] && is_writing (piece, &inside);
      if (chosen[i + 1])
        largest = MAX (largest, piece->area);
    }
  *pointer = drop_pointers (pieces, labels, width, height, chosen);
  for (guint i = 0; i < pieces->len; i++)
    if (chosen[i + 1] && g_array_index (pieces, InkComponent, i).area >= SPECK_PART * largest)
      chosen[i + 1] = ++n;
    else
      chosen[i + 1] = 0;
  return n;
}

/* Whether any piece is a line or a frame, and neither a speck nor a shadow. */
static gboolean
has_line (const GArray *pieces, guint width, guint height)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const InkComponent *piece = &g_array_index (pieces, InkComponent, i);

      if (length_of (piece) >=
          MAX (LARGE_PART * MAX (width, height), LINE_LENGTH * ink_component_stroke (piece)))
        return TRUE;
    }
  return FALSE;
}

gboolean
ink_image_clean (InkPlane *signal, double threshold, InkPieces *pieces, InkBlank *blank)
{
  const guint w = signal->width, h = signal->height;
  guint *labels = g_new0 (guint, (gsize) w * h);
  g_autoptr (GArray) found = ink_image_find_components (signal, threshold, labels);
  g_autofree guint *chosen = g_new0 (guint, found->len + 1);
  gboolean pointer;
  InkPixelBox all;

  *pieces = (InkPieces){ .labels = labels };
  pieces->n = choose_pieces (found, labels, w, h, chosen, &pointer);
  pieces->boxes = g_new (InkPixelBox, pieces->n);
  for (guint i = 0; i < found->len; i++)
    if (chosen[i + 1] > 0)
      pieces->boxes[chosen[i + 1] - 1] = g_array_index (found, InkComponent, i).box;
  all = pieces->n > 0 ? pieces->boxes[0] : (InkPixelBox){ 0 };
  for (guint i = 1; i < pieces->n; i++)
    all = ink_pixel_box_union (all, pieces->boxes[i]);
  if (pieces->n == 0 || MAX (all.x1 - all.x0, all.y1 - all.y0) + 1 < DUST_PART * MAX (w, h))
    {
      ink_pieces_clear (pieces);
      if (blank != NULL)
        *blank = pointer || has_line (found, w, h) ? INK_BLANK_FRAME : INK_BLANK_PLAIN;
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
