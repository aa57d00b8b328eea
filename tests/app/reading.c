/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include "wait.h"

NumeralPrediction *
reading_new (guint digit, guint runner_up, double probability)
{
  NumeralPrediction *prediction = numeral_prediction_new (1);
  NumeralReading *reading = &prediction->digits[0];

  reading->digit = digit;
  reading->runner_up = runner_up;
  reading->probabilities[digit] = (float) probability;
  reading->probabilities[runner_up] = (float) (1 - probability);
  prediction->forward_seconds = 4e-6;
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    reading->tensor[i] = i % 3 == 0;
  return prediction;
}

NumeralPrediction *
reading_new_empty (void)
{
  return numeral_prediction_new (0);
}

static gboolean
is_laid_out (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

GtkWindow *
reading_show (GtkWidget *widget, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, widget);
  gtk_window_present (window);
  assert_soon (is_laid_out, widget);
  return window;
}

void
reading_hide (GtkWindow *window, gpointer widget)
{
  g_object_ref (widget);
  gtk_window_destroy (window);
  wait_idle ();
  g_assert_finalize_object (G_OBJECT (widget));
}

NumeralDigitChoice *
reading_choice (gpointer view)
{
  if (!numeral_reading_view_get_choice (view))
    {
      g_autoptr (NumeralDigitChoice) choice = numeral_digit_choice_new ();

      numeral_reading_view_set_choice (view, choice);
    }
  return numeral_reading_view_get_choice (view);
}

void
reading_set (gpointer view, NumeralPrediction *prediction)
{
  numeral_digit_choice_set_prediction (reading_choice (view), prediction);
}
