/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-history.h"
#include "numeral-run-data.h"

G_BEGIN_DECLS

/**
 * NumeralRunCard:
 * @name: @licence: (nullable): the name that a person gave the model, and its licence
 * @config: of the run
 * @more_settings: (nullable): further options of the command line that affect the weights
 * @data: training and validation data
 * @n_epochs: number of epochs that were begun
 * @stopped: (nullable): why the run ended; %NULL while it is training
 * @epoch: (nullable): the epoch of the weights; unknown figures are NaN
 * @accuracies: (nullable): [parts of @data]: validation accuracy of each part with these
 *   weights; NaN for a part without validation
 * @explained: share of the variance of the training samples that the principal components explain;
 *   NaN, or 0, if the network learns from the samples themselves
 * @epsilon: what a private run has spent so far, for the choice of the weights saw all of it; 0 for
 *   other runs
 *
 * The training card of a model describes how its weights were trained. It is the metadata of the
 * model file.
 *
 * The same configuration and data, trained by the same version of Numeral, give the same card
 * byte for byte, in the window and on the command line, on every machine. A card therefore
 * contains no date, duration, number of threads or directory: of a path it has the last
 * component alone. @name and @licence are the only members that do not follow from the
 * configuration and the data.
 */
typedef struct
{
  const char *name, *licence;
  const NnTrainConfig *config;
  const char *more_settings;
  const NumeralRunData *data;
  guint n_epochs;
  const char *stopped;
  const NumeralEpochPoint *epoch;
  const double *accuracies;
  double explained;
  double epsilon;
} NumeralRunCard;

/* (element-type utf8 utf8) (transfer full): never translated: it is data, not user interface. */
GHashTable *numeral_run_card_format (const NumeralRunCard *card);

/* (transfer full): the samples and their number, as in a card, without figures. */
char *numeral_run_card_describe_data (const NumeralRunData *data);

/* (transfer full): the options of `numeral-cli train` that affect the weights. The same options
 * give the same model on the same data. */
char *numeral_run_card_settings (const NnTrainConfig *config);

G_END_DECLS
