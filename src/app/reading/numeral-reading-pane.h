/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-canvas.h"
#include "numeral-lab.h"
#include "numeral-recogniser.h"
#include "numeral-sheet-choice.h"
#include "numeral-subject.h"
#include "numeral-teach.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_READING_PANE (numeral_reading_pane_get_type ())
G_DECLARE_FINAL_TYPE (NumeralReadingPane, numeral_reading_pane, NUMERAL, READING_PANE, GtkWidget)

/**
 * NumeralReadingPane:
 *
 * The canvas with its tools, the views of the answer, the probabilities and the tensor, and the
 * question whether the answer is right. A
 * change on the canvas goes to the recogniser, whose answer is shown in the same frame if it
 * comes within 2 ms. A page has boxes on the canvas and its lines beside it; the views show the
 * chosen number of it.
 *
 * Properties: "recogniser" (nullable); "subject" (NumeralSubject, boxed, nullable, read-only): the
 * digit that is chosen, once what is on the canvas has been read.
 */
NumeralReadingPane *numeral_reading_pane_new (void);

/* (transfer none) */
NumeralCanvas *numeral_reading_pane_get_canvas (NumeralReadingPane *self);
/* (transfer none): the page on the canvas */
NumeralSheetChoice *numeral_reading_pane_get_numbers (NumeralReadingPane *self);
/* (nullable) (transfer none) */
NumeralRecogniser *numeral_reading_pane_get_recogniser (NumeralReadingPane *self);
void numeral_reading_pane_set_recogniser (NumeralReadingPane *self, NumeralRecogniser *recogniser);

/* (nullable) (transfer none) */
NumeralSubject *numeral_reading_pane_get_subject (NumeralReadingPane *self);

/* (transfer none): what is answered to the question whether the digit was read correctly */
NumeralTeach *numeral_reading_pane_get_teach (NumeralReadingPane *self);
/* (transfer none): the widget that asks it; hide it to ask nothing */
GtkWidget *numeral_reading_pane_get_question (NumeralReadingPane *self);

/* Set once: what learns one's own hand is shown in the place of the question. */
void numeral_reading_pane_set_lab (NumeralReadingPane *self, NumeralLab *lab);

/* The generations of the recogniser that are on the canvas and in the bars. */
guint64 numeral_reading_pane_get_asked (NumeralReadingPane *self);
guint64 numeral_reading_pane_get_shown (NumeralReadingPane *self);

G_END_DECLS
