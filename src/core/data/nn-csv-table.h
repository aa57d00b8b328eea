/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-csv-label.h"

G_BEGIN_DECLS

/**
 * NnCsvTable:
 * @style: separator and quotes
 * @label: the column with the label, or -1 if the first or the last is to be found out
 * @skip: the column that numbers the rows, or -1
 * @comment: the first byte of a line to skip, or 0
 * @width: number of columns
 * @values: (element-type float): [@n, @width]: NaN for a word, infinity for what is
 *   neither a word nor a finite number; both only where the label may be
 * @n: number of rows
 * @n_rejected: number of damaged rows, which are not in @values
 * @candidates: the columns that may be the label: one if @label is known, or the first and the
 *   last
 * @low: @high: range of the columns between the candidates
 * @problem: (nullable): the first damage, with its line and column
 *
 * The rows of a text.
 */
typedef struct
{
  NnCsvStyle style;
  int label, skip;
  char comment;
  guint width;
  GArray *values;
  gsize n, n_rejected;
  NnCsvClasses candidates[2];
  guint n_candidates;
  float low, high;
  GError *problem;
} NnCsvTable;

void nn_csv_table_clear (NnCsvTable *table);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnCsvTable, nn_csv_table_clear)

/* Finds separator, header, width and label of @text. NN_ERROR_FORMAT. @lines: (out): before the
 * first row. */
gboolean nn_csv_table_begin (
    NnCsvTable *table, const char *text, gsize size, NnCsvLines *lines, GError **error);

/**
 * nn_csv_table_read:
 * @table: with all but the rows; style, label, skip, comment and width are set
 *
 * Reads the rows that follow. Damaged ones are counted.
 *
 * Returns: FALSE with NN_ERROR_FORMAT if no row is left
 */
gboolean nn_csv_table_read (NnCsvTable *table, NnCsvLines *lines, GError **error);

/* The candidate that is the label. NN_ERROR_FORMAT. */
const NnCsvClasses *nn_csv_table_find_label (const NnCsvTable *table, GError **error);

G_END_DECLS
