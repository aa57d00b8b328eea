/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/* The labels are the digits and this one. */
#define NUMERAL_HAND_NOT_A_DIGIT 10
#define NUMERAL_HAND_N_LABELS 11
/* In the place of a label: no model has read the sample. */
#define NUMERAL_HAND_UNREAD (-1)

/**
 * NumeralHandSample:
 * @id: number of the sample, from 1, never used twice; 0 before it is kept
 * @created: microseconds since 1970 in UTC; 0 before it is kept for "now"
 * @label: 0 to 9 or %NUMERAL_HAND_NOT_A_DIGIT; anything else only with @damage
 * @first_label: the label when it was added
 * @read: what the model had read, such a label; or %NUMERAL_HAND_UNREAD
 * @probability: of what was read, 0 to 1; 0 if nothing was read
 * @drawing: (nullable): its strokes with time and pressure, in units of the canvas; %NULL only
 *   with @damage
 * @damage: (nullable): why the record cannot be used, translated
 * @ink: (nullable): the bytes in the database
 * @sealed: (nullable): the encrypted record, only if it could not be opened; then there is no @ink
 *
 * A digit of a person, one of a number as well. Reference-counted (atomic), immutable once it is
 * shared.
 */
typedef struct
{
  gint64 id;
  gint64 created;
  int label, first_label, read;
  double probability;
  InkDrawing *drawing;
  char *damage;
  GBytes *ink, *sealed;
  /*< private >*/
  int ref_count;
} NumeralHandSample;

/* (transfer full): a sample to add, that no model has read; set the other members before it is
 * shared. Takes a reference to @drawing. */
NumeralHandSample *numeral_hand_sample_new (InkDrawing *drawing, int label);
NumeralHandSample *numeral_hand_sample_ref (NumeralHandSample *sample);
void numeral_hand_sample_unref (NumeralHandSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralHandSample, numeral_hand_sample_unref)

/* Whether the label is not what the model had read, or not the first one if no model has read it.
 * After an undo it is as before. */
gboolean numeral_hand_sample_is_corrected (const NumeralHandSample *sample);

/* Whether this is a label. */
gboolean numeral_hand_is_label (gint64 label);

G_END_DECLS
