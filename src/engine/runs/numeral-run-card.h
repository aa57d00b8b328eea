/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-history.h"
#include "numeral-run-data.h"

G_BEGIN_DECLS

/**
 * NumeralRunCard:
 * @name: @licence: (nullable): what a person calls the model, and its terms
 * @config: of the run
 * @more_settings: (nullable): further options of the command line that decide the weights
 * @data: that was trained on
 * @n_epochs: that were begun
 * @stopped: (nullable): why the run ended; %NULL while it goes on
 * @epoch: (nullable): of the weights; NaN for figures that are not known
 * @accuracies: (nullable): [parts of @data]: validation of each part with these weights, NaN where
 *   there is none
 *
 * The training card of a model: how its weights came to be, as the metadata of its file.
 *
 * The same configuration and data, trained by the same version of Numeral, give the same card byte
 * for byte, in the window and on the command line, whatever the machine is called and how many
 * threads it has. So a card holds no date, no duration, no number of threads and no path, only the
 * last part of one; @name and @licence are the only members that a person chooses besides.
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
} NumeralRunCard;

/* (element-type utf8 utf8) (transfer full): never translated: it is data, not user interface. */
GHashTable *numeral_run_card_format (const NumeralRunCard *card);

/* The options of `numeral-cli train` that decide the weights: the same options, on the same data,
 * give the same model. (transfer full) */
char *numeral_run_card_settings (const NnTrainConfig *config);

G_END_DECLS
