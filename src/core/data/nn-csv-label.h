/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-csv-line.h"
#include "nn-error.h"

G_BEGIN_DECLS

/* The class of a row that has none. */
#define NN_CSV_NO_CLASS G_MAXUINT16
#define NN_CSV_MAX_CLASSES 256

/**
 * NnCsvClasses:
 * @column: that may be the label
 * @ids: (element-type guint16): [rows]: a whole number from 0 to 255, 256 and the index of a name,
 *   or %NN_CSV_NO_CLASS
 * @names: (element-type utf8): the different names
 *
 * A column taken for the label, and what speaks for it.
 */
typedef struct
{
  guint column;
  GArray *ids;
  GPtrArray *names;
  /*< private >*/
  GHashTable *index;
  gsize n_bad, counts[NN_CSV_MAX_CLASSES];
} NnCsvClasses;

void nn_csv_classes_init (NnCsvClasses *classes, guint column);
void nn_csv_classes_clear (NnCsvClasses *classes);
/* Appends the class of a row. @value: the number that @field is, NaN for a word, or infinity for a
 * field that is neither. */
void nn_csv_classes_add (NnCsvClasses *classes, const NnCsvField *field, float value);

/**
 * nn_csv_classes_number:
 * @map: (out): [2 * NN_CSV_MAX_CLASSES]: the class of each id
 * @n_classes: (out): at least 2
 *
 * Numbers and the words zero to nine are the class they name. Other names follow the highest of
 * them in the order of their bytes.
 *
 * Returns: (transfer full) (nullable): the names of all classes, one a line; %NULL with *@n_classes
 *   set if all are numbers, or with NN_ERROR_FORMAT
 */
char *
nn_csv_classes_number (const NnCsvClasses *classes, guint8 *map, guint *n_classes, GError **error);

/**
 * nn_csv_label_from_header:
 * @names: (element-type utf8): of the columns
 * @column: (out): the column that is called label, class, target, digit or the like; -1 if none is
 *
 * Returns: FALSE with NN_ERROR_FORMAT if several are
 */
gboolean nn_csv_label_from_header (const GPtrArray *names, int *column, GError **error);

/**
 * nn_csv_label_choose:
 * @low: @high: the range of the values between the two columns
 * @n_between: number of columns between them
 *
 * Chooses the label between the first and the last column of a table without a header that tells.
 *
 * Returns: (nullable): NN_ERROR_FORMAT if both may be the label, or none
 */
const NnCsvClasses *nn_csv_label_choose (const NnCsvClasses *first,
                                         const NnCsvClasses *last,
                                         float low,
                                         float high,
                                         guint n_between,
                                         GError **error);

G_END_DECLS
