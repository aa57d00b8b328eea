/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-split.h"

#include <glib/gi18n-lib.h>

#include "nn-random.h"
#include "numeral-fail.h"

/* Number of a random stream of the run; core defines the others. */
#define STREAM_WRITERS 3

/* (transfer full): the number of samples of each writer. */
static GHashTable *
count_samples (const NnDataset *dataset)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < dataset->n; i++)
    {
      gpointer writer = GUINT_TO_POINTER (dataset->groups[i]);
      const gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, writer));

      g_hash_table_insert (counts, writer, GSIZE_TO_POINTER (n + 1));
    }
  return counts;
}

/* Takes writers, in an order that the seed gives, while the number of samples gets closer to the
 * share. %FALSE if there are too few writers for both sides. */
static gboolean
split_by_writers (NnDataset *dataset,
                  const NumeralRunSplit *split,
                  NnDataset **train,
                  NnDataset **validation)
{
  g_autoptr (GHashTable) counts = count_samples (dataset);
  g_autoptr (GArray) writers = nn_dataset_list_groups (dataset);
  double wanted = split->share * (double) dataset->n;
  gsize n_held = 0;
  guint n_out = 0;
  NnRandom random;

  nn_random_init_stream (&random, split->seed, STREAM_WRITERS, 0);
  nn_random_shuffle (&random, (guint32 *) (void *) writers->data, writers->len);
  while (n_out + 1 < writers->len)
    {
      gpointer writer = GUINT_TO_POINTER (g_array_index (writers, guint32, n_out));
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, writer));

      /* At least one writer; then one more as long as the result gets closer to the share. */
      if (n_out > 0 && (double) n_held + (double) n / 2 > wanted)
        break;
      n_held += n;
      n_out++;
    }
  if (n_out == 0)
    return FALSE;
  nn_dataset_split_groups (dataset, (const guint32 *) (void *) writers->data, n_out, train,
                           validation);
  return TRUE;
}

NnDataset *
numeral_run_split_writers (
    NnDataset *dataset, const char *name, const GArray *writers, NnDataset **others, GError **error)
{
  g_autoptr (NnDataset) theirs = NULL, rest = NULL;

  if (dataset->groups == NULL)
    {
      numeral_fail (error, NN_ERROR_VALUE,
                    _ ("%s does not name the writers; only some UNIPEN files do"), name);
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
          numeral_fail (error, NN_ERROR_VALUE, _ ("writer %u has no samples in %s"), writer, name);
          return NULL;
        }
    }
  nn_dataset_split_groups (dataset, (const guint32 *) (gconstpointer) writers->data, writers->len,
                           &rest, &theirs);
  if (others != NULL)
    *others = g_steal_pointer (&rest);
  return g_steal_pointer (&theirs);
}

gboolean
numeral_run_split (NnDataset *dataset,
                   const char *name,
                   const NumeralRunSplit *split,
                   gboolean *by_writer,
                   NnDataset **train,
                   NnDataset **validation,
                   GError **error)
{
  g_autoptr (NnDataset) whole = dataset;

  *by_writer = FALSE;
  if (whole->n == 0)
    return numeral_fail (error, NN_ERROR_VALUE, _ ("%s holds no sample that could be used"), name);
  if (whole->groups != NULL && split->writers != NULL)
    {
      *by_writer = TRUE;
      *validation = numeral_run_split_writers (whole, name, split->writers, train, error);
      if (*validation == NULL)
        return FALSE;
      if (*train != NULL)
        return TRUE;
      g_clear_pointer (validation, nn_dataset_unref);
      return numeral_fail (error, NN_ERROR_VALUE,
                           _ ("%s: all its writers are for validation, so there is nothing to "
                              "train on"),
                           name);
    }
  if (whole->groups != NULL && split->share > 0 && !split->samples)
    *by_writer = split_by_writers (whole, split, train, validation);
  if (!*by_writer)
    nn_dataset_split_in_place (g_steal_pointer (&whole), split->share, split->seed, train,
                               validation);
  return TRUE;
}
