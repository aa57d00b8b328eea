/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-background.h"

#include <glib/gi18n-lib.h>

#include "nn-lazy.h"
#include "nn-random.h"
#include "numeral-data.h"
#include "numeral-fail.h"
#include "numeral-generate.h"

#define N_SAMPLES 200
#define N_GENERATED 2000
#define SEED 1

static void
set_mean (NumeralBackground *background, const NnDataset *dataset)
{
  double sum[INK_TENSOR_SIZE] = { 0 };
  float x[INK_TENSOR_SIZE];

  for (gsize i = 0; i < dataset->n; i++)
    {
      nn_dataset_get (dataset, i, x);
      for (guint j = 0; j < INK_TENSOR_SIZE; j++)
        sum[j] += (double) x[j];
    }
  for (guint j = 0; j < INK_TENSOR_SIZE; j++)
    background->mean[j] = (float) (sum[j] / (double) dataset->n);
}

NumeralBackground *
numeral_background_new (NnDataset *dataset, guint n, guint64 seed, GError **error)
{
  NumeralBackground *background;
  g_autofree guint32 *order = NULL;
  NnRandom random;

  if (dataset->n_features != INK_TENSOR_SIZE || dataset->n == 0)
    {
      numeral_fail (error, NN_ERROR_SHAPE, _ ("the samples are not images of 28 × 28 pixels"));
      return NULL;
    }
  nn_lazy_complete (dataset, NULL);
  background = g_new0 (NumeralBackground, 1);
  background->ref_count = 1;
  background->n = (guint) MIN (n, dataset->n);
  background->samples = g_new (float, (gsize) background->n *INK_TENSOR_SIZE);
  set_mean (background, dataset);
  order = g_new (guint32, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    order[i] = (guint32) i;
  nn_random_init (&random, seed);
  nn_random_shuffle (&random, order, dataset->n);
  for (gsize i = 0; i < background->n; i++)
    nn_dataset_get (dataset, order[i], background->samples + i * INK_TENSOR_SIZE);
  return background;
}

NumeralBackground *
numeral_background_load (GCancellable *cancellable, GError **error)
{
  g_autofree char *mnist = numeral_data_find_mnist ();
  g_autoptr (NnDataset) dataset = NULL;

  if (mnist != NULL)
    dataset = numeral_data_load (mnist, NUMERAL_SPLIT_TRAIN, NULL, cancellable, error);
  else
    dataset = numeral_generate_digits (N_GENERATED, INK_GENERATOR_VERSION, SEED, 0, cancellable,
                                       NULL, NULL, error);
  return dataset != NULL ? numeral_background_new (dataset, N_SAMPLES, SEED, error) : NULL;
}

NumeralBackground *
numeral_background_ref (NumeralBackground *background)
{
  g_atomic_int_inc (&background->ref_count);
  return background;
}

void
numeral_background_unref (NumeralBackground *background)
{
  if (!g_atomic_int_dec_and_test (&background->ref_count))
    return;
  g_free (background->samples);
  g_free (background);
}
