/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-digits.h"

static void
count_one (gsize *n)
{
  if (n != NULL)
    (*n)++;
}

GPtrArray *
numeral_hand_select_digits (const GPtrArray *samples, gsize *n_others, gsize *n_damaged)
{
  GPtrArray *digits = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_sample_free);

  for (guint i = 0; i < samples->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (samples, i);
      InkSample *digit;

      if (sample->damage != NULL)
        count_one (n_damaged);
      else if (sample->label == NUMERAL_HAND_NOT_A_DIGIT)
        count_one (n_others);
      else
        {
          digit = g_new0 (InkSample, 1);
          digit->drawing = ink_drawing_ref (sample->drawing);
          digit->label = sample->label;
          digit->number = sample->id;
          g_ptr_array_add (digits, digit);
        }
    }
  return digits;
}
