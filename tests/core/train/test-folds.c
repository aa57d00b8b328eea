/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "core-test.h"
#include "nn-folds.h"
#include "nn-random.h"

#define N 600
#define K 3

/* Clouds of points around three places, which are easily told apart. */
static NnDataset *
make_clouds (void)
{
  static const float middles[K][2] = { { 0, 0 }, { 4, 0 }, { 0, 4 } };
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_values (N, 2, K, &error);
  NnRandom random;

  g_assert_no_error (error);
  nn_random_init (&random, 7);
  for (guint i = 0; i < N; i++)
    {
      /* Twice as many of the first class. */
      const guint k = i % 4 % K;

      dataset->labels[i] = (guint8) k;
      for (guint j = 0; j < 2; j++)
        dataset->values[i * 2 + j] = middles[k][j] + nn_random_uniform (&random);
    }
  return dataset;
}

static NnTrainConfig
small_config (void)
{
  NnTrainConfig config;

  nn_train_config_init (&config);
  config.hidden[0] = 8;
  config.learning_rate = 0.02;
  config.epochs = 4;
  return config;
}

/* Each class is divided evenly, and another seed divides in another way. */
static void
test_divide (void)
{
  g_autoptr (NnDataset) dataset = make_clouds ();
  guint8 folds[N], again[N], other[N];
  guint counts[7][K] = { { 0 } };

  nn_folds_divide (dataset, 7, 1, folds);
  for (guint i = 0; i < N; i++)
    counts[folds[i]][dataset->labels[i]]++;
  for (guint f = 1; f < 7; f++)
    for (guint k = 0; k < K; k++)
      g_assert_cmpint (ABS ((int) counts[f][k] - (int) counts[0][k]), <=, 1);
  nn_folds_divide (dataset, 7, 1, again);
  g_assert_cmpmem (folds, N, again, N);
  nn_folds_divide (dataset, 7, 2, other);
  g_assert_true (memcmp (folds, other, N) != 0);
}

/* A sample whose label is wrong is read as what it is, because its network never saw the label. */
static void
test_out_of_fold (void)
{
  g_autoptr (NnDataset) dataset = make_clouds ();
  NnTrainConfig config = small_config ();
  g_autoptr (GError) error = NULL;
  g_autofree float *one = NULL, *two = NULL;
  guint n_right = 0;

  dataset->labels[5] = (guint8) ((dataset->labels[5] + 1) % K);
  config.threads = 1;
  one = nn_folds_read (&config, dataset, 5, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N; i++)
    {
      const float *p = one + (gsize) i * K;

      g_assert_cmpfloat_with_epsilon (p[0] + p[1] + p[2], 1, 1e-5);
      n_right += p[i % 4 % K] > 0.5f;
    }
  g_assert_cmpuint (n_right, >, N * 95 / 100);
  g_assert_cmpfloat (one[5 * K + 5 % 4 % K], >, 0.5f);
  config.threads = 2;
  two = nn_folds_read (&config, dataset, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (one, N * K * sizeof *one, two, N * K * sizeof *two);
}

typedef struct
{
  gsize last, n_all, stop_at;
} Watch;

static gboolean
watch (gsize n_done, gsize n, gpointer data, GError **error)
{
  Watch *seen = data;

  g_assert_cmpuint (n_done, >=, seen->last);
  g_assert_cmpuint (n_done, <=, n);
  seen->last = n_done;
  seen->n_all = n;
  if (seen->stop_at == 0 || n_done < seen->stop_at)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return FALSE;
}

static void
test_progress (void)
{
  g_autoptr (NnDataset) dataset = make_clouds ();
  const NnTrainConfig config = small_config ();
  Watch seen = { 0 };
  const NnBulk bulk = { .progress = watch, .data = &seen };
  g_autoptr (GError) error = NULL;
  g_autofree float *all = nn_folds_read (&config, dataset, 3, &bulk, &error);
  float *none;

  g_assert_no_error (error);
  g_assert_cmpuint (seen.last, ==, seen.n_all);
  seen = (Watch){ .stop_at = seen.n_all / 2 };
  none = nn_folds_read (&config, dataset, 3, &bulk, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) few = nn_dataset_new_values (4, 2, K, &error);
  g_autoptr (NnDataset) dataset = make_clouds ();
  NnTrainConfig config = small_config ();

  g_assert_no_error (error);
  g_assert_null (nn_folds_read (&config, few, 5, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  g_clear_error (&error);
  config.learning_rate = -1;
  g_assert_null (nn_folds_read (&config, dataset, 5, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folds/divide", test_divide);
  g_test_add_func ("/folds/out-of-fold", test_out_of_fold);
  g_test_add_func ("/folds/progress", test_progress);
  g_test_add_func ("/folds/errors", test_errors);
  return g_test_run ();
}
