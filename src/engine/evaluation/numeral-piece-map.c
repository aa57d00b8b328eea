/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-piece-map.h"

#include <math.h>
#include <string.h>

#define SIDE INK_TENSOR_SIDE

/* Antialiasing draws so far beyond the pen, in pixels. */
#define MARGIN 1.5

/* The map while it is made. */
typedef struct
{
  NumeralPieceMap *map;
  const float *tensor;
  float nearest[INK_TENSOR_SIZE]; /* squared distance to the owner */
} Work;

/* Point @i of the piece in pixels; one stroke follows another. */
static void
locate (const InkTensorPlace *place, const InkPoint *point, double *x, double *y)
{
  *x = place->scale * (double) point->x + place->dx;
  *y = place->scale * (double) point->y + place->dy;
}

/* Gives the pixels near a segment to piece @piece, if no other is nearer. */
static void
claim (Work *work, gint8 piece, const InkPoint *a, const InkPoint *b)
{
  const double reach = work->map->place.pen / 2 + MARGIN;
  double x0, y0, x1, y1, dx, dy, square;

  locate (&work->map->place, a, &x0, &y0);
  locate (&work->map->place, b, &x1, &y1);
  dx = x1 - x0;
  dy = y1 - y0;
  square = dx * dx + dy * dy;
  for (int row = (int) MAX (MIN (y0, y1) - reach, 0);
       row <= (int) MIN (MAX (y0, y1) + reach, SIDE - 1); row++)
    for (int column = (int) MAX (MIN (x0, x1) - reach, 0);
         column <= (int) MIN (MAX (x0, x1) + reach, SIDE - 1); column++)
      {
        const int pixel = row * SIDE + column;
        const double px = column + 0.5 - x0, py = row + 0.5 - y0;
        const double t = square > 0 ? CLAMP ((px * dx + py * dy) / square, 0, 1) : 0;
        const float distance =
            (float) ((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy));

        if (!(work->tensor[pixel] > 0) || distance >= work->nearest[pixel])
          continue;
        work->nearest[pixel] = distance;
        work->map->owners[pixel] = piece;
      }
}

static void
claim_piece (Work *work, const InkDrawing *drawing, gint8 index)
{
  const InkPiece *piece = &work->map->pieces[index];

  for (guint s = 0; s < piece->n_strokes; s++)
    {
      const InkStroke *stroke = drawing->strokes[piece->stroke + s];
      const guint first = piece->n_strokes == 1 ? piece->first : 0;
      const guint last = piece->n_strokes == 1 ? piece->last : stroke->n_points - 1;

      for (guint i = first; i <= last; i++)
        claim (work, index, &stroke->points[i > first ? i - 1 : i], &stroke->points[i]);
    }
}

void
numeral_piece_map_init (NumeralPieceMap *map,
                        const InkDrawing *drawing,
                        const float tensor[INK_TENSOR_SIZE])
{
  Work work = { .map = map, .tensor = tensor };

  memset (map, 0, sizeof *map);
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    {
      map->owners[i] = NUMERAL_NO_PIECE;
      work.nearest[i] = G_MAXFLOAT;
    }
  if (drawing == NULL || !ink_tensor_find_place (drawing, NULL, &map->place))
    return;
  map->n = ink_pieces_find (drawing, map->pieces);
  for (guint i = 0; i < map->n; i++)
    claim_piece (&work, drawing, (gint8) i);
}

void
numeral_piece_map_sum (const NumeralPieceMap *map,
                       const float attribution[INK_TENSOR_SIZE],
                       double *values)
{
  memset (values, 0, map->n * sizeof (double));
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    if (map->owners[i] != NUMERAL_NO_PIECE)
      values[map->owners[i]] += (double) attribution[i];
}

/* The pixel under the middle point of a piece. */
static guint
middle_pixel (const NumeralPieceMap *map, const InkDrawing *drawing, const InkPiece *piece)
{
  const InkStroke *stroke = drawing->strokes[piece->stroke];
  const guint point =
      piece->n_strokes == 1 ? (piece->first + piece->last) / 2 : stroke->n_points / 2;
  double x, y;

  locate (&map->place, &stroke->points[point], &x, &y);
  return (guint) CLAMP (y, 0, SIDE - 1) * SIDE + (guint) CLAMP (x, 0, SIDE - 1);
}

void
numeral_piece_map_spread (const NumeralPieceMap *map,
                          const InkDrawing *drawing,
                          const float tensor[INK_TENSOR_SIZE],
                          const double *values,
                          float attribution[INK_TENSOR_SIZE])
{
  double ink[INK_MAX_PIECES];

  numeral_piece_map_sum (map, tensor, ink);
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    {
      const int owner = map->owners[i];

      attribution[i] =
          owner == NUMERAL_NO_PIECE ? 0 : (float) (values[owner] * (double) tensor[i] / ink[owner]);
    }
  for (guint p = 0; p < map->n; p++)
    if (!(ink[p] > 0))
      attribution[middle_pixel (map, drawing, &map->pieces[p])] += (float) values[p];
}
