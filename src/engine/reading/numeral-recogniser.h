/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-image.h"
#include "numeral-model.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RECOGNISER (numeral_recogniser_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRecogniser, numeral_recogniser, NUMERAL, RECOGNISER, GObject)

/**
 * NumeralRecogniser:
 *
 * Reads drawings, pictures and tensors in a thread of its own. The way in is a mailbox with one
 * slot where the latest wins, because a queue would recognise strokes that are already history.
 * Answers arrive in the main context that was the thread's default when the recogniser was made, as
 * the property "prediction" (notify); an answer older than the one shown is dropped, and at most
 * one idle source is ever pending.
 *
 * Properties: "prediction" (NumeralPrediction, boxed, read-only, explicit notify; %NULL before
 * the first).
 */
/* The model's network must pass numeral_digits_check(). */
NumeralRecogniser *numeral_recogniser_new (NumeralModel *model);

/* Reads with another model at once; what was submitted last is read again. Any thread.
 * NN_ERROR_SHAPE where the model cannot read digits; then nothing changes. */
gboolean
numeral_recogniser_set_model (NumeralRecogniser *self, NumeralModel *model, GError **error);

/* Never blocks. Returns the generation that the answer will carry. @tensor is one digit; %NULL: no
 * ink; the answer is an empty prediction and comes the same way. */
guint64 numeral_recogniser_submit (NumeralRecogniser *self, const float *tensor);

/* The same with ink, which may be several digits; nothing may write to its strokes from now on.
 * Taking it apart and drawing the tensors is the thread's work too. */
guint64 numeral_recogniser_submit_drawing (NumeralRecogniser *self, InkDrawing *drawing);

/* The same with a picture. */
guint64 numeral_recogniser_submit_image (NumeralRecogniser *self, InkImage *image);

/* Sleeps until what was submitted last has been read, for @longest microseconds at most, and takes
 * the answer over as the main context would. For a frame in whose events something was submitted,
 * and that should show the answer. Call it in the thread of the main context. */
void numeral_recogniser_wait (NumeralRecogniser *self, gint64 longest);

/* (nullable) (transfer none): the newest answer. */
NumeralPrediction *numeral_recogniser_get_prediction (NumeralRecogniser *self);

G_END_DECLS
