/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-names.h"

G_BEGIN_DECLS

/* How classes of different sizes are balanced. */
typedef enum
{
  NN_BALANCE_NONE,
  NN_BALANCE_WEIGHTS, /* the loss of a sample is weighted by n / (classes * samples of its class) */
  NN_BALANCE_OVERSAMPLE,  /* an epoch has as many samples of each class as of the largest; some are
                             repeated */
  NN_BALANCE_UNDERSAMPLE, /* an epoch has as many samples of each class as of the smallest, chosen
                             at random */
  NN_N_BALANCES,
} NnBalance;

/* "none", "weights", "oversample", "undersample" */
extern const NnNames nn_balance_names;
const char *nn_balance_name (NnBalance balance);
gboolean nn_balance_from_name (const char *name, NnBalance *out, GError **error);

/**
 * NnSampler:
 * @n: number of samples in an epoch, the same in every epoch
 * @indices: [n] the samples of the current epoch, in training order
 *
 * Chooses the samples of an epoch and their order. Both depend on the seed and the epoch alone,
 * so that a run can be resumed in the middle of an epoch from the number of its step.
 */
typedef struct
{
  gsize n;
  guint32 *indices;
  /*< private >*/
  guint64 seed;
  NnBalance balance;
  guint n_classes;
  gsize *class_start; /* [n_classes + 1] into by_class */
  guint32 *by_class;  /* [samples] sample numbers, sorted by class; NULL unless resampled */
  guint32 *shuffled;  /* [largest class] */
  gsize per_class;
  gsize n_samples;
  guint64 epoch; /* the epoch of @indices, or G_MAXUINT64 */
} NnSampler;

NnSampler *nn_sampler_new (const NnDataset *dataset, NnBalance balance, guint64 seed);
void nn_sampler_free (NnSampler *sampler);

/* Fills @indices for an epoch; does nothing if they are for this epoch already. */
void nn_sampler_set_epoch (NnSampler *sampler, guint64 epoch);

/* Weights of the classes for NN_BALANCE_WEIGHTS, [n_classes], of mean 1 over the samples; free with
 * g_free(). */
float *nn_sampler_class_weights (const NnDataset *dataset);

G_END_DECLS
