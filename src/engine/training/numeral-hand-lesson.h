/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-adapt.h"
#include "numeral-hand-db.h"

G_BEGIN_DECLS

/**
 * NumeralHandLessonRequest:
 * @db: one's own handwriting
 * @model: (nullable): the model before; %NULL for the one that ships. Never one that was adapted
 *   already: what it has learned by heart would be measured as if it were new, so that nothing
 *   would seem to be gained, and errors of one adaptation would stay in the next
 * @name: (nullable): what the card calls @model; %NULL for its own name
 * @cancellable: (nullable)
 * @progress: (nullable): called repeatedly in the calling thread with the share that is done
 */
typedef struct
{
  NumeralHandDb *db;
  NumeralModel *model;
  const char *name;
  GCancellable *cancellable;
  void (*progress) (double share, gpointer user_data);
  gpointer user_data;
} NumeralHandLessonRequest;

/**
 * NumeralHandLesson:
 * @base: the model before; @name: (nullable): as in the request
 * @adaptation: the adapted model, whose card tells @newest (numeral-hand-model.h), and its figures
 * @newest: the highest number of a sample that was there
 * @mnist: whether everybody's digits were MNIST's, and not generated ones
 * @seconds: how long it took
 */
typedef struct
{
  NumeralModel *base;
  char *name;
  NumeralAdaptation *adaptation;
  gint64 newest;
  gboolean mnist;
  double seconds;
} NumeralHandLesson;

/**
 * numeral_hand_lesson_new:
 *
 * numeral_adapt() to all digits of one's own handwriting, with MNIST's training split if there is
 * one. If samples are deleted or get another label meanwhile, it begins again: a model must not
 * hold what was taken back. Blocks.
 *
 * Returns: (transfer full) (nullable): NUMERAL_HAND_ERROR_*, and the errors of numeral_adapt()
 */
NumeralHandLesson *numeral_hand_lesson_new (const NumeralHandLessonRequest *request,
                                            GError **error);
void numeral_hand_lesson_free (NumeralHandLesson *lesson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralHandLesson, numeral_hand_lesson_free)

G_END_DECLS
