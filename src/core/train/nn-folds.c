/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-folds.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-loss.h"
#include "nn-random.h"
#include "nn-trainer.h"

void
nn_folds_divide (const NnDataset *dataset, guint n_folds, guint64 seed, guint8 *folds)
{
  g_autofree guint32 *order = g_new (guint32, dataset->n);
  g_autofree guint *next = g_new (guint, dataset->n_classes);
  NnRandom random;

  nn_random_init (&random, seed);
  for (gsize i = 0; i < dataset->n; i++)
    order[i] = (guint32) i;
  nn_random_shuffle (&random, order, dataset->n);
  /* The classes begin with different folds, so that the odd samples do not all go into the first.
   */
  for (guint k = 0; k < dataset->n_classes; k++)
    next[k] = k % n_folds;
  for (gsize i = 0; i < dataset->n; i++)
    {
      guint *fold = &next[dataset->labels[order[i]]];

      folds[order[i]] = (guint8) *fold;
      *fold = (*fold + 1) % n_folds;
    }
}

/**
 * Work:
 * @folds: [dataset->n]
 * @probabilities: [dataset->n, dataset->n_classes] the result
 * @n_done: @n_all: samples that were trained on or read, and that will be
 */
typedef struct
{
  const NnTrainConfig *config;
  const NnDataset *dataset;
  const NnBulk *bulk;
  guint8 *folds;
  float *probabilities;
  gsize n_done, n_all;
} Work;

static gboolean
report (gsize n_done, gsize n, gpointer data, GError **error)
{
  const Work *work = data;

  return work->bulk == NULL || work->bulk->progress == NULL ||
         work->bulk->progress (work->n_done + n_done, work->n_all, work->bulk->data, error);
}

/* (transfer full): the samples of a fold, or all others, in their order */
static guint32 *
list_samples (const Work *work, guint fold, gboolean others, gsize *n)
{
  guint32 *indices = g_new (guint32, work->dataset->n);

  *n = 0;
  for (gsize i = 0; i < work->dataset->n; i++)
    if ((work->folds[i] != fold) == others)
      indices[(*n)++] = (guint32) i;
  return indices;
}

/* (transfer full) (nullable): trained on all samples but those of the fold */
static NnNetwork *
train (Work *work, guint fold, GError **error)
{
  gsize n;
  g_autofree guint32 *indices = list_samples (work, fold, TRUE, &n);
  g_autoptr (NnDataset) dataset = nn_dataset_subset (work->dataset, indices, n);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (work->config, dataset, error);
  NnStep step = { .run_done = FALSE };

  if (trainer == NULL)
    return NULL;
  while (!step.run_done)
    {
      if (!nn_trainer_step (trainer, &step, error) || !report (step.n, 0, work, error))
        return NULL;
      work->n_done += step.n;
    }
  return nn_trainer_snapshot (trainer);
}

static gboolean
read_fold (Work *work, guint fold, const NnNetwork *network, GError **error)
{
  const guint k = work->dataset->n_classes;
  const NnBulk bulk = { .n_workers = work->config->threads, .progress = report, .data = work };
  gsize n;
  g_autofree guint32 *indices = list_samples (work, fold, FALSE, &n);
  g_autoptr (NnDataset) dataset = nn_dataset_subset (work->dataset, indices, n);
  g_autofree float *logits = nn_bulk_logits (network, dataset, &bulk, error);

  if (logits == NULL)
    return FALSE;
  nn_loss_outputs (network->arch.loss, logits, logits, n, k);
  nn_loss_probabilities (network->arch.loss, logits, logits, n, k);
  for (gsize i = 0; i < n; i++)
    memcpy (work->probabilities + (gsize) indices[i] * k, logits + i * k, k * sizeof *logits);
  work->n_done += n;
  return TRUE;
}

float *
nn_folds_read (const NnTrainConfig *config,
               const NnDataset *dataset,
               guint n_folds,
               const NnBulk *bulk,
               GError **error)
{
  g_autofree guint8 *folds = g_new (guint8, dataset->n);
  g_autofree float *probabilities = g_new (float, dataset->n * dataset->n_classes);
  const gsize n_trained = dataset->n * (n_folds - 1) * config->epochs;
  Work work = { .config = config,
                .dataset = dataset,
                .bulk = bulk,
                .folds = folds,
                .probabilities = probabilities,
                .n_all = n_trained + dataset->n };

  g_return_val_if_fail (n_folds >= NN_FOLDS_MIN && n_folds <= NN_FOLDS_MAX, NULL);

  if (dataset->n < n_folds)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("%zu samples are too few to divide them by %u"), dataset->n, n_folds);
      return NULL;
    }
  nn_folds_divide (dataset, n_folds, config->seed, folds);
  for (guint fold = 0; fold < n_folds; fold++)
    {
      g_autoptr (NnNetwork) network = train (&work, fold, error);

      if (network == NULL || !read_fold (&work, fold, network, error))
        return NULL;
    }
  return g_steal_pointer (&probabilities);
}
