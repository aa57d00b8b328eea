/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "numeral-model.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

/* What is changed in a digit. Sizes and shifts are changed after the digit was scaled and centred,
 * which would undo them. */
typedef enum
{
  NUMERAL_CHANGE_ROTATION, /* degrees clockwise */
  NUMERAL_CHANGE_SIZE,     /* factor */
  NUMERAL_CHANGE_WIDTH,    /* factor of the width of the pen; of ink only */
  NUMERAL_CHANGE_SHIFT_X,  /* pixels to the right, of 28 */
  NUMERAL_CHANGE_SHIFT_Y,  /* pixels down */
  NUMERAL_N_CHANGES,
} NumeralChange;

/* "rotation", "size", "width", "shift-x", "shift-y" */
const char *numeral_change_name (NumeralChange change);
/* Returns whether there is such a change. */
gboolean numeral_change_from_name (const char *name, NumeralChange *change);

/* The range of a change on a map. */
void numeral_change_get_range (NumeralChange change, double *low, double *high);

#define NUMERAL_ROBUSTNESS_MAX_SIDE 65
#define NUMERAL_ROBUSTNESS_COLUMNS 21
#define NUMERAL_ROBUSTNESS_ROWS 13

/**
 * NumeralRobustCell:
 * @digit: the most probable digit; -1 if the figures of the network are not finite
 * @refused: whether it is refused as not a digit
 * @probability: of the digit
 */
typedef struct
{
  int digit;
  gboolean refused;
  float probability;
} NumeralRobustCell;

/**
 * NumeralRobustness:
 * @across: @down: what is changed from column to column, and from row to row
 * @columns: @rows: [n_columns], [n_rows] by how much
 * @answer: the digit that is read without a change
 * @share: share of the cells with that answer that is not refused
 * @cells: [n_rows, n_columns]
 *
 * How firmly a digit is read: the answers for the digit as it would be if it was drawn a little
 * differently. Immutable; reference-counted (atomic).
 */
typedef struct
{
  NumeralChange across, down;
  guint n_columns, n_rows;
  double *columns, *rows;
  guint answer;
  double share;
  NumeralRobustCell *cells;
  /*< private >*/
  int ref_count;
} NumeralRobustness;

/**
 * NumeralRobustnessConfig:
 * @across: @down: not the same
 * @n_columns: @n_rows: 2 to NUMERAL_ROBUSTNESS_MAX_SIDE
 */
typedef struct
{
  NumeralChange across, down;
  guint n_columns, n_rows;
} NumeralRobustnessConfig;

/* Rotation across, size down. */
extern const NumeralRobustnessConfig numeral_robustness_config_default;

/**
 * numeral_robustness_new:
 * @drawing: (nullable): the ink of one digit, whose path is changed and drawn again
 * @tensor: [28, 28] the digit; it is resampled if there is no ink
 *
 * Blocks, for less than 100 ms with the model that ships and the default grid.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE if the model does not read digits,
 *   NN_ERROR_CONFIG if the configuration is not valid or has the width of a pen where there is no
 *   ink, G_IO_ERROR_CANCELLED
 */
NumeralRobustness *numeral_robustness_new (const NumeralModel *model,
                                           const InkDrawing *drawing,
                                           const float tensor[INK_TENSOR_SIZE],
                                           const NumeralRobustnessConfig *config,
                                           GCancellable *cancellable,
                                           GError **error);
NumeralRobustness *numeral_robustness_ref (NumeralRobustness *robustness);
void numeral_robustness_unref (NumeralRobustness *robustness);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRobustness, numeral_robustness_unref)

G_END_DECLS
