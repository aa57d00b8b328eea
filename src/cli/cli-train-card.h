/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-train-data.h"
#include "cli-train-options.h"
#include "cli-train-run.h"
#include "nn-evaluate.h"

G_BEGIN_DECLS

/**
 * CliCard:
 * @training: of the network that is kept, on all that was trained on
 * @validation: (nullable)
 * @parts: (element-type NnEvaluation): validation of each part of the data, %NULL where it
 *   has none
 *
 * The figures of a finished run: for its summary, and for the training card that
 * the model file carries.
 */
typedef struct
{
  const CliTrainOptions *options;
  const CliTrainData *data;
  const CliTrainResult *result;
  NnEvaluation *training, *validation;
  GPtrArray *parts;
} CliCard;

/* Measures result->network; borrows the arguments. */
gboolean cli_card_init (CliCard *card,
                        const CliTrainOptions *options,
                        const CliTrainData *data,
                        const CliTrainResult *result,
                        GError **error);
void cli_card_clear (CliCard *card);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliCard, cli_card_clear)

/* (element-type utf8 utf8) (transfer full): the same run gives the same card: no dates, no
 * durations, no paths but the last names of the data sets. */
GHashTable *cli_card_metadata (const CliCard *card);

/* The summary, on the standard output. */
void cli_card_print_text (const CliCard *card);
void cli_card_print_json (const CliCard *card);

G_END_DECLS
