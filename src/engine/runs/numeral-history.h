/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base-series.h"

G_BEGIN_DECLS

/* One minibatch. Plain data: the record of a run's curve file. */
typedef struct
{
  float loss;
  float accuracy; /* of the minibatch, 0 to 1 */
  float learning_rate;
} NumeralStepPoint;

/* One epoch. The validation figures are NaN without validation; @epsilon is what a private run has
 * spent at its end, 0 for other runs. */
typedef struct
{
  guint epoch;                       /* 0-based */
  guint64 step;                      /* steps of the run at its end */
  double train_loss, train_accuracy; /* means over the epoch's minibatches */
  double validation_loss, validation_accuracy;
  double seconds; /* of training, without validation */
  double epsilon;
} NumeralEpochPoint;

/**
 * NumeralHistory:
 * @loss: @accuracy: @learning_rate: of each minibatch; all have the same length
 * @epochs: (element-type NumeralEpochPoint)
 * @validation_loss: @validation_accuracy: @epsilon: those of @epochs as floats, for charts; NaN
 *   where there is none
 * @best_epoch: index into @epochs of the best, -1 before the first
 *
 * The curve of a run: every minibatch and every epoch, bit for bit. Append-only; owned by one
 * thread at a time. A minibatch takes 6 to 9 bytes: see base-block.h. Charts show the series
 * themselves, without a copy.
 */
typedef struct
{
  BaseSeries *loss, *accuracy, *learning_rate;
  GArray *epochs;
  BaseSeries *validation_loss, *validation_accuracy, *epsilon;
  guint64 steps_per_epoch;
  int best_epoch;
} NumeralHistory;

/* Whether @point replaces @best (nullable), an earlier epoch. The best epoch has the lowest
 * validation loss; of equal ones it is the first. Without validation the last epoch is the best,
 * because a training loss says nothing about generalisation. */
gboolean numeral_epoch_point_is_better (const NumeralEpochPoint *point,
                                        const NumeralEpochPoint *best);

NumeralHistory *numeral_history_new (guint64 steps_per_epoch);
/* (transfer full): the curve up to now, for another thread. It shares the stored minibatches:
 * a millisecond for ten million, and as long as a copy of the epochs. */
NumeralHistory *numeral_history_copy (const NumeralHistory *history);
void numeral_history_free (NumeralHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralHistory, numeral_history_free)

void numeral_history_add_steps (NumeralHistory *history, const NumeralStepPoint *points, gsize n);
void numeral_history_add_epoch (NumeralHistory *history, const NumeralEpochPoint *point);
/* Number of minibatches. */
gsize numeral_history_get_n_steps (const NumeralHistory *history);
/* Writes minibatches @first to @first + @n - 1, which must exist, to @points. */
void numeral_history_get_steps (const NumeralHistory *history,
                                gsize first,
                                gsize n,
                                NumeralStepPoint *points);
NumeralStepPoint numeral_history_get_step (const NumeralHistory *history, gsize step);
/* (nullable) (transfer none): valid until an epoch is added. */
const NumeralEpochPoint *numeral_history_get_best (const NumeralHistory *history);
/* Removes all points after @step, for a run that resumes from a checkpoint. */
void numeral_history_truncate (NumeralHistory *history, guint64 step);
/* Removes all minibatches and keeps the epochs. */
void numeral_history_clear_steps (NumeralHistory *history);
/* Size of the minibatches in memory, in bytes. */
gsize numeral_history_get_steps_size (const NumeralHistory *history);

G_END_DECLS
