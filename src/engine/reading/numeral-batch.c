/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-batch.h"

#include <math.h>

#include "nn-forward.h"

void
numeral_batch_read (const NnNetwork *network, const float *tensors, guint n, int *answers)
{
  const guint n_classes = nn_architecture_n_classes (&network->arch);
  g_autoptr (NnTape) tape = nn_tape_new_fused (&network->arch, n);
  const float *logits;

  logits = nn_forward (network, tape, tensors, n);
  for (guint i = 0; i < n; i++, logits += n_classes)
    {
      answers[i] = 0;
      for (guint k = 1; k < n_classes; k++)
        if (logits[k] > logits[answers[i]])
          answers[i] = (int) k;
      for (guint k = 0; k < n_classes; k++)
        if (!isfinite (logits[k]))
          answers[i] = -1;
    }
}

typedef struct
{
  const NumeralBatchWatch *watch;
  GCancellable *cancellable;
  double start, share; /* shares of the whole work: done before this pass, and of this pass */
} Pass;

static gboolean
report (gsize n_done, gsize n, gpointer data, GError **error)
{
  const Pass *pass = data;

  if (pass->watch->progress != NULL)
    pass->watch->progress (pass->start + pass->share * (double) n_done / (double) MAX (n, 1),
                           pass->watch->data);
  return !g_cancellable_set_error_if_cancelled (pass->cancellable, error);
}

static void
give_part (gsize first, gsize n, const float *logits, gpointer data)
{
  const Pass *pass = data;

  pass->watch->part (first, n, logits, pass->watch->data);
}

NumeralBatch *
numeral_batch_new (const NumeralModel *model,
                   const NnDataset *dataset,
                   const NumeralBatchWatch *watch,
                   GCancellable *cancellable,
                   GError **error)
{
  static const NumeralBatchWatch nothing = { 0 };
  const double n_read = (double) model->network->n_params;
  const double n_novelty = model->novelty != NULL ? (double) model->novelty->network->n_params : 0;
  Pass pass = { watch != NULL ? watch : &nothing, cancellable, 0, n_read / (n_read + n_novelty) };
  NnBulk bulk = { .progress = report, .data = &pass };
  g_autoptr (NumeralBatch) batch = g_new0 (NumeralBatch, 1);

  batch->n = dataset->n;
  batch->n_classes = nn_architecture_n_classes (&model->network->arch);
  if (pass.watch->part != NULL)
    bulk.part = give_part;
  batch->logits = nn_bulk_logits (model->network, dataset, &bulk, error);
  if (batch->logits == NULL)
    return NULL;
  if (model->novelty == NULL)
    return g_steal_pointer (&batch);
  pass.start = pass.share;
  pass.share = 1 - pass.start;
  bulk.part = NULL;
  batch->novelty = numeral_novelty_measure_in_bulk (model->novelty, dataset, &bulk, error);
  return batch->novelty != NULL ? g_steal_pointer (&batch) : NULL;
}

void
numeral_batch_free (NumeralBatch *batch)
{
  g_free (batch->logits);
  g_free (batch->novelty);
  g_free (batch);
}
