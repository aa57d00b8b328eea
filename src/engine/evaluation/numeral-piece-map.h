/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-pieces.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

/* A pixel that belongs to no piece. */
#define NUMERAL_NO_PIECE (-1)

/**
 * NumeralPieceMap:
 * @place: where the drawing is in its tensor
 * @n: number of pieces; 0 for a picture, which has no strokes
 * @pieces: [n] of ink_pieces_find()
 * @owners: for each pixel the piece whose centreline is nearest to it; NUMERAL_NO_PIECE where there
 *   is no ink
 *
 * Which pixels of the tensor each piece of the ink has drawn. Plain data.
 */
typedef struct
{
  InkTensorPlace place;
  guint n;
  InkPiece pieces[INK_MAX_PIECES];
  gint8 owners[INK_TENSOR_SIZE];
} NumeralPieceMap;

/* @drawing: (nullable): %NULL for a picture. @tensor: of the drawing */
void numeral_piece_map_init (NumeralPieceMap *map,
                             const InkDrawing *drawing,
                             const float tensor[INK_TENSOR_SIZE]);

/* Sets @values [n] to the sum of @attribution over the pixels of each piece. */
void numeral_piece_map_sum (const NumeralPieceMap *map,
                            const float attribution[INK_TENSOR_SIZE],
                            double *values);

/* Spreads the value of each piece over its pixels in proportion to their ink. The value of a piece
 * that others cover entirely goes to the pixel in its middle. Other pixels are 0. */
void numeral_piece_map_spread (const NumeralPieceMap *map,
                               const InkDrawing *drawing,
                               const float tensor[INK_TENSOR_SIZE],
                               const double *values,
                               float attribution[INK_TENSOR_SIZE]);

G_END_DECLS
