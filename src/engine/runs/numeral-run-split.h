/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * NumeralRunSplit:
 * @share: of the samples that is for validation, from 0 to below 1
 * @seed: which decides the samples or writers
 * @writers: (nullable) (element-type guint32): where the data says who wrote what, exactly these
 *   are for validation, whatever the share
 * @samples: chooses samples rather than writers, as the command line of 0.1.0 did
 *
 * How samples are held out for validation: whole writers where the data says who wrote what, for
 * the aim is to read a writer whom the network has never seen; otherwise samples at random.
 */
typedef struct
{
  double share;
  guint64 seed;
  const GArray *writers;
  gboolean samples;
} NumeralRunSplit;

/**
 * numeral_run_split:
 * @dataset: (transfer full)
 * @name: of the data, for messages
 * @by_writer: (out): whether whole writers are held out
 * @train: (out): never %NULL on success
 * @validation: (out) (nullable)
 *
 * The same data and the same split give the same samples in the same order. Writers are taken in
 * an order that the seed decides, as long as their samples come nearer to the share; at least one,
 * and never all. Without a copy of the samples where that is possible.
 *
 * Returns: %FALSE with NN_ERROR_VALUE where @dataset is empty, where one of the writers wrote
 *   nothing in it, or where nothing is left to train on
 */
gboolean numeral_run_split (NnDataset *dataset,
                            const char *name,
                            const NumeralRunSplit *split,
                            gboolean *by_writer,
                            NnDataset **train,
                            NnDataset **validation,
                            GError **error);

/**
 * numeral_run_split_writers:
 * @name: of the data, for messages
 * @writers: (element-type guint32)
 * @others: (out) (optional) (nullable): the samples of everybody else
 *
 * The samples of @writers alone. NN_ERROR_VALUE where the data set does not say who wrote what, or
 * where one of @writers has written nothing in it.
 */
NnDataset *numeral_run_split_writers (NnDataset *dataset,
                                      const char *name,
                                      const GArray *writers,
                                      NnDataset **others,
                                      GError **error);

G_END_DECLS
