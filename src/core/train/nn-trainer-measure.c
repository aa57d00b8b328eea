/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-lazy.h"
#include "nn-trainer-private.h"

static void
measure_worker (guint worker, gpointer data)
{
  NnTrainer *trainer = data;
  const NnDataset *dataset = trainer->measured;
  const guint k = nn_architecture_n_classes (&trainer->arch);
  gsize n_chunks = (dataset->n + NN_MEASURE_CHUNK - 1) / NN_MEASURE_CHUNK, first, last;

  nn_pool_share (trainer->pool, worker, n_chunks, &first, &last);
  for (gsize c = first; c < last; c++)
    {
      const gsize start = c * NN_MEASURE_CHUNK;
      const gsize n = MIN (NN_MEASURE_CHUNK, dataset->n - start);
      const float *logits = trainer->plan->measure (trainer, worker, start, n);

      trainer->chunk_losses[c] =
          nn_loss_forward_backward (trainer->arch.loss, logits, dataset->labels + start, NULL, 0,
                                    NULL, n, k, &trainer->chunk_correct[c]);
    }
}

void
nn_trainer_measure (NnTrainer *trainer, const NnDataset *dataset, double *loss, double *accuracy)
{
  gsize n_chunks = (dataset->n + NN_MEASURE_CHUNK - 1) / NN_MEASURE_CHUNK;
  double total = 0;
  gsize correct = 0;

  g_return_if_fail (dataset->n_features == trainer->train->n_features);
  g_return_if_fail (trainer->train->pixels == NULL || dataset->pixels != NULL);

  if (trainer->measured != dataset)
    {
      g_clear_pointer (&trainer->measured, nn_dataset_unref);
      trainer->measured = nn_dataset_ref ((NnDataset *) dataset);
      nn_lazy_complete (dataset, trainer->pool);
      trainer->chunk_losses = g_renew (double, trainer->chunk_losses, n_chunks);
      trainer->chunk_correct = g_renew (gsize, trainer->chunk_correct, n_chunks);
      trainer->plan->measure_begin (trainer);
    }

  nn_pool_run (trainer->pool, measure_worker, trainer);

  for (gsize c = 0; c < n_chunks; c++)
    {
      total += trainer->chunk_losses[c];
      correct += trainer->chunk_correct[c];
    }
  *loss = total / (double) dataset->n;
  *accuracy = (double) correct / (double) dataset->n;
}
