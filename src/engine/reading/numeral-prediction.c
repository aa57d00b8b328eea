/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-prediction.h"

G_DEFINE_BOXED_TYPE (NumeralPrediction,
                     numeral_prediction,
                     numeral_prediction_ref,
                     numeral_prediction_unref)

NumeralPrediction *
numeral_prediction_new (guint n_digits)
{
  NumeralPrediction *prediction =
      g_malloc0 (sizeof (NumeralPrediction) + n_digits * sizeof (NumeralReading));

  prediction->n_digits = n_digits;
  prediction->empty = n_digits == 0;
  prediction->ref_count = 1;
  return prediction;
}

NumeralPrediction *
numeral_prediction_ref (NumeralPrediction *prediction)
{
  g_atomic_int_inc (&prediction->ref_count);
  return prediction;
}

void
numeral_prediction_unref (NumeralPrediction *prediction)
{
  if (g_atomic_int_dec_and_test (&prediction->ref_count))
    g_free (prediction);
}

InkDrawing *
numeral_reading_copy_ink (const NumeralReading *reading, InkDrawing *drawing)
{
  g_autoptr (GPtrArray) strokes = NULL;

  if (reading->strokes == 0)
    return ink_drawing_ref (drawing);
  strokes = g_ptr_array_new ();
  for (guint i = 0; i < MIN (drawing->n_strokes, 64); i++)
    if (reading->strokes >> i & 1)
      g_ptr_array_add (strokes, drawing->strokes[i]);
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

gboolean
numeral_prediction_overflows (const NumeralPrediction *prediction)
{
  for (guint i = 0; i < prediction->n_digits; i++)
    if (prediction->digits[i].overflow)
      return TRUE;
  return FALSE;
}

gboolean
numeral_prediction_is_refused (const NumeralPrediction *prediction)
{
  for (guint i = 0; i < prediction->n_digits; i++)
    if (prediction->digits[i].refused && prediction->digits[i].sign == INK_SIGN_NONE)
      return TRUE;
  return FALSE;
}

char *
numeral_prediction_get_number (const NumeralPrediction *prediction)
{
  char *number = g_malloc (prediction->n_digits + 1);

  for (guint i = 0; i < prediction->n_digits; i++)
    {
      const NumeralReading *reading = &prediction->digits[i];

      number[i] = reading->sign != INK_SIGN_NONE ? ink_sign_character (reading->sign) :
                                                   (char) ('0' + reading->digit);
    }
  number[prediction->n_digits] = '\0';
  return number;
}

double
numeral_prediction_get_probability (const NumeralPrediction *prediction)
{
  double probability = prediction->n_digits > 0;

  for (guint i = 0; i < prediction->n_digits; i++)
    if (prediction->digits[i].sign == INK_SIGN_NONE)
      probability *= (double) prediction->digits[i].probabilities[prediction->digits[i].digit];
  return probability;
}

guint
numeral_prediction_get_runner_up (const NumeralPrediction *prediction, double *probability)
{
  double largest = -1.0;
  guint least_sure = 0;

  for (guint i = 0; i < prediction->n_digits; i++)
    {
      const NumeralReading *reading = &prediction->digits[i];
      const double ratio = (double) reading->probabilities[reading->runner_up] /
                           (double) reading->probabilities[reading->digit];

      if (reading->sign == INK_SIGN_NONE && ratio > largest)
        {
          largest = ratio;
          least_sure = i;
        }
    }
  if (probability != NULL)
    *probability = numeral_prediction_get_probability (prediction) * MAX (largest, 0.0);
  return least_sure;
}
