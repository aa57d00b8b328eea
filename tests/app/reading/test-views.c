/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bars and the tensor: pictures of a prediction. What they draw is tested with the pictures. */

#include <adwaita.h>

#include "desk.h"
#include "numeral-bars.h"
#include "numeral-format.h"
#include "numeral-tensor-view.h"
#include "reading.h"

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static void
test_bars (void)
{
  NumeralBars *bars = numeral_bars_new ();
  GtkWindow *window = reading_show (GTK_WIDGET (bars), 240, 200);
  g_autoptr (NumeralPrediction) prediction = reading_new (7, 1, 0.982);
  guint notified = 0;

  g_signal_connect (reading_choice (bars), "notify::prediction", G_CALLBACK (count), &notified);
  desk_assert_property (bars, GTK_ACCESSIBLE_PROPERTY_LABEL, "Probabilities: none");
  reading_set (bars, prediction);
  reading_set (bars, prediction);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_true (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (bars)) == prediction);
  desk_assert_property (bars, GTK_ACCESSIBLE_PROPERTY_LABEL, "Probabilities: 7 98 %, 1 2 %");
  reading_set (bars, NULL);
  desk_assert_property (bars, GTK_ACCESSIBLE_PROPERTY_LABEL, "Probabilities: none");
  g_assert_cmpuint (notified, ==, 2);
  reading_hide (window, bars);
}

static void
test_tensor (void)
{
  NumeralTensorView *view = numeral_tensor_view_new ();
  GtkWindow *window = reading_show (GTK_WIDGET (view), 200, 200);
  g_autoptr (NumeralPrediction) prediction = reading_new (7, 1, 0.982);
  g_autoptr (NumeralPrediction) nothing = reading_new_empty ();
  guint notified = 0;

  g_signal_connect (reading_choice (view), "notify::prediction", G_CALLBACK (count), &notified);
  desk_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "What the network sees");
  desk_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Nothing yet");
  reading_set (view, prediction);
  reading_set (view, prediction);
  g_assert_cmpuint (notified, ==, 1);
  desk_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                        "The digit in 28 by 28 cells, fitted and centred by its mass");
  reading_set (view, nothing);
  desk_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Nothing yet");
  reading_hide (window, view);
}

/* The chosen digit is kept while the number of digits stays, and is never one that is not there. */
static void
test_choice (void)
{
  g_autoptr (NumeralDigitChoice) choice = numeral_digit_choice_new ();
  g_autoptr (NumeralPrediction) one = reading_new (7, 1, 0.982);
  g_autoptr (NumeralPrediction) two = reading_new (3, 8, 0.9);
  g_autoptr (NumeralPrediction) other_two = reading_new (4, 9, 0.9);
  guint notified = 0;

  two->n_digits = other_two->n_digits = 2;
  g_signal_connect (choice, "notify::chosen", G_CALLBACK (count), &notified);
  numeral_digit_choice_set_chosen (choice, 1);
  g_assert_cmpuint (numeral_digit_choice_get_chosen (choice), ==, 0);
  g_assert_null (numeral_digit_choice_get_reading (choice));

  numeral_digit_choice_set_prediction (choice, two);
  g_assert_cmpuint (numeral_digit_choice_get_chosen (choice), ==, 1);
  numeral_digit_choice_set_chosen (choice, 0);
  numeral_digit_choice_set_chosen (choice, 2);
  numeral_digit_choice_set_prediction (choice, other_two);
  g_assert_cmpuint (numeral_digit_choice_get_chosen (choice), ==, 0);
  g_assert_true (numeral_digit_choice_get_reading (choice) == &other_two->digits[0]);
  g_assert_cmpuint (notified, ==, 2);

  numeral_digit_choice_set_chosen (choice, 1);
  numeral_digit_choice_set_prediction (choice, one);
  g_assert_cmpuint (numeral_digit_choice_get_chosen (choice), ==, 0);
  g_assert_true (numeral_digit_choice_get_reading (choice) == &one->digits[0]);
  numeral_digit_choice_set_prediction (choice, NULL);
  g_assert_null (numeral_digit_choice_get_reading (choice));
}

static void
test_words (void)
{
  static const struct
  {
    double seconds;
    const char *text;
  } durations[] = {
    { 0, "read in 1 µs" },          { 4.4e-6, "read in 4 µs" },    { 999.4e-6, "read in 999 µs" },
    { 999.6e-6, "read in 1.0 ms" }, { 0.0123, "read in 12.3 ms" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = numeral_format_duration (durations[i].seconds);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/views/choice", test_choice);
  g_test_add_func ("/app/views/bars", test_bars);
  g_test_add_func ("/app/views/tensor", test_tensor);
  g_test_add_func ("/app/views/words", test_words);
  return g_test_run ();
}
