/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-csv.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MIN_SIDE 7
#define BYTE_MAX 255.0f
/* The optical digits of UCI, which scikit-learn has too: 8 x 8 counts of 0 to 16. */
#define UCI_SIDE 8
#define UCI_MAX 16.0f
/* Numbers of 0 to 1 that were grey levels may have been written with three decimals. */
#define LEVEL_TOLERANCE 0.13f
#define CANVAS_SIDE 28

/* The features of a table, and what they are.
 * @keep: (element-type guint32): the rows that have a class and no word among the features
 * @columns: [@n_features] of the table
 * @levels: whether all are multiples of 1/255 */
typedef struct
{
  const NnCsvTable *table;
  GArray *keep;
  guint *columns, n_features, side;
  float low, high, scale;
  gboolean whole, levels;
} Features;

static void
features_clear (Features *features)
{
  g_clear_pointer (&features->keep, g_array_unref);
  g_clear_pointer (&features->columns, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Features, features_clear)

static float
value_at (const Features *features, guint32 row, guint feature)
{
  const NnCsvTable *table = features->table;

  return g_array_index (table->values, float,
                        (gsize) row * table->width + features->columns[feature]);
}

/* The other candidate for the label is a feature and must be a number. */
static gboolean
is_complete (const NnCsvTable *table, const NnCsvClasses *label, gsize row)
{
  if (g_array_index (label->ids, guint16, row) == NN_CSV_NO_CLASS)
    return FALSE;
  for (guint i = 0; i < table->n_candidates; i++)
    if (&table->candidates[i] != label &&
        !isfinite (
            g_array_index (table->values, float, row * table->width + table->candidates[i].column)))
      return FALSE;
  return TRUE;
}

static void
choose_columns (Features *features, const NnCsvClasses *label)
{
  const NnCsvTable *table = features->table;

  features->columns = g_new (guint, table->width);
  for (guint i = 0; i < table->width; i++)
    if (i != label->column && (int) i != table->skip)
      features->columns[features->n_features++] = i;
  features->keep = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 row = 0; row < table->n; row++)
    if (is_complete (table, label, row))
      g_array_append_val (features->keep, row);
  features->side = (guint) floor (sqrt (features->n_features));
  if (features->side < MIN_SIDE || features->side * features->side != features->n_features)
    features->side = 0;
}

static void
measure (Features *features)
{
  features->low = INFINITY;
  features->high = -INFINITY;
  features->whole = features->levels = TRUE;
  for (guint i = 0; i < features->keep->len; i++)
    for (guint j = 0; j < features->n_features; j++)
      {
        float value = value_at (features, g_array_index (features->keep, guint32, i), j);
        float level = value * BYTE_MAX;

        features->low = MIN (features->low, value);
        features->high = MAX (features->high, value);
        features->whole = features->whole && value == floorf (value);
        features->levels = features->levels && fabsf (level - roundf (level)) < LEVEL_TOLERANCE;
      }
}

static float
choose_scale (const Features *features)
{
  if (features->low >= 0 && features->high <= 1)
    return 0;
  if (features->low < 0 || features->high > BYTE_MAX)
    return 1;
  if (features->whole && features->side == UCI_SIDE && features->high <= UCI_MAX)
    return UCI_MAX;
  if (features->high > 127 ? features->whole || features->side > 0 :
                             features->whole && features->side > 0)
    return BYTE_MAX;
  return 1;
}

/* The samples as 8-bit images if that loses nothing, else as numbers. */
static NnDataset *
fill (const Features *features, guint n_classes, GError **error)
{
  gboolean bytes = features->side > 0 && features->scale == BYTE_MAX && features->whole;
  gboolean levels = features->side == CANVAS_SIDE && features->scale == 0 && features->levels;
  float factor = bytes ? 1 : BYTE_MAX, divisor = features->scale > 0 ? features->scale : 1;
  gsize n = features->keep->len;
  NnDataset *dataset =
      bytes || levels ?
          nn_dataset_new_pixels (n, features->side, features->side, n_classes, error) :
          nn_dataset_new_values (n, features->n_features, n_classes, error);

  if (dataset == NULL)
    return NULL;
  dataset->scale = features->scale;
  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < features->n_features; j++)
      {
        float value = value_at (features, g_array_index (features->keep, guint32, i), j);
        gsize at = i * features->n_features + j;

        if (dataset->pixels != NULL)
          dataset->pixels[at] = (guint8) lroundf (value * factor);
        else
          dataset->values[at] = value / divisor;
      }
  return dataset;
}

static gboolean
check_kept (const Features *features, const NnCsvClasses *label, GError **error)
{
  const NnCsvTable *table = features->table;

  if (features->keep->len > 0)
    return TRUE;
  for (guint i = 0; i < table->n_candidates; i++)
    if (&table->candidates[i] != label && table->candidates[i].names->len > 0)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                     _ ("column %u holds words such as “%s”, and only the label may; remove it"),
                     table->candidates[i].column + 1,
                     (char *) g_ptr_array_index (table->candidates[i].names, 0));
        return FALSE;
      }
  g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
               _ ("column %u holds no class: a whole number from 0 to 255, or a name"),
               label->column + 1);
  return FALSE;
}

NnDataset *
nn_csv_dataset (const NnCsvTable *table, gsize *n_rejected, GError **error)
{
  const NnCsvClasses *label = nn_csv_table_find_label (table, error);
  g_auto (Features) features = { .table = table };
  g_autoptr (GError) local = NULL;
  g_autofree char *names = NULL;
  guint8 map[2 * NN_CSV_MAX_CLASSES] = { 0 };
  NnDataset *dataset;
  guint n_classes;

  if (label == NULL)
    return NULL;
  choose_columns (&features, label);
  if (!check_kept (&features, label, error))
    return NULL;
  names = nn_csv_classes_number (label, map, &n_classes, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  measure (&features);
  features.scale = choose_scale (&features);
  dataset = fill (&features, n_classes, error);
  if (dataset == NULL)
    return NULL;
  for (gsize i = 0; i < dataset->n; i++)
    dataset->labels[i] =
        map[g_array_index (label->ids, guint16, g_array_index (features.keep, guint32, i))];
  if (names != NULL)
    dataset->class_names = g_ref_string_new (names);
  if (n_rejected != NULL)
    *n_rejected = table->n_rejected + table->n - dataset->n;
  return dataset;
}

gboolean
nn_csv_check_text (GBytes *text, GError **error)
{
  gsize size;
  const char *p = g_bytes_get_data (text, &size);

  if (size > G_MAXUINT32 / sizeof (float))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                           _ ("the CSV file is too large: keep it below 1 GiB"));
      return FALSE;
    }
  if (size > 0 && memchr (p, '\0', size) != NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                           _ ("not a CSV file: it holds bytes that are not text"));
      return FALSE;
    }
  return TRUE;
}

NnDataset *
nn_csv_parse (GBytes *text, gsize *n_rejected, GError **error)
{
  gsize size;
  const char *p = g_bytes_get_data (text, &size);
  g_auto (NnCsvTable) table = { 0 };
  NnCsvLines lines;

  if (!nn_csv_check_text (text, error) || !nn_csv_table_begin (&table, p, size, &lines, error) ||
      !nn_csv_table_read (&table, &lines, error))
    return NULL;
  return nn_csv_dataset (&table, n_rejected, error);
}
