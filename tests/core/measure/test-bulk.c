/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-test.h"
#include "nn-bulk.h"
#include "nn-evaluate.h"
#include "nn-predictor.h"

#define N_INPUTS 70
#define N_CLASSES 5

static NnNetwork *
make_network (void)
{
  const NnMlp mlp = { .n_layers = 3, .widths = { N_INPUTS, 33, 17, N_CLASSES } };
  NnNetwork *network = core_test_network (&mlp);
  NnRandom random;

  nn_random_init (&random, 1);
  nn_network_init (network, NN_INIT_HE, &random);
  return network;
}

/* Every sample's logits, in its place, and not a bit of difference by the number of workers. */
static void
test_workers (void)
{
  static const gsize sizes[] = { 1, 63, 64, 65, 1100, 3000 };
  static const guint workers[] = { 2, 3, 7, 0 };
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnPredictor) predictor = nn_predictor_new (network);

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      const gsize n = sizes[s];
      g_autoptr (NnDataset) dataset = core_test_pixels (n, 10, 7, N_CLASSES, 0.4, s + 1);
      const NnBulk alone = { .n_workers = 1 };
      g_autoptr (GError) error = NULL;
      g_autofree float *logits = nn_bulk_logits (network, dataset, &alone, &error);
      g_autofree float *plain = nn_bulk_logits (network, dataset, NULL, &error);
      float x[N_INPUTS], probabilities[N_CLASSES];

      g_assert_no_error (error);
      g_assert_cmpmem (plain, n * N_CLASSES * sizeof (float), logits,
                       n * N_CLASSES * sizeof (float));
      for (guint w = 0; w < G_N_ELEMENTS (workers); w++)
        {
          const NnBulk bulk = { .n_workers = workers[w] };
          g_autofree float *same = nn_bulk_logits (network, dataset, &bulk, &error);

          g_assert_no_error (error);
          g_assert_cmpmem (same, n * N_CLASSES * sizeof (float), logits,
                           n * N_CLASSES * sizeof (float));
        }
      for (gsize i = 0; i < n; i++)
        {
          nn_dataset_get (dataset, i, x);
          nn_predictor_run (predictor, x, probabilities);
          for (guint j = 0; j < N_CLASSES; j++)
            g_assert_cmpfloat_with_epsilon ((double) logits[i * N_CLASSES + j],
                                            (double) nn_predictor_logits (predictor)[j], 1e-5);
        }
    }
}

/* Figures too are the same whatever the number of workers. */
static void
test_evaluate (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnDataset) dataset = core_test_pixels (2000, 10, 7, N_CLASSES, 0.4, 1);
  const NnBulk alone = { .n_workers = 1 }, three = { .n_workers = 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnEvaluation) a = nn_evaluate_in_bulk (network, dataset, &alone, &error);
  g_autoptr (NnEvaluation) b = nn_evaluate_in_bulk (network, dataset, &three, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (&a->loss, sizeof a->loss, &b->loss, sizeof b->loss);
  g_assert_cmpmem (&a->ece, sizeof a->ece, &b->ece, sizeof b->ece);
  g_assert_cmpmem (a->confusion, N_CLASSES * N_CLASSES * sizeof (gsize), b->confusion,
                   N_CLASSES * N_CLASSES * sizeof (gsize));
}

typedef struct
{
  GThread *thread;
  guint n_calls, stop_at; /* 0: never */
  gsize last, n;
} Watch;

static gboolean
on_progress (gsize n_done, gsize n, gpointer data, GError **error)
{
  Watch *watch = data;

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_cmpuint (n_done, >=, watch->last);
  g_assert_cmpuint (n_done, <=, n);
  watch->last = n_done;
  watch->n = n;
  if (++watch->n_calls != watch->stop_at)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE, "stopped by the test");
  return FALSE;
}

static void
test_progress (gconstpointer data)
{
  const guint n_workers = GPOINTER_TO_UINT (data);
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnDataset) dataset = core_test_pixels (1000, 10, 7, N_CLASSES, 0.4, 1);
  Watch watch = { .thread = g_thread_self () };
  const NnBulk bulk = { n_workers, on_progress, &watch };
  g_autoptr (GError) error = NULL;
  g_autofree float *logits = nn_bulk_logits (network, dataset, &bulk, &error);

  g_assert_no_error (error);
  g_assert_nonnull (logits);
  g_assert_cmpuint (watch.n_calls, >=, 1);
  g_assert_cmpuint (watch.last, ==, 1000);
  g_assert_cmpuint (watch.n, ==, 1000);

  /* A stop is honoured within a minibatch, and is no result. */
  watch = (Watch){ .thread = g_thread_self (), .stop_at = 1 };
  g_assert_null (nn_bulk_logits (network, dataset, &bulk, &error));
  core_test_error (&error, NN_ERROR_VALUE);
  g_assert_cmpuint (watch.n_calls, ==, 1);
  if (n_workers == 1)
    g_assert_cmpuint (watch.last, <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/bulk/workers", test_workers);
  g_test_add_func ("/core/bulk/evaluate", test_evaluate);
  g_test_add_data_func ("/core/bulk/progress/alone", GUINT_TO_POINTER (1), test_progress);
  g_test_add_data_func ("/core/bulk/progress/three", GUINT_TO_POINTER (3), test_progress);
  return g_test_run ();
}
