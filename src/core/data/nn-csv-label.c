/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-csv-label.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_NAME 255
/* Whole numbers up to it may be classes: EMNIST has 62 digits and letters. */
#define HIGHEST_CLASS 61
/* Columns that show how high the values go. */
#define MIN_BETWEEN 8

void
nn_csv_classes_init (NnCsvClasses *classes, guint column)
{
  memset (classes, 0, sizeof *classes);
  classes->column = column;
  classes->ids = g_array_new (FALSE, FALSE, sizeof (guint16));
  classes->names = g_ptr_array_new_with_free_func (g_free);
  classes->index = g_hash_table_new (g_str_hash, g_str_equal);
}

void
nn_csv_classes_clear (NnCsvClasses *classes)
{
  g_clear_pointer (&classes->ids, g_array_unref);
  g_clear_pointer (&classes->index, g_hash_table_unref);
  g_clear_pointer (&classes->names, g_ptr_array_unref);
}

/* The id of a name, which is new or known. */
static guint16
id_of_name (NnCsvClasses *classes, const NnCsvField *field)
{
  g_autofree char *name = NULL;
  gpointer known;

  if (field->length < 1 || field->length > MAX_NAME || (field->length == 1 && *field->text == '?'))
    return NN_CSV_NO_CLASS;
  name = g_utf8_make_valid (field->text, (gssize) field->length);
  /* A quoted name may go over several lines, and the names of a data set are kept one a line. */
  g_strdelimit (name, "\r\n", ' ');
  if (g_hash_table_lookup_extended (classes->index, name, NULL, &known))
    return (guint16) GPOINTER_TO_UINT (known);
  if (classes->names->len >= NN_CSV_MAX_CLASSES)
    return NN_CSV_NO_CLASS;
  known = GUINT_TO_POINTER (NN_CSV_MAX_CLASSES + classes->names->len);
  g_hash_table_insert (classes->index, name, known);
  g_ptr_array_add (classes->names, g_steal_pointer (&name));
  return (guint16) GPOINTER_TO_UINT (known);
}

void
nn_csv_classes_add (NnCsvClasses *classes, const NnCsvField *field, float value)
{
  guint16 id = NN_CSV_NO_CLASS;

  if (isnan (value))
    id = id_of_name (classes, field);
  else if (value >= 0 && value < NN_CSV_MAX_CLASSES && value == floorf (value))
    id = (guint16) value;
  if (id < NN_CSV_MAX_CLASSES)
    classes->counts[id]++;
  classes->n_bad += id == NN_CSV_NO_CLASS;
  g_array_append_val (classes->ids, id);
}

/* The digit that a word names, or -1. */
static int
digit_of_word (const char *word)
{
  static const char *const words[] = { "zero", "one", "two",   "three", "four",
                                       "five", "six", "seven", "eight", "nine" };

  for (int i = 0; i < (int) G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return i;
  return -1;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer container): the names that are no digits, sorted. */
static GPtrArray *
sort_names (const NnCsvClasses *classes, guint8 *map, guint *n_numbers)
{
  GPtrArray *sorted = g_ptr_array_new ();

  *n_numbers = 0;
  for (guint i = 0; i < NN_CSV_MAX_CLASSES; i++)
    {
      map[i] = (guint8) i;
      if (classes->counts[i] > 0)
        *n_numbers = i + 1;
    }
  for (guint i = 0; i < classes->names->len; i++)
    {
      int digit = digit_of_word (g_ptr_array_index (classes->names, i));

      if (digit < 0)
        g_ptr_array_add (sorted, g_ptr_array_index (classes->names, i));
      else
        {
          map[NN_CSV_MAX_CLASSES + i] = (guint8) digit;
          *n_numbers = MAX (*n_numbers, (guint) digit + 1);
        }
    }
  g_ptr_array_sort (sorted, compare_names);
  return sorted;
}

char *
nn_csv_classes_number (const NnCsvClasses *classes, guint8 *map, guint *n_classes, GError **error)
{
  guint n_numbers;
  g_autoptr (GPtrArray) sorted = sort_names (classes, map, &n_numbers);
  GString *names;

  *n_classes = MAX (n_numbers + sorted->len, 2);
  if (*n_classes > NN_CSV_MAX_CLASSES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("column %u has more than %u classes; is it the label?"), classes->column + 1,
                   NN_CSV_MAX_CLASSES);
      return NULL;
    }
  if (sorted->len == 0)
    return NULL;
  names = g_string_new (NULL);
  for (guint i = 0; i < n_numbers; i++)
    g_string_append_printf (names, "%u\n", i);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *name = g_ptr_array_index (sorted, i);
      guint id = GPOINTER_TO_UINT (g_hash_table_lookup (classes->index, name));

      map[id] = (guint8) (n_numbers + i);
      g_string_append (names, name);
      if (i + 1 < sorted->len)
        g_string_append_c (names, '\n');
    }
  return g_string_free (names, FALSE);
}

gboolean
nn_csv_label_from_header (const GPtrArray *names, int *column, GError **error)
{
  /* The names of a row are as good as each other; those of a later row count only if there is
   * none of an earlier one. */
  static const char *const rows[][8] = {
    { "label", "labels", "class", "classes", "target", "klasse", "标签", "类别" },
    { "digit", "digits", "number", "category", "species", "outcome", "ziffer", "数字" },
    { "y", "answer", "truth", "class_label", "class label", "classlabel", "label_id", "output" },
  };

  *column = -1;
  for (guint row = 0; row < G_N_ELEMENTS (rows) && *column < 0; row++)
    for (guint i = 0; i < names->len; i++)
      {
        const char *name = g_ptr_array_index (names, i);
        gboolean matches = FALSE;

        for (guint j = 0; j < G_N_ELEMENTS (rows[row]); j++)
          matches = matches || g_ascii_strcasecmp (name, rows[row][j]) == 0;
        if (matches && *column >= 0)
          {
            g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                         _ ("columns %d and %u both have the name of a label, “%s” and “%s”; "
                            "rename the one that is not"),
                         *column + 1, i + 1, (char *) g_ptr_array_index (names, *column), name);
            return FALSE;
          }
        if (matches)
          *column = (int) i;
      }
  return TRUE;
}

/* How far a column may be the label. */
typedef enum
{
  NEVER,    /* fractions, negative numbers, too many names */
  CONSTANT, /* one class in all rows */
  WIDE,     /* whole numbers up to 255, more likely values */
  LIKELY,
  NAMES,
} Chance;

/* @high: (out): the highest number */
static Chance
judge (const NnCsvClasses *classes, guint *high)
{
  gsize n = classes->ids->len;
  guint n_different = classes->names->len;

  *high = 0;
  for (guint i = 0; i < NN_CSV_MAX_CLASSES; i++)
    if (classes->counts[i] > 0)
      {
        *high = i;
        n_different++;
      }
  /* A few damaged rows do not make it another column. */
  if (classes->n_bad * 10 > n || n_different == 0)
    return NEVER;
  if (n_different == 1)
    return CONSTANT;
  if (classes->names->len > 0)
    return n_different * 2 <= n || n < 20 ? NAMES : NEVER;
  return *high <= HIGHEST_CLASS ? LIKELY : WIDE;
}

static void
refuse (const NnCsvClasses *first, const NnCsvClasses *last, Chance chances[2], GError **error)
{
  if (chances[0] == NEVER && chances[1] == NEVER)
    g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                 _ ("no column can be told to be the label: neither column %u nor column %u holds "
                    "a few classes, whole numbers from 0 or names; give the column with the label "
                    "the header “label”"),
                 first->column + 1, last->column + 1);
  else if (MAX (chances[0], chances[1]) == CONSTANT)
    g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                 _ ("column %u is the same in all rows, so it cannot be told to be the label; give "
                    "the column with the label the header “label”"),
                 (chances[1] == CONSTANT ? last : first)->column + 1);
  else
    g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                 _ ("the label may be in column %u or in column %u: both hold whole numbers or "
                    "names "
                    "as classes are; give the column with the label the header “label”"),
                 first->column + 1, last->column + 1);
}

const NnCsvClasses *
nn_csv_label_choose (const NnCsvClasses *first,
                     const NnCsvClasses *last,
                     float low,
                     float high,
                     guint n_between,
                     GError **error)
{
  guint highest[2];
  Chance chances[2] = { judge (first, &highest[0]), judge (last, &highest[1]) };
  gboolean inside[2];

  for (guint i = 0; i < 2; i++)
    inside[i] = low <= 0 && (float) highest[i] <= high;
  if (MAX (chances[0], chances[1]) >= WIDE)
    {
      Chance better = MAX (chances[0], chances[1]);
      Chance worse = MIN (chances[0], chances[1]);

      if (worse == NEVER || (worse < better && better >= LIKELY))
        return chances[0] > chances[1] ? first : last;
      /* Of two whole numbers, the one that is beyond the values is not one of them. */
      if (better == LIKELY && n_between >= MIN_BETWEEN && inside[0] != inside[1])
        return inside[0] ? last : first;
    }
  refuse (first, last, chances, error);
  return NULL;
}
