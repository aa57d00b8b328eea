/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 65536 features, a label and a row number. */
#define NN_CSV_MAX_FIELDS 65538

/**
 * NnCsvStyle:
 * @separator: comma, semicolon or tab; a space stands for runs of spaces and tabs
 * @apostrophes: whether a field may stand in apostrophes too, as in ARFF
 *
 * How the fields of a text are written. Numbers may have a decimal comma unless the separator is
 * a comma.
 */
typedef struct
{
  char separator;
  gboolean apostrophes;
} NnCsvStyle;

/* One field: without its quotes and the spaces around it, not terminated. */
typedef struct
{
  const char *text;
  gsize length;
} NnCsvField;

/**
 * NnCsvLines:
 * @line: @line_end: the current line, without its end
 * @number: of the current line, from 1
 * @multiline: whether a quoted field may go over several lines, as in RFC 4180; then a line is a
 *   record, and its number that of its first line. Set by nn_csv_lines_init()
 */
typedef struct
{
  const char *line, *line_end;
  gsize number;
  gboolean multiline;
  /*< private >*/
  gsize span; /* lines of the file in the current line */
  const char *next, *end;
} NnCsvLines;

/* Skips a byte order mark. @text: borrowed */
void nn_csv_lines_init (NnCsvLines *lines, const char *text, gsize size);
/* Goes to the next line that is not blank. FALSE at the end. */
gboolean nn_csv_lines_next (NnCsvLines *lines);

/* Finds the separator of a text from its first lines. */
NnCsvStyle nn_csv_style_find (const char *text, gsize size);

/**
 * nn_csv_split:
 * @unquoted: memory of fields with doubled quotes; they are valid until the next call
 * @fields: (element-type NnCsvField): set to the fields of the line
 *
 * Returns: FALSE if a quote is not closed, or followed by something else than a separator, or if
 *   there are more than %NN_CSV_MAX_FIELDS fields
 */
gboolean nn_csv_split (
    const NnCsvStyle *style, const char *line, const char *end, GString *unquoted, GArray *fields);

/* Whether @field is a number; *@value may be infinite or NaN. */
gboolean nn_csv_number (const NnCsvStyle *style, const NnCsvField *field, float *value);

/* (transfer full): the text of a field for a message: valid UTF-8, shortened. */
char *nn_csv_quote (const NnCsvField *field);

G_END_DECLS
