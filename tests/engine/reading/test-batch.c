/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "engine-test.h"
#include "ink-tensor.h"
#include "nn-evaluate.h"
#include "numeral-batch.h"

#define N_SAMPLES 300

static NnNetwork *
make_network (guint width, guint64 seed)
{
  const guint widths[] = { INK_TENSOR_SIZE, width, 10 };
  NnNetwork *network = engine_test_network (widths, G_N_ELEMENTS (widths), seed);
  NnRandom random;

  nn_random_init (&random, seed);
  nn_network_init (network, NN_INIT_HE, &random);
  return network;
}

static NumeralModel *
make_model (gboolean with_novelty)
{
  g_autoptr (NnNetwork) network = make_network (20, 1), other = make_network (8, 2);
  g_autoptr (NumeralNovelty) novelty = numeral_novelty_new (other, 0.5, NULL);

  return numeral_model_new (network, with_novelty ? novelty : NULL, NULL);
}

static NnDataset *
make_dataset (void)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_pixels (N_SAMPLES, 28, 28, 10, &error);
  NnRandom random;

  g_assert_no_error (error);
  nn_random_init (&random, 3);
  for (gsize i = 0; i < N_SAMPLES * INK_TENSOR_SIZE; i++)
    dataset->pixels[i] = (guint8) nn_random_below (&random, 256);
  for (gsize i = 0; i < N_SAMPLES; i++)
    dataset->labels[i] = (guint8) nn_random_below (&random, 10);
  return dataset;
}

/* @last: the last share; @parts: [N_SAMPLES, 10] the logits that were given */
typedef struct
{
  double last;
  float parts[N_SAMPLES * 10];
  gsize n;
} Seen;

static void
on_progress (double share, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpfloat (share, >=, seen->last);
  seen->last = share;
}

static void
on_part (gsize first, gsize n, const float *logits, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpuint (first + n, <=, N_SAMPLES);
  memcpy (seen->parts + first * 10, logits, n * 10 * sizeof (float));
  seen->n += n;
}

static void
test_read (gconstpointer data)
{
  const gboolean with_novelty = GPOINTER_TO_INT (data);
  g_autoptr (NumeralModel) model = make_model (with_novelty);
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NumeralBatch) batch = NULL;
  g_autoptr (NnEvaluation) of_batch = NULL, own = NULL;
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  const NumeralBatchWatch watch = { on_progress, on_part, &seen };

  batch = numeral_batch_new (model, dataset, &watch, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (batch->n, ==, N_SAMPLES);
  g_assert_cmpuint (batch->n_classes, ==, 10);
  g_assert_cmpfloat_with_epsilon (seen.last, 1, 1e-9);
  /* Each sample's logits were given once. */
  g_assert_cmpuint (seen.n, ==, N_SAMPLES);
  g_assert_cmpmem (seen.parts, sizeof seen.parts, batch->logits, sizeof seen.parts);
  of_batch = nn_evaluate_logits (model->network, dataset, batch->logits, &error);
  own = nn_evaluate (model->network, dataset, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (of_batch->loss, ==, own->loss);
  g_assert_cmpfloat (of_batch->accuracy, ==, own->accuracy);
  if (with_novelty)
    {
      g_autofree double *novelty = numeral_novelty_measure (model->novelty, dataset, &error);

      g_assert_cmpmem (batch->novelty, N_SAMPLES * sizeof (double), novelty,
                       N_SAMPLES * sizeof (double));
    }
  else
    g_assert_null (batch->novelty);
}

static void
test_cancelled (void)
{
  g_autoptr (NumeralModel) model = make_model (TRUE);
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_batch_new (model, dataset, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_shape (void)
{
  g_autoptr (NumeralModel) model = make_model (FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) narrow = nn_dataset_new_pixels (3, 27, 28, 10, &error);

  g_assert_no_error (error);
  g_assert_null (numeral_batch_new (model, narrow, NULL, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/batch/read", GINT_TO_POINTER (FALSE), test_read);
  g_test_add_data_func ("/engine/batch/read-novelty", GINT_TO_POINTER (TRUE), test_read);
  g_test_add_func ("/engine/batch/cancelled", test_cancelled);
  g_test_add_func ("/engine/batch/shape", test_shape);
  return g_test_run ();
}
