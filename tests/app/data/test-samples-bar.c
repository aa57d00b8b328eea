/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-samples-bar.h"

#include <adwaita.h>

#include "desk.h"
#include "reading.h"

static InkSample *
sample_new (int label)
{
  InkSample *sample = g_new0 (InkSample, 1);

  sample->drawing = ink_drawing_new_empty ();
  sample->label = label;
  return sample;
}

static void
on_selected (NumeralSamplesBar *bar, guint index, guint *n)
{
  g_assert_cmpuint (index, ==, numeral_samples_bar_get_index (bar));
  ++*n;
}

static gboolean
is_revealed (NumeralSamplesBar *bar)
{
  return gtk_revealer_get_reveal_child (
      GTK_REVEALER (gtk_widget_get_first_child (GTK_WIDGET (bar))));
}

static void
test_leaf (void)
{
  NumeralSamplesBar *bar = numeral_samples_bar_new ();
  GtkWindow *window = reading_show (GTK_WIDGET (bar), 360, 60);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_sample_free);
  guint selected = 0;

  g_signal_connect (bar, "selected", G_CALLBACK (on_selected), &selected);
  g_assert_null (numeral_samples_bar_get_sample (bar));
  g_assert_false (numeral_samples_bar_move (bar, 1));

  g_ptr_array_add (samples, sample_new (4));
  numeral_samples_bar_set_samples (bar, samples);
  /* Nothing to leaf through. */
  g_assert_false (is_revealed (bar));

  g_ptr_array_add (samples, sample_new (-1));
  g_ptr_array_add (samples, sample_new (9));
  numeral_samples_bar_set_samples (bar, samples);
  g_assert_true (is_revealed (bar));
  g_assert_nonnull (desk_find (GTK_WIDGET (bar), GTK_TYPE_LABEL, "Sample 1 of 3, labelled 4"));
  g_assert_false (numeral_samples_bar_move (bar, -1));
  g_assert_true (numeral_samples_bar_move (bar, 1));
  g_assert_nonnull (desk_find (GTK_WIDGET (bar), GTK_TYPE_LABEL, "Sample 2 of 3"));
  g_assert_true (numeral_samples_bar_move (bar, G_MAXINT));
  g_assert_cmpint (numeral_samples_bar_get_sample (bar)->label, ==, 9);
  g_assert_false (numeral_samples_bar_move (bar, 1));
  g_assert_true (numeral_samples_bar_move (bar, G_MININT));
  g_assert_cmpuint (numeral_samples_bar_get_index (bar), ==, 0);
  g_assert_cmpuint (selected, ==, 3);

  numeral_samples_bar_set_samples (bar, NULL);
  g_assert_false (is_revealed (bar));
  g_assert_null (numeral_samples_bar_get_sample (bar));
  g_assert_cmpuint (selected, ==, 3);
  reading_hide (window, bar);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/samples-bar/leaf", test_leaf);
  return g_test_run ();
}
