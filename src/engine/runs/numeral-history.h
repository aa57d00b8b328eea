/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One minibatch. Plain data: the record of a run's curve file. */
typedef struct
{
  float loss;
  float accuracy; /* of the minibatch, 0 to 1 */
  float learning_rate;
} NumeralStepPoint;

/* One epoch. The validation figures are NaN without validation. */
typedef struct
{
  guint epoch;                       /* 0-based */
  guint64 step;                      /* steps of the run at its end */
  double train_loss, train_accuracy; /* means over the epoch's minibatches */
  double validation_loss, validation_accuracy;
  double seconds; /* of training, without validation */
} NumeralEpochPoint;

/**
 * NumeralHistory:
 *
 * The curve of a run: every minibatch and every epoch. Append-only; owned by one thread at a
 * time.
 */
typedef struct
{
  GArray *steps;  /* of NumeralStepPoint */
  GArray *epochs; /* of NumeralEpochPoint */
  guint64 steps_per_epoch;
  int best_epoch; /* index into @epochs of the best, -1 before the first */
} NumeralHistory;

/* Whether @point replaces @best (nullable), an earlier epoch. The best epoch has the lowest
 * validation loss; of equal ones it is the first. Without validation the last epoch is the best,
 * because a training loss says nothing about generalisation. */
gboolean numeral_epoch_point_is_better (const NumeralEpochPoint *point,
                                        const NumeralEpochPoint *best);
/* One line of JSON with its newline, with or without the accuracy of the minibatch. @step and
 * @epoch count from 0; the line counts from 1. */
void numeral_step_point_append_json (GString *text,
                                     guint64 step,
                                     guint64 epoch,
                                     const NumeralStepPoint *point,
                                     gboolean with_accuracy);
/* One line of numeral_history_to_jsonl() with its newline. */
void numeral_epoch_point_append_json (GString *text,
                                      const NumeralEpochPoint *point,
                                      float learning_rate);

NumeralHistory *numeral_history_new (guint64 steps_per_epoch);
void numeral_history_free (NumeralHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralHistory, numeral_history_free)

void numeral_history_add_steps (NumeralHistory *history, const NumeralStepPoint *points, guint n);
void numeral_history_add_epoch (NumeralHistory *history, const NumeralEpochPoint *point);
/* (nullable) (transfer none): valid until an epoch is added. */
const NumeralEpochPoint *numeral_history_get_best (const NumeralHistory *history);
/* Removes all points after @step, for a run that resumes from a checkpoint. */
void numeral_history_truncate (NumeralHistory *history, guint64 step);
/* (transfer full): the curve as CSV, or as JSON lines in the format of `numeral-cli train --log`
 * plus the accuracy of each minibatch. */
GBytes *numeral_history_to_csv (const NumeralHistory *history);
GBytes *numeral_history_to_jsonl (const NumeralHistory *history);

G_END_DECLS
