/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-load.h"

#include <glib/gi18n.h>

NumeralModel *
cli_load_model (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (path == NULL)
    return numeral_model_load_shipped (error);
  file = g_file_new_for_path (path);
  return numeral_model_load (file, NULL, error);
}

NnDataset *
cli_split_writers (
    NnDataset *dataset, const char *path, const GArray *writers, NnDataset **others, GError **error)
{
  g_autoptr (NnDataset) theirs = NULL, rest = NULL;

  if (dataset->groups == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("%s does not say who wrote what; only UNIPEN files with writers do"), path);
      return NULL;
    }
  for (guint i = 0; i < writers->len; i++)
    {
      guint32 writer = g_array_index (writers, guint32, i);
      gsize at = 0;

      while (at < dataset->n && dataset->groups[at] != writer)
        at++;
      if (at == dataset->n)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("writer %u wrote nothing in %s"), writer,
                       path);
          return NULL;
        }
    }
  nn_dataset_split_groups (dataset, (const guint32 *) (gconstpointer) writers->data, writers->len,
                           &rest, &theirs);
  if (others != NULL)
    *others = g_steal_pointer (&rest);
  return g_steal_pointer (&theirs);
}
