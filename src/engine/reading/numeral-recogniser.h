/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-model.h"
#include "numeral-picture.h"
#include "numeral-sheet.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RECOGNISER (numeral_recogniser_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRecogniser, numeral_recogniser, NUMERAL, RECOGNISER, GObject)

/**
 * NumeralRecogniser:
 *
 * Reads drawings, pictures and tensors in a thread of its own. Submissions go into a mailbox
 * with one slot, and a new one replaces the old one: a queue would spend time on strokes that
 * are out of date. Answers arrive as notify of the property "prediction", in the main context
 * that was the thread's default when the recogniser was made. An answer that is older than the
 * one shown is dropped. At most one idle source is pending.
 *
 * Properties: "prediction" (NumeralPrediction, boxed, read-only, explicit notify; %NULL before
 * the first); "sheet" (NumeralSheet, boxed, read-only, explicit notify): the page of the same
 * answer, %NULL if it is none. Both are set before "prediction" is notified.
 */
/* The model's network must pass numeral_digits_check(). */
NumeralRecogniser *numeral_recogniser_new (NumeralModel *model);

/* Replaces the model, and reads the last submission again. Any thread. NN_ERROR_SHAPE if the
 * model cannot read digits; then nothing changes. */
gboolean
numeral_recogniser_set_model (NumeralRecogniser *self, NumeralModel *model, GError **error);

/* Never blocks. Returns the generation of the answer. @tensor: (nullable): one digit; without it
 * the answer is an empty prediction. */
guint64 numeral_recogniser_submit (NumeralRecogniser *self, const float *tensor);

/* The same with ink, which may be several digits. Its strokes must not change from now on. The
 * thread also splits the ink and renders the tensors. */
guint64 numeral_recogniser_submit_drawing (NumeralRecogniser *self, InkDrawing *drawing);

/* The same with a picture of a number or a page: see numeral_picture_read(). */
guint64 numeral_recogniser_submit_picture (NumeralRecogniser *self, NumeralPicture *picture);

/* Waits for the answer to the last submission, @longest microseconds at most, and publishes it
 * as the main context would. With it a frame can show the answer to its own input events. Call
 * it in the thread of the main context. */
void numeral_recogniser_wait (NumeralRecogniser *self, gint64 longest);

/* (nullable) (transfer none): the newest answer. */
NumeralPrediction *numeral_recogniser_get_prediction (NumeralRecogniser *self);
/* (nullable) (transfer none): its page. */
NumeralSheet *numeral_recogniser_get_sheet (NumeralRecogniser *self);

G_END_DECLS
