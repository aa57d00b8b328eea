/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-train-config.h"

G_BEGIN_DECLS

/**
 * NnOrder:
 * @n: samples in an epoch, the same in every one
 * @indices: [n] the present epoch's samples, in the order in which they are taken
 *
 * Which samples an epoch takes and in which order: a function of the seed and
 * the epoch alone, so that a run that is taken up again in its middle needs no
 * more than the number of its step.
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
  guint64 epoch; /* the one in @indices, or G_MAXUINT64 */
} NnOrder;

NnOrder *nn_order_new (const NnDataset *dataset, NnBalance balance, guint64 seed);
void nn_order_free (NnOrder *order);

/* Fills @indices for an epoch; costs nothing where it is there already. */
void nn_order_set_epoch (NnOrder *order, guint64 epoch);

/* Weights of the classes for NN_BALANCE_WEIGHTS, [n_classes], of mean 1 over the samples; free with
 * g_free(). */
float *nn_order_class_weights (const NnDataset *dataset);

G_END_DECLS
