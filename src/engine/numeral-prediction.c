/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-prediction.h"

G_DEFINE_BOXED_TYPE (NumeralPrediction,
                     numeral_prediction,
                     numeral_prediction_ref,
                     numeral_prediction_unref)

NumeralPrediction *
numeral_prediction_new (void)
{
  NumeralPrediction *prediction = g_new0 (NumeralPrediction, 1);

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
