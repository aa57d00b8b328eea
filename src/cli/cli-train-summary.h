/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-train-options.h"
#include "nn-evaluate.h"
#include "numeral-session.h"

G_BEGIN_DECLS

/**
 * CliTrainSummary:
 * @model: the model that was written
 * @figures: the figures of the session
 * @stopped: why the run ended
 * @outcome: what was learned
 * @best_epoch: epoch of the weights, from 1
 * @explained: share of the variance that the principal components explain; NaN without them
 * @training: evaluation of the model on all training samples
 * @validation: (nullable)
 * @parts: (element-type NnEvaluation): validation of each part of the data; %NULL for a part
 *   without validation
 *
 * The result of a run, measured with the model that was written.
 */
typedef struct
{
  const CliTrainOptions *options;
  const NumeralRunData *data;
  const NumeralModel *model;
  NumeralSessionFigures figures;
  const char *stopped;
  NumeralOutcome outcome;
  guint best_epoch;
  double explained;
  NnSpent spent, spent_tight; /* of a private run */
  NnEvaluation *training, *validation;
  GPtrArray *parts;
} CliTrainSummary;

/* Measures @model; borrows the arguments. */
gboolean cli_train_summary_init (CliTrainSummary *summary,
                                 const CliTrainOptions *options,
                                 const NumeralRunData *data,
                                 const NumeralModel *model,
                                 const NumeralSession *session,
                                 GError **error);
void cli_train_summary_clear (CliTrainSummary *summary);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTrainSummary, cli_train_summary_clear)

/* Print to the standard output. */
void cli_train_summary_print_text (const CliTrainSummary *summary);
void cli_train_summary_print_json (const CliTrainSummary *summary);

G_END_DECLS
