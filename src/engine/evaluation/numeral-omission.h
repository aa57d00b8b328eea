/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-pieces.h"
#include "numeral-model.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

/**
 * NumeralOmission:
 * @target: the digit that the rest is read as
 * @n_pieces: @pieces: [n_pieces] all of the ink
 * @kept: bit i says whether piece i is still drawn
 * @n_left_out: number of pieces that are not
 * @ink: share of the length of the ink that they are
 * @reading: of the rest: the target, and not refused
 *
 * The fewest pieces of stroke to leave out of a digit so that it is read as another one. Immutable;
 * reference-counted (atomic).
 */
typedef struct
{
  guint target;
  guint n_pieces;
  InkPiece pieces[INK_MAX_PIECES];
  guint kept, n_left_out;
  double ink;
  NumeralReading reading;
  /*< private >*/
  int ref_count;
} NumeralOmission;

/**
 * numeral_omission_find:
 * @drawing: the ink of one digit
 * @target: 0 to 9
 *
 * Reads what is left of a digit without each set of its pieces (ink_pieces_find()), centred as
 * always, the smallest sets first; of sets of the same size it takes the one with the highest
 * probability of the target. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE if the model does not read digits,
 *   NN_ERROR_VALUE if no rest is read as the target and accepted, G_IO_ERROR_CANCELLED
 */
NumeralOmission *numeral_omission_find (const NumeralModel *model,
                                        const InkDrawing *drawing,
                                        guint target,
                                        GCancellable *cancellable,
                                        GError **error);
NumeralOmission *numeral_omission_ref (NumeralOmission *omission);
void numeral_omission_unref (NumeralOmission *omission);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralOmission, numeral_omission_unref)

G_END_DECLS
