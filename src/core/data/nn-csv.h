/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-csv-table.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * nn_csv_parse:
 * @text: a table: a label and one or more numbers a line
 * @n_rejected: (out) (optional): rows left out because a field was missing, not a number, or
 *   not finite
 *
 * Comma, semicolon, tab or spaces separate; fields may stand in quotes, also over several
 * lines (RFC 4180). The label is the column
 * whose header is "label", "class", "target", "digit" or the like. Without one it is the first or
 * the last column, if only one of them can be it. Labels are whole numbers from 0 to 255, or names,
 * which become classes in sorted order (nn_csv_classes_number()).
 *
 * Values that are pixels of 0 to 255 are divided by 255 (nn_csv_dataset()).
 *
 * Returns: (transfer full) (nullable): NN_ERROR_FORMAT, which names line and column;
 *   NN_ERROR_TOO_LARGE
 */
NnDataset *nn_csv_parse (GBytes *text, gsize *n_rejected, GError **error);

/**
 * nn_csv_dataset:
 * @table: with its rows
 *
 * The samples of a table. A square number of columns from 49 is an image. What is divided:
 *
 * - values of an image from 0 to 255, by 255; those of 8 x 8 that end at 16, by 16 (the optical
 *   digits of UCI);
 * - whole numbers from 0 to 255 that pass 127, by 255.
 *
 * The scale of the data set tells the divisor, or 1. It is 0 if all values are in [0, 1] already.
 */
NnDataset *nn_csv_dataset (const NnCsvTable *table, gsize *n_rejected, GError **error);

/* Whether a text can be read at all: below 1 GiB, and without NUL. NN_ERROR_TOO_LARGE,
 * NN_ERROR_FORMAT. */
gboolean nn_csv_check_text (GBytes *text, GError **error);

G_END_DECLS
