/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * NumeralRunSplit:
 * @share: share of the samples for validation, in [0, 1)
 * @seed: decides which samples or writers are held out
 * @writers: (nullable) (element-type guint32): if the data names its writers, exactly these are
 *   held out, and the share is ignored
 * @samples: chooses samples instead of writers, as the command line of 0.1.0 did
 *
 * How samples are held out for validation. If the data names its writers, whole writers are held
 * out, because the goal is to read writers that the network has never seen. Otherwise random
 * samples are.
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
 * @name: name of the data, for messages
 * @by_writer: (out): whether whole writers are held out
 * @train: (out): never %NULL on success
 * @validation: (out) (nullable)
 *
 * The same data and the same split give the same samples in the same order. Writers are taken in
 * an order that the seed gives, while the number of samples gets closer to the share: at least
 * one writer, and never all. Avoids copying samples where possible.
 *
 * Returns: %FALSE with NN_ERROR_VALUE if @dataset is empty, if one of the writers has no sample
 *   in it, or if nothing is left to train on
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
 * @name: name of the data, for messages
 * @writers: (element-type guint32)
 * @others: (out) (optional) (nullable): the samples of all other writers
 *
 * The samples of @writers alone. NN_ERROR_VALUE if the data set does not name its writers, or if
 * one of @writers has no sample in it.
 */
NnDataset *numeral_run_split_writers (NnDataset *dataset,
                                      const char *name,
                                      const GArray *writers,
                                      NnDataset **others,
                                      GError **error);

G_END_DECLS
