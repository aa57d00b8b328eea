/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-answer.h"

#include <adwaita.h>

#include "desk.h"
#include "reading.h"
#include "wait.h"

static GtkWidget *
digit_of (NumeralAnswer *answer)
{
  return desk_find (GTK_WIDGET (answer), NUMERAL_TYPE_TEXT, NULL);
}

static gboolean
says (NumeralAnswer *answer, const char *text)
{
  return desk_find (GTK_WIDGET (answer), GTK_TYPE_WIDGET, text) != NULL;
}

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static void
test_says (void)
{
  NumeralAnswer *answer = numeral_answer_new ();
  GtkWindow *window = reading_show (GTK_WIDGET (answer), 200, 260);
  g_autoptr (NumeralPrediction) seven = reading_new (7, 1, 0.9821);
  g_autoptr (NumeralPrediction) sure = reading_new (3, 8, 1.0);
  g_autoptr (NumeralPrediction) nothing = reading_new_empty ();
  guint notified = 0;

  g_signal_connect (reading_choice (answer), "notify::prediction", G_CALLBACK (count), &notified);
  desk_assert_property (digit_of (answer), GTK_ACCESSIBLE_PROPERTY_LABEL, "Nothing to read yet");
  g_assert_true (says (answer, "–"));

  reading_set (answer, seven);
  reading_set (answer, seven);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpstr (numeral_text_get_text (NUMERAL_TEXT (digit_of (answer))), ==, "7");
  desk_assert_property (digit_of (answer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "Recognised digit: 7, 98 %");
  g_assert_true (says (answer, "98.2 %"));
  g_assert_true (says (answer, "or 1, with 1.8 %"));
  g_assert_true (says (answer, "read in 4 µs"));

  reading_set (answer, sure);
  desk_assert_property (digit_of (answer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "Recognised digit: 3, 100 %");
  g_assert_true (says (answer, "or 8, with < 0.1 %"));

  /* There is no guess on an empty canvas. */
  reading_set (answer, nothing);
  g_assert_cmpstr (numeral_text_get_text (NUMERAL_TEXT (digit_of (answer))), ==, "");
  g_assert_true (says (answer, "–"));
  g_assert_false (says (answer, "%"));
  g_assert_false (says (answer, "µs"));
  desk_assert_property (digit_of (answer), GTK_ACCESSIBLE_PROPERTY_LABEL, "Nothing to read yet");
  reading_set (answer, NULL);
  g_assert_true (says (answer, "–"));
  g_assert_cmpuint (notified, ==, 4);
  reading_hide (window, answer);
}

/* A rejected input is not shown as a digit; the best guess is below. */
static void
test_doubts (void)
{
  NumeralAnswer *answer = numeral_answer_new ();
  GtkWindow *window = reading_show (GTK_WIDGET (answer), 200, 260);
  g_autoptr (NumeralPrediction) scribble = reading_new (7, 1, 0.9821);
  g_autoptr (NumeralPrediction) seven = reading_new (7, 1, 0.9821);
  g_autoptr (NumeralPrediction) number = numeral_prediction_new (3);
  g_autoptr (NumeralPrediction) word = numeral_prediction_new (2);

  scribble->digits[0].refused = TRUE;
  scribble->digits[0].novelty = 0.9f;
  reading_set (answer, scribble);
  g_assert_cmpstr (numeral_text_get_text (NUMERAL_TEXT (digit_of (answer))), ==, "?");
  g_assert_true (says (answer, "Not sure this is a digit"));
  g_assert_true (says (answer, "best guess 7, 98.2 %"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (answer), "refused"));
  desk_assert_property (digit_of (answer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "Not sure this is a digit: best guess 7, 98 %");

  reading_set (answer, seven);
  g_assert_cmpstr (numeral_text_get_text (NUMERAL_TEXT (digit_of (answer))), ==, "7");
  g_assert_false (says (answer, "Not sure this is a digit"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (answer), "refused"));

  for (guint i = 0; i < 3; i++)
    number->digits[i].probabilities[number->digits[i].digit = i + 4] = 1;
  number->digits[1].refused = TRUE;
  reading_set (answer, number);
  g_assert_true (says (answer, "Not sure all of these are digits"));
  g_assert_true (says (answer, "best guess 456, 100.0 %"));
  g_assert_nonnull (desk_find (GTK_WIDGET (answer), GTK_TYPE_BUTTON, "?"));
  g_assert_nonnull (desk_find (GTK_WIDGET (answer), GTK_TYPE_BUTTON, "4"));
  g_assert_null (desk_find (GTK_WIDGET (answer), GTK_TYPE_BUTTON, "5"));

  for (guint i = 0; i < 2; i++)
    word->digits[i].refused = TRUE;
  reading_set (answer, word);
  g_assert_true (says (answer, "Not sure these are digits"));
  reading_hide (window, answer);
}

/* A model whose figures are no numbers has no answer, and no percents. */
static void
test_overflow (void)
{
  NumeralAnswer *answer = numeral_answer_new ();
  g_autoptr (NumeralPrediction) prediction = reading_new (7, 1, 0.982f);
  GtkWindow *window = reading_show (GTK_WIDGET (answer), 300, 400);

  prediction->digits[0].refused = prediction->digits[0].overflow = TRUE;
  reading_set (answer, prediction);
  g_assert_cmpstr (numeral_text_get_text (NUMERAL_TEXT (digit_of (answer))), ==, "?");
  g_assert_true (says (answer, "This model cannot read this"));
  g_assert_true (says (answer, "its weights are too large; open or train another"));
  g_assert_true (says (answer, ""));
  desk_assert_property (digit_of (answer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "This model cannot read this");
  reading_hide (window, answer);
}

static gboolean
has_place (gpointer widget)
{
  return gtk_widget_get_height (widget) > 0;
}

/* The digit grows with the window, and nothing leaves the widget, however small. */
static void
test_fits (void)
{
  static const int sizes[][2] = { { 100, 150 }, { 200, 260 }, { 600, 700 }, { 400, 150 } };
  double last = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      NumeralAnswer *answer = numeral_answer_new ();
      g_autoptr (NumeralPrediction) prediction = reading_new (7, 1, 0.5);
      GtkWindow *window = reading_show (GTK_WIDGET (answer), sizes[i][0], sizes[i][1]);
      graphene_rect_t bounds;

      reading_set (answer, prediction);
      /* It has its place from the next frame on: until then the dash has it. */
      assert_soon (has_place, digit_of (answer));
      for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (answer)); child;
           child = gtk_widget_get_next_sibling (child))
        {
          g_assert_true (gtk_widget_compute_bounds (child, GTK_WIDGET (answer), &bounds));
          g_assert_cmpfloat (bounds.origin.x, >=, -0.5f);
          g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=,
                             (float) gtk_widget_get_width (GTK_WIDGET (answer)) + 0.5f);
        }
      g_assert_true (gtk_widget_compute_bounds (digit_of (answer), GTK_WIDGET (answer), &bounds));
      if (i < 3)
        g_assert_cmpfloat ((double) bounds.size.height, >, last);
      last = (double) bounds.size.height;
      reading_hide (window, answer);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/answer/says", test_says);
  g_test_add_func ("/app/answer/doubts", test_doubts);
  g_test_add_func ("/app/answer/overflow", test_overflow);
  g_test_add_func ("/app/answer/fits", test_fits);
  return g_test_run ();
}
