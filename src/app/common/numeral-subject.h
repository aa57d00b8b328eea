/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

/**
 * NumeralSubject:
 * @drawing: (nullable): all ink on the canvas; %NULL if a picture is shown
 * @n_digits: number of digits that are read in it
 * @chosen: place of the chosen digit among them
 * @reading: of the chosen digit; its tensor is the input of the network
 * @unfinished: whether the pen is still down, so that the next change will follow soon
 *
 * The digit on the canvas that the pages talk about: the only one, or the chosen one of a number or
 * a page. A boxed type, reference-counted (atomic). Immutable.
 */
typedef struct
{
  InkDrawing *drawing;
  guint n_digits, chosen;
  NumeralReading reading;
  gboolean unfinished;
  /*< private >*/
  int ref_count;
} NumeralSubject;

#define NUMERAL_TYPE_SUBJECT (numeral_subject_get_type ())
GType numeral_subject_get_type (void);

/* @drawing: (nullable): its strokes must not change from now on.
 * @prediction: what is read there; @chosen: place of a digit of it */
NumeralSubject *numeral_subject_new (InkDrawing *drawing,
                                     const NumeralPrediction *prediction,
                                     guint chosen,
                                     gboolean unfinished);
NumeralSubject *numeral_subject_ref (NumeralSubject *subject);
void numeral_subject_unref (NumeralSubject *subject);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralSubject, numeral_subject_unref)

G_END_DECLS
