/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-tensor.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/* A drawing as a sample: its pixels, its label, and what it was drawn from. */
typedef struct
{
  guint8 pixels[INK_TENSOR_SIZE];
  guint8 label;
  NnOrigin *origin;
} NumeralDrawingRow;

/**
 * numeral_data_drawings_read:
 * @samples: (element-type InkSample): the drawings of one file
 * @label: of the folder, for drawings that the file does not label; -1 for none
 * @n_left_out: (out): number of drawings without ink, or without a label that is a digit
 *
 * Thread-safe. Blocks.
 *
 * Returns: (transfer full) (element-type NumeralDrawingRow): the others in order; cancelled early,
 *   fewer
 */
GArray *numeral_data_drawings_read (const GPtrArray *samples,
                                    int label,
                                    GCancellable *cancellable,
                                    guint *n_left_out);

/* Moves @row to the sample @i of @dataset. */
void numeral_data_drawings_move (NumeralDrawingRow *row, NnDataset *dataset, gsize i);

G_END_DECLS
