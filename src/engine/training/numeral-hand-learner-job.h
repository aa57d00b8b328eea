/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-lesson.h"

G_BEGIN_DECLS

/* Private to numeral-hand-learner: one lesson in a thread of its own. */
typedef struct _NumeralHandLearnerJob NumeralHandLearnerJob;

/**
 * NumeralHandLearnerWatch:
 * @progress: not called any more after numeral_hand_learner_job_cancel()
 * @done: called once, after a cancellation too: then the job can be freed without waiting.
 *   @lesson: (nullable) (transfer full); @error: (nullable)
 *
 * Called in the main context of the caller, and never after numeral_hand_learner_job_free().
 */
typedef struct
{
  void (*progress) (double share, gpointer data);
  void (*done) (NumeralHandLearnerJob *job,
                NumeralHandLesson *lesson,
                const GError *error,
                gpointer data);
  gpointer data;
} NumeralHandLearnerWatch;

/* @model: @name: (nullable): as in NumeralHandLessonRequest */
NumeralHandLearnerJob *numeral_hand_learner_job_begin (NumeralHandDb *db,
                                                       NumeralModel *model,
                                                       const char *name,
                                                       const NumeralHandLearnerWatch *watch);
void numeral_hand_learner_job_cancel (NumeralHandLearnerJob *job);
/* Cancels, and waits for the thread. */
void numeral_hand_learner_job_free (NumeralHandLearnerJob *job);

G_END_DECLS
