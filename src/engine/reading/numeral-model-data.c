/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-data.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Sets @map to the model's number of each class of the data. */
static gboolean
map_classes (char **from, char **to, guint8 *map, GError **error)
{
  guint n_known = g_strv_length (to);

  for (guint i = 0; from[i] != NULL; i++)
    {
      guint j = 0;

      while (j < n_known && !g_str_equal (from[i], to[j]))
        j++;
      if (j >= n_known || j > G_MAXUINT8)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                       _ ("the model was not trained on a class “%s”"), from[i]);
          return FALSE;
        }
      map[i] = (guint8) j;
    }
  return TRUE;
}

static gboolean
match_classes (const char *known, NnDataset *dataset, GError **error)
{
  guint8 map[NN_DATASET_MAX_CLASSES] = { 0 };
  g_auto (GStrv) from = NULL;
  g_auto (GStrv) to = NULL;

  if (known == NULL || dataset->class_names == NULL || g_str_equal (known, dataset->class_names))
    return TRUE;
  from = g_strsplit (dataset->class_names, "\n", NN_DATASET_MAX_CLASSES);
  to = g_strsplit (known, "\n", NN_DATASET_MAX_CLASSES);
  if (!map_classes (from, to, map, error))
    return FALSE;
  for (gsize i = 0; i < dataset->n; i++)
    dataset->labels[i] = map[dataset->labels[i]];
  dataset->n_classes = MAX (g_strv_length (to), 2);
  g_ref_string_release (dataset->class_names);
  dataset->class_names = g_ref_string_new (known);
  return TRUE;
}

gboolean
numeral_model_adapt_data (const NumeralModel *model, NnDataset *dataset, GError **error)
{
  const char *text = numeral_model_get_metadata (model, NUMERAL_CARD_SCALE);
  double scale = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  /* The file is not trusted. */
  if (isfinite (scale) && scale >= 1 && scale <= 255)
    nn_dataset_set_scale (dataset, (float) scale);
  return match_classes (numeral_model_get_metadata (model, NUMERAL_CARD_CLASSES), dataset, error);
}
