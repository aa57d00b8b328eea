/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-data.h"

#include <glib/gi18n.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "numeral-fail.h"
#include "numeral-generate.h"

/* The purpose of a random stream of the run; core has the others. */
#define STREAM_WRITERS 3

typedef struct
{
  NumeralDataProgress func;
  gpointer user_data;
} Progress;

static void
on_progress (gsize done, gsize total, gpointer user_data)
{
  Progress *progress = user_data;

  if (progress->func != NULL && total > 0)
    progress->func ((double) done / (double) total, progress->user_data);
}

static NnDataset *
load (const NumeralRunConfig *config,
      gsize *n_rejected,
      GCancellable *cancellable,
      Progress *progress,
      GError **error)
{
  g_autofree char *mnist = NULL;

  switch (config->source)
    {
    case NUMERAL_SOURCE_MNIST:
      mnist = numeral_data_find_mnist ();
      if (mnist != NULL)
        return numeral_data_load (mnist, NUMERAL_SPLIT_TRAIN, n_rejected, cancellable, error);
      numeral_fail (error, NN_ERROR_CONFIG,
                    _ ("MNIST is not on this computer; download it, or choose other data"));
      return NULL;
    case NUMERAL_SOURCE_PATH:
      return numeral_data_load_full (config->path, NUMERAL_SPLIT_TRAIN, n_rejected, cancellable,
                                     progress->func, progress->user_data, error);
    case NUMERAL_SOURCE_GENERATED:
    default:
      return numeral_generate_digits (config->generated, config->train.seed, config->train.threads,
                                      cancellable, on_progress, progress, error);
    }
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* (element-type guint32): each once, ascending. */
static GArray *
list_writers (const NnDataset *dataset)
{
  GArray *writers = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < dataset->n; i++)
    if (g_hash_table_add (seen, GUINT_TO_POINTER (dataset->groups[i])))
      g_array_append_val (writers, dataset->groups[i]);
  g_array_sort (writers, compare_numbers);
  return writers;
}

/* Takes writers in an order of the seed's as long as their samples are not too many. %FALSE where
 * there are too few for some on either side. */
static gboolean
split_writers (NnDataset *dataset, const NnTrainConfig *train, NumeralRunData *data)
{
  g_autoptr (GArray) writers = list_writers (dataset);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  double wanted = train->validation * (double) dataset->n;
  gsize n_held = 0;
  guint n_out = 0;
  NnRandom random;

  for (gsize i = 0; i < dataset->n; i++)
    {
      gpointer writer = GUINT_TO_POINTER (dataset->groups[i]);
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, writer));

      g_hash_table_insert (counts, writer, GSIZE_TO_POINTER (n + 1));
    }
  nn_random_init_stream (&random, train->seed, STREAM_WRITERS, 0);
  nn_random_shuffle (&random, (guint32 *) (void *) writers->data, writers->len);
  while (n_out + 1 < writers->len)
    {
      gpointer writer = GUINT_TO_POINTER (g_array_index (writers, guint32, n_out));
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, writer));

      /* One at least; one more as long as that comes nearer to what is wanted. */
      if (n_out > 0 && (double) n_held + (double) n / 2 > wanted)
        break;
      n_held += n;
      n_out++;
    }
  if (n_out == 0)
    return FALSE;
  nn_dataset_split_groups (dataset, (const guint32 *) (void *) writers->data, n_out, &data->train,
                           &data->validation);
  return TRUE;
}

/* Whoever frees many megabytes has raised the size from which the GNU allocator gives blocks back
 * by itself: a file that was read would stay in memory for the whole run. */
static void
give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

NumeralRunData *
numeral_run_data_load (const NumeralRunConfig *config,
                       GCancellable *cancellable,
                       NumeralDataProgress func,
                       gpointer user_data,
                       GError **error)
{
  const NnTrainConfig *train = &config->train;
  g_autoptr (NumeralRunData) data = g_new0 (NumeralRunData, 1);
  g_autoptr (NnDataset) dataset = NULL;
  Progress progress = { func, user_data };

  if (!numeral_run_config_validate (config, error))
    return NULL;
  dataset = load (config, &data->n_rejected, cancellable, &progress, error);
  if (dataset == NULL)
    return NULL;
  if (dataset->n == 0)
    {
      numeral_fail (error, NN_ERROR_VALUE, _ ("the data holds no sample that could be used"));
      return NULL;
    }
  if (dataset->groups == NULL || train->validation <= 0 || !split_writers (dataset, train, data))
    nn_dataset_split_in_place (g_steal_pointer (&dataset), train->validation, train->seed,
                               &data->train, &data->validation);
  if (train->patience > 0 && data->validation == NULL)
    {
      numeral_fail (error, NN_ERROR_CONFIG,
                    _ ("early stopping needs samples for validation, and there are too few to keep "
                       "some"));
      return NULL;
    }
  g_clear_pointer (&dataset, nn_dataset_unref);
  give_back ();
  return g_steal_pointer (&data);
}

void
numeral_run_data_free (NumeralRunData *data)
{
  g_clear_pointer (&data->train, nn_dataset_unref);
  g_clear_pointer (&data->validation, nn_dataset_unref);
  g_free (data);
}
