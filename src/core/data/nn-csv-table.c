/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-csv-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define SAMPLED_LINES 64
/* Whole numbers in order from 0 are a header that a program wrote if there are so many. */
#define MIN_COUNTED 8

void
nn_csv_table_clear (NnCsvTable *table)
{
  g_clear_pointer (&table->values, g_array_unref);
  for (guint i = 0; i < table->n_candidates; i++)
    nn_csv_classes_clear (&table->candidates[i]);
  table->n_candidates = 0;
  g_clear_error (&table->problem);
}

static const NnCsvField *
field_at (const GArray *fields, guint i)
{
  return &g_array_index (fields, NnCsvField, i);
}

/* The most frequent number of columns of the first lines, the first of equal ones. */
static guint
find_width (const NnCsvStyle *style, NnCsvLines lines)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (NnCsvField));
  g_autoptr (GString) unquoted = g_string_new (NULL);
  guint widths[SAMPLED_LINES], n = 0, best = 0, width = 0;

  while (n < SAMPLED_LINES && nn_csv_lines_next (&lines))
    if (nn_csv_split (style, lines.line, lines.line_end, unquoted, fields))
      widths[n++] = fields->len;
  for (guint i = 0; i < n; i++)
    {
      guint count = 0;

      for (guint j = 0; j < n; j++)
        count += widths[j] == widths[i];
      /* A single line of another length before the first row is a header. */
      if (count > best || (count == best && width < 2))
        {
          best = count;
          width = widths[i];
        }
    }
  return width;
}

/* Whether the columns are numbered from 0, and no header names them otherwise. */
static gboolean
is_counted (const NnCsvStyle *style, const GArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      float value;

      if (!nn_csv_number (style, field_at (fields, i), &value) || value != (float) i)
        return FALSE;
    }
  return fields->len >= MIN_COUNTED;
}

/* (transfer full) (element-type utf8) */
static GPtrArray *
names_of (const GArray *fields)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (names, nn_csv_quote (field_at (fields, i)));
  return names;
}

/* Whether a field is the name of a label. */
static gboolean
names_label (const GArray *fields)
{
  g_autoptr (GPtrArray) names = names_of (fields);
  int column;

  return !nn_csv_label_from_header (names, &column, NULL) || column >= 0;
}

/* Whether the first line names the columns: one is called label or the like, all are words, or
 * half are words where the second line has numbers. */
static gboolean
is_header (const NnCsvStyle *style, const GArray *fields, NnCsvLines lines)
{
  g_autoptr (GArray) second = g_array_new (FALSE, FALSE, sizeof (NnCsvField));
  g_autoptr (GString) unquoted = g_string_new (NULL);
  gboolean words = TRUE;
  guint n_words = 0;
  float value;

  if (is_counted (style, fields) || names_label (fields))
    return TRUE;
  for (guint i = 0; i < fields->len; i++)
    words = words && !nn_csv_number (style, field_at (fields, i), &value);
  if (words)
    return TRUE;
  if (!nn_csv_lines_next (&lines) ||
      !nn_csv_split (style, lines.line, lines.line_end, unquoted, second) ||
      second->len != fields->len)
    return FALSE;
  /* One bad value does not make a row a header. */
  for (guint i = 0; i < fields->len; i++)
    n_words += !nn_csv_number (style, field_at (fields, i), &value) &&
               nn_csv_number (style, field_at (second, i), &value);
  return 2 * n_words >= fields->len;
}

/* Whether a program gave a column this name because it numbers the rows. */
static gboolean
numbers_rows (const char *name)
{
  static const char *const names[] = { "", "id", "index", "unnamed: 0", "row" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_header (NnCsvTable *table, const GArray *fields, GError **error)
{
  g_autoptr (GPtrArray) names = names_of (fields);

  if (fields->len != table->width)
    return TRUE;
  if (!nn_csv_label_from_header (names, &table->label, error))
    return FALSE;
  if (table->width > 2 && table->label != 0 && numbers_rows (g_ptr_array_index (names, 0)))
    table->skip = 0;
  return TRUE;
}

gboolean
nn_csv_table_begin (
    NnCsvTable *table, const char *text, gsize size, NnCsvLines *lines, GError **error)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (NnCsvField));
  g_autoptr (GString) unquoted = g_string_new (NULL);
  NnCsvLines first;

  memset (table, 0, sizeof *table);
  table->label = table->skip = -1;
  table->style = nn_csv_style_find (text, size);
  nn_csv_lines_init (lines, text, size);
  table->width = find_width (&table->style, *lines);
  first = *lines;
  if (!nn_csv_lines_next (&first) ||
      !nn_csv_split (&table->style, first.line, first.line_end, unquoted, fields) ||
      !is_header (&table->style, fields, first))
    return TRUE;
  if (!read_header (table, fields, error))
    return FALSE;
  *lines = first;
  return TRUE;
}

static void
add_problem (NnCsvTable *table, gsize line, guint column, const NnCsvField *field)
{
  g_autofree char *quoted = NULL;

  table->n_rejected++;
  if (table->problem != NULL)
    return;
  quoted = nn_csv_quote (field);
  if (field->length == 0)
    g_set_error (&table->problem, NN_ERROR, NN_ERROR_FORMAT,
                 _ ("line %zu, column %u: there is no value"), line, column + 1);
  else
    g_set_error (&table->problem, NN_ERROR, NN_ERROR_FORMAT,
                 _ ("line %zu, column %u: “%s” is not a finite number"), line, column + 1, quoted);
}

static NnCsvClasses *
candidate_at (NnCsvTable *table, guint column)
{
  for (guint i = 0; i < table->n_candidates; i++)
    if (table->candidates[i].column == column)
      return &table->candidates[i];
  return NULL;
}

/* Reads the fields of a row into @row. Words are allowed where the label may be. */
static gboolean
read_row (NnCsvTable *table, const GArray *fields, gsize line, float *row)
{
  for (guint i = 0; i < fields->len; i++)
    {
      gboolean number = nn_csv_number (&table->style, field_at (fields, i), &row[i]);

      if ((int) i == table->skip)
        row[i] = 0;
      else if (candidate_at (table, i) != NULL)
        row[i] = !number ? NAN : isfinite (row[i]) ? row[i] : INFINITY;
      else if (!number || !isfinite (row[i]))
        {
          add_problem (table, line, i, field_at (fields, i));
          return FALSE;
        }
    }
  return TRUE;
}

static void
add_row (NnCsvTable *table, const GArray *fields, const float *row)
{
  for (guint i = 0; i < table->width; i++)
    {
      NnCsvClasses *classes = candidate_at (table, i);

      if (classes != NULL)
        nn_csv_classes_add (classes, field_at (fields, i), row[i]);
      else if ((int) i != table->skip)
        {
          table->low = MIN (table->low, row[i]);
          table->high = MAX (table->high, row[i]);
        }
    }
  g_array_append_vals (table->values, row, table->width);
  table->n++;
}

static void
begin_rows (NnCsvTable *table)
{
  guint first = table->skip == 0 ? 1 : 0;

  table->values = g_array_new (FALSE, FALSE, sizeof (float));
  table->low = INFINITY;
  table->high = -INFINITY;
  nn_csv_classes_init (&table->candidates[0], table->label >= 0 ? (guint) table->label : first);
  table->n_candidates = 1;
  if (table->label < 0)
    nn_csv_classes_init (&table->candidates[table->n_candidates++], table->width - 1);
}

static gboolean
fail_without_rows (const NnCsvTable *table, GError **error)
{
  if (table->problem != NULL)
    g_propagate_error (error, g_error_copy (table->problem));
  else
    g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                         _ ("no sample in the CSV file: each line needs the class and one or more "
                            "numbers, with commas, semicolons or tabs between them"));
  return FALSE;
}

gboolean
nn_csv_table_read (NnCsvTable *table, NnCsvLines *lines, GError **error)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (NnCsvField));
  g_autoptr (GString) unquoted = g_string_new (NULL);
  g_autofree float *row = NULL;

  if (table->width < (table->skip >= 0 ? 3 : 2))
    return fail_without_rows (table, error);
  row = g_new (float, table->width);
  begin_rows (table);
  while (nn_csv_lines_next (lines))
    {
      if (table->comment != 0 && *lines->line == table->comment)
        continue;
      if (!nn_csv_split (&table->style, lines->line, lines->line_end, unquoted, fields))
        {
          table->n_rejected++;
          if (table->problem == NULL)
            g_set_error (&table->problem, NN_ERROR, NN_ERROR_FORMAT,
                         _ ("line %zu: the quotes do not match, or there are too many columns"),
                         lines->number);
        }
      else if (fields->len != table->width)
        {
          table->n_rejected++;
          if (table->problem == NULL)
            g_set_error (&table->problem, NN_ERROR, NN_ERROR_FORMAT,
                         _ ("line %zu has another number of columns (%u) than the others (%u)"),
                         lines->number, fields->len, table->width);
        }
      else if (read_row (table, fields, lines->number, row))
        add_row (table, fields, row);
    }
  return table->n > 0 || fail_without_rows (table, error);
}

const NnCsvClasses *
nn_csv_table_find_label (const NnCsvTable *table, GError **error)
{
  const NnCsvClasses *first = &table->candidates[0], *last = &table->candidates[1];

  if (table->n_candidates == 1)
    return first;
  return nn_csv_label_choose (first, last, table->low, table->high,
                              last->column - first->column - 1, error);
}
