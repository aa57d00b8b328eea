/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-subject.h"

G_DEFINE_BOXED_TYPE (NumeralSubject, numeral_subject, numeral_subject_ref, numeral_subject_unref)

NumeralSubject *
numeral_subject_new (InkDrawing *drawing,
                     const NumeralPrediction *prediction,
                     guint chosen,
                     gboolean unfinished)
{
  NumeralSubject *subject;

  g_return_val_if_fail (prediction != NULL, NULL);
  g_return_val_if_fail (chosen < prediction->n_digits, NULL);

  subject = g_new0 (NumeralSubject, 1);
  subject->drawing = drawing ? ink_drawing_ref (drawing) : NULL;
  subject->n_digits = prediction->n_digits;
  subject->chosen = chosen;
  subject->reading = prediction->digits[chosen];
  subject->unfinished = unfinished;
  subject->ref_count = 1;
  return subject;
}

NumeralSubject *
numeral_subject_ref (NumeralSubject *subject)
{
  g_return_val_if_fail (subject != NULL, NULL);

  g_atomic_int_inc (&subject->ref_count);
  return subject;
}

void
numeral_subject_unref (NumeralSubject *subject)
{
  g_return_if_fail (subject != NULL);

  if (!g_atomic_int_dec_and_test (&subject->ref_count))
    return;
  g_clear_pointer (&subject->drawing, ink_drawing_unref);
  g_free (subject);
}
