/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-store.h"
#include "numeral-subject.h"

G_BEGIN_DECLS

/**
 * NumeralTeachState:
 * @NUMERAL_TEACH_IDLE: there is nothing to ask about: no ink, or ink whose label is known
 * @NUMERAL_TEACH_ASKING: the digit has no answer yet
 * @NUMERAL_TEACH_WORKING: the answer is being saved or taken back
 * @NUMERAL_TEACH_KEPT: the digit is in the database
 * @NUMERAL_TEACH_FAILED: it could not be saved or taken back
 */
typedef enum
{
  NUMERAL_TEACH_IDLE,
  NUMERAL_TEACH_ASKING,
  NUMERAL_TEACH_WORKING,
  NUMERAL_TEACH_KEPT,
  NUMERAL_TEACH_FAILED,
} NumeralTeachState;

#define NUMERAL_TYPE_TEACH (numeral_teach_get_type ())
G_DECLARE_FINAL_TYPE (NumeralTeach, numeral_teach, NUMERAL, TEACH, GObject)

/**
 * NumeralTeach:
 *
 * What a person answers to the question whether a digit on the canvas was read correctly. Each
 * answer becomes a sample of one's own handwriting with the strokes of that digit. The answers to
 * the last drawings are remembered, so that an undo on the canvas does not ask again.
 *
 * Signals: "changed": what the functions below return has changed.
 */
NumeralTeach *numeral_teach_new (void);

/* @store: (nullable): nothing is asked without it */
void numeral_teach_set_store (NumeralTeach *self, NumeralHandStore *store);
/* @subject: (nullable): the digit on the canvas, without an unfinished stroke */
void numeral_teach_set_subject (NumeralTeach *self, NumeralSubject *subject);
/* @drawing: (nullable): nothing is asked about this one, a sample that has a label already */
void numeral_teach_set_known (NumeralTeach *self, InkDrawing *drawing);

NumeralTeachState numeral_teach_get_state (NumeralTeach *self);
/* (nullable) (transfer none): the digit that is asked about. */
NumeralSubject *numeral_teach_get_subject (NumeralTeach *self);
/* The answer: a digit, NUMERAL_HAND_NOT_A_DIGIT or NUMERAL_HAND_UNREAD. */
int numeral_teach_get_read (NumeralTeach *self);
/* The label that is the most probable if that is wrong; NUMERAL_HAND_UNREAD if there is none. */
int numeral_teach_get_suggestion (NumeralTeach *self);
/* The label that was given, and the number of the sample; of NUMERAL_TEACH_KEPT. */
int numeral_teach_get_label (NumeralTeach *self);
gint64 numeral_teach_get_id (NumeralTeach *self);
/* (transfer none): of NUMERAL_TEACH_FAILED. */
const char *numeral_teach_get_message (NumeralTeach *self);
/* Whether it failed because one's own handwriting is locked; once that is unlocked, the same is
 * tried again by itself. */
gboolean numeral_teach_is_locked (NumeralTeach *self);

/* Keeps the digit with this label. Returns %FALSE if nothing is asked. */
gboolean numeral_teach_answer (NumeralTeach *self, int label);
/* Deletes the sample that was kept. Returns %FALSE if none was. */
gboolean numeral_teach_undo (NumeralTeach *self);
/* After a failure: tries the same again, or gives it up. */
void numeral_teach_retry (NumeralTeach *self);
void numeral_teach_dismiss (NumeralTeach *self);

G_END_DECLS
