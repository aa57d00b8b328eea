/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-sample.h"

NumeralHandSample *
numeral_hand_sample_new (InkDrawing *drawing, int label)
{
  NumeralHandSample *sample = g_new0 (NumeralHandSample, 1);

  sample->drawing = drawing != NULL ? ink_drawing_ref (drawing) : NULL;
  sample->label = sample->first_label = label;
  sample->read = NUMERAL_HAND_UNREAD;
  sample->ref_count = 1;
  return sample;
}

NumeralHandSample *
numeral_hand_sample_ref (NumeralHandSample *sample)
{
  g_atomic_int_inc (&sample->ref_count);
  return sample;
}

void
numeral_hand_sample_unref (NumeralHandSample *sample)
{
  if (!g_atomic_int_dec_and_test (&sample->ref_count))
    return;
  g_clear_pointer (&sample->drawing, ink_drawing_unref);
  g_clear_pointer (&sample->ink, g_bytes_unref);
  g_clear_pointer (&sample->sealed, g_bytes_unref);
  g_free (sample->damage);
  g_free (sample);
}

gboolean
numeral_hand_sample_is_corrected (const NumeralHandSample *sample)
{
  return sample->label !=
         (sample->read != NUMERAL_HAND_UNREAD ? sample->read : sample->first_label);
}

gboolean
numeral_hand_is_label (gint64 label)
{
  return label >= 0 && label < NUMERAL_HAND_N_LABELS;
}
