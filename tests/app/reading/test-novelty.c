/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is no digit, from the pointer to the window, with the model that ships. */

#include <adwaita.h>
#include <string.h>

#include "desk.h"
#include "numeral-answer.h"
#include "wait.h"

static const double seven[][2] = { { 300, 250 }, { 420, 245 }, { 560, 240 }, { 690, 245 },
                                   { 630, 350 }, { 570, 470 }, { 510, 600 }, { 460, 740 } };
/* An A in two strokes. */
static const double tent[][2] = { { 300, 760 }, { 350, 620 }, { 410, 450 },
                                  { 460, 320 }, { 500, 220 }, { 545, 330 },
                                  { 600, 470 }, { 650, 620 }, { 700, 760 } };
static const double bar[][2] = { { 385, 570 }, { 450, 565 }, { 520, 568 }, { 620, 565 } };
static const double scribble[][2] = {
  { 250, 500 }, { 340, 250 }, { 380, 700 }, { 450, 230 }, { 500, 740 }, { 560, 260 }, { 620, 720 },
  { 690, 280 }, { 740, 690 }, { 300, 420 }, { 720, 380 }, { 280, 610 }, { 730, 560 }, { 350, 330 },
};
static const double dot[][2] = { { 500, 500 }, { 503, 502 } };

/* Saves screenshots in the folder NUMERAL_TEST_SCREENSHOTS, if it is set. */
static void
take_picture (const char *name)
{
  const char *folder = g_getenv ("NUMERAL_TEST_SCREENSHOTS");
  g_autofree char *command = NULL;

  if (!folder)
    return;
  wait_for (0.7);
  command = g_strdup_printf ("import -window root '%s/%s.png'", folder, name);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

static gboolean
says (Desk *desk, const char *text)
{
  return desk_find (GTK_WIDGET (desk->pane), GTK_TYPE_WIDGET, text) != NULL;
}

static const NumeralReading *
reading_of (Desk *desk)
{
  const NumeralPrediction *prediction = numeral_recogniser_get_prediction (desk->recogniser);

  g_assert_cmpuint (prediction->n_digits, ==, 1);
  return &prediction->digits[0];
}

static void
assert_refused (Desk *desk)
{
  const NumeralReading *reading = reading_of (desk);

  g_test_message ("novelty %g", (double) reading->novelty);
  g_assert_true (reading->refused);
  g_assert_cmpfloat (reading->novelty, >, 0.5f);
  g_assert_cmpstr (desk_says (desk), ==, "?");
  g_assert_true (says (desk, "Not sure this is a digit"));
}

static void
test_window (void)
{
  g_autoptr (Desk) desk = desk_new (900, 700);

  hand_stroke (desk->hand, desk->canvas, scribble, G_N_ELEMENTS (scribble));
  desk_wait_strokes (desk, 1);
  assert_refused (desk);
  take_picture ("scribble-light");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  take_picture ("scribble-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);

  numeral_canvas_clear (desk->canvas);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "–");
  hand_stroke (desk->hand, desk->canvas, dot, G_N_ELEMENTS (dot));
  desk_wait_strokes (desk, 1);
  assert_refused (desk);

  numeral_canvas_clear (desk->canvas);
  hand_stroke (desk->hand, desk->canvas, tent, G_N_ELEMENTS (tent));
  desk_wait_strokes (desk, 1);
  hand_stroke (desk->hand, desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (desk, 2);
  assert_refused (desk);
  take_picture ("letter");

  numeral_canvas_clear (desk->canvas);
  hand_stroke (desk->hand, desk->canvas, seven, G_N_ELEMENTS (seven));
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  g_assert_false (reading_of (desk)->refused);
  g_assert_cmpfloat (reading_of (desk)->novelty, <, 0.1f);
  g_assert_false (says (desk, "Not sure this is a digit"));
  take_picture ("seven");
}

/* The words have room where there is little. */
static void
test_narrow (void)
{
  g_autoptr (Desk) desk = desk_new (360, 660);
  GtkWidget *answer = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_ANSWER, NULL), *words;
  graphene_rect_t bounds;

  hand_stroke (desk->hand, desk->canvas, scribble, G_N_ELEMENTS (scribble));
  desk_wait_strokes (desk, 1);
  assert_refused (desk);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (desk->window)), <=, 360);
  words = desk_find (answer, NUMERAL_TYPE_TEXT, "Not sure this is a digit");
  g_assert_true (gtk_widget_compute_bounds (words, answer, &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, -0.5f);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=,
                     (float) gtk_widget_get_width (answer) + 0.5f);
  take_picture ("narrow");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/novelty/window", test_window);
  g_test_add_func ("/app/novelty/narrow", test_narrow);
  return g_test_run ();
}
