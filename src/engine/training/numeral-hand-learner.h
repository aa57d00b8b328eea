/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-lesson.h"
#include "numeral-hand-store.h"

G_BEGIN_DECLS

/**
 * NumeralHandLearnerState:
 * @NUMERAL_HAND_LEARNER_IDLE: nothing goes on
 * @NUMERAL_HAND_LEARNER_LEARNING: a thread adapts the model
 * @NUMERAL_HAND_LEARNER_OFFERING: the adapted model is better: keep it, or undo
 * @NUMERAL_HAND_LEARNER_NO_BETTER: it is not better, and will not be kept
 * @NUMERAL_HAND_LEARNER_SAVING: the file of the kept model is being read, written or removed
 * @NUMERAL_HAND_LEARNER_FAILED: numeral_hand_learner_get_message() says why
 */
typedef enum
{
  NUMERAL_HAND_LEARNER_IDLE,
  NUMERAL_HAND_LEARNER_LEARNING,
  NUMERAL_HAND_LEARNER_OFFERING,
  NUMERAL_HAND_LEARNER_NO_BETTER,
  NUMERAL_HAND_LEARNER_SAVING,
  NUMERAL_HAND_LEARNER_FAILED,
} NumeralHandLearnerState;

/**
 * NumeralHandLearner:
 *
 * Learns a person's hand for the main thread: all functions return at once. It knows how many
 * samples there are and how many are new, makes a NumeralHandLesson in a thread, and keeps the
 * model in its file, in the order of numeral_write_queue_run(). Disposing of it cancels and waits
 * for the thread, which takes one minibatch.
 *
 * Signal "changed": what the functions below return has changed.
 */
#define NUMERAL_TYPE_HAND_LEARNER (numeral_hand_learner_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandLearner, numeral_hand_learner, NUMERAL, HAND_LEARNER, GObject)

/* @path: (nullable): numeral_hand_model_path() */
NumeralHandLearner *numeral_hand_learner_new (NumeralHandStore *store, const char *path);

/* Cancels the learning and waits for its thread, which takes a minibatch or the like: for the end
 * of the program. Nothing is learned afterwards; a change of the file that has begun is made. */
void numeral_hand_learner_close (NumeralHandLearner *self);

/* Reads the kept model, and counts the samples. A file that cannot be read is left as it is, and is
 * a failure that has nothing to dismiss: try again, or forget it. Of one that is encrypted and
 * locked nothing is kept: load it again when it is unlocked. */
void numeral_hand_learner_load (NumeralHandLearner *self);

NumeralHandLearnerState numeral_hand_learner_get_state (NumeralHandLearner *self);
/* The share of the learning that is done. */
double numeral_hand_learner_get_progress (NumeralHandLearner *self);
/* (nullable) (transfer none): of OFFERING, NO_BETTER, and SAVING after OFFERING. */
const NumeralHandLesson *numeral_hand_learner_get_lesson (NumeralHandLearner *self);
/* (nullable): of FAILED. */
const char *numeral_hand_learner_get_message (NumeralHandLearner *self);
/* Whether what failed is that the kept model cannot be read. */
gboolean numeral_hand_learner_is_unreadable (NumeralHandLearner *self);
/* (nullable) (transfer none): the model that was kept. */
NumeralModel *numeral_hand_learner_get_kept (NumeralHandLearner *self);
/* The digits among the samples, and those that the kept model does not know. */
gsize numeral_hand_learner_get_n_digits (NumeralHandLearner *self);
gsize numeral_hand_learner_get_n_new (NumeralHandLearner *self);
/* The newest sample that the kept model knows; 0 if none is kept. */
gint64 numeral_hand_learner_get_newest (NumeralHandLearner *self);

/* Learns from @model (nullable): see NumeralHandLessonRequest. For an adapted model it takes the
 * one that this was adapted from, if it was kept since the start, or the one that ships. Returns
 * %FALSE while something else goes on, or with too few digits. */
gboolean
numeral_hand_learner_start (NumeralHandLearner *self, NumeralModel *model, const char *name);
/* Stops the learning. */
void numeral_hand_learner_cancel (NumeralHandLearner *self);
/* Saves the model that is offered. If that fails, the offer is there again after dismiss(). */
gboolean numeral_hand_learner_keep (NumeralHandLearner *self);
/* Gives up the offer, or takes note of a model that is no better, or of a failure. */
void numeral_hand_learner_dismiss (NumeralHandLearner *self);
/* Tries again what failed. */
void numeral_hand_learner_retry (NumeralHandLearner *self);

/* Deletes the kept model, also one that cannot be read. */
gboolean numeral_hand_learner_forget (NumeralHandLearner *self);
/* Keeps @model again, which was kept before. */
gboolean numeral_hand_learner_restore (NumeralHandLearner *self, NumeralModel *model);

G_END_DECLS
