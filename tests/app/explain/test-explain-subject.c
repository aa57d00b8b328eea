/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Explaining one digit of a number, and one of a page. */

#include <glib/gstdio.h>

#include "explain-scene.h"
#include "numeral-digits-row.h"
#include "numeral-sheet-choice.h"
#include "paper.h"
#include "wait.h"

static const double seven[][2] = { { 120, 360 }, { 290, 350 }, { 270, 420 }, { 190, 660 } };
static const double zero[][2] = { { 700, 350 }, { 655, 370 }, { 622, 420 }, { 610, 490 },
                                  { 620, 565 }, { 655, 625 }, { 695, 645 }, { 740, 625 },
                                  { 768, 565 }, { 775, 490 }, { 760, 415 }, { 730, 368 },
                                  { 700, 352 } };

static NumeralSubject *
get_subject (ExplainScene *scene)
{
  return numeral_lab_get_subject (numeral_window_get_lab (scene->desk->window));
}

static void
test_number (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  Desk *desk = scene->desk;
  GtkWidget *row;

  numeral_canvas_set_pen_width (desk->canvas, 30);
  hand_stroke (desk->hand, desk->canvas, seven, G_N_ELEMENTS (seven));
  desk_wait_strokes (desk, 1);
  hand_stroke (desk->hand, desk->canvas, zero, G_N_ELEMENTS (zero));
  desk_wait_strokes (desk, 2);
  g_assert_cmpstr (desk_says (desk), ==, "70");
  explain_scene_wait (scene, "Why 0, and not");
  g_assert_cmpuint (get_subject (scene)->n_digits, ==, 2);
  /* It has pieces of its own ink alone. */
  explain_scene_wait (scene, "Piece 1, stroke 1");
  g_assert_null (desk_find (scene->page, GTK_TYPE_LABEL, "stroke 2"));
  row = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_DIGITS_ROW, NULL);
  hand_click (desk->hand, desk_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL));
  explain_scene_wait (scene, "Why 7, and not");
  g_assert_cmpuint (get_subject (scene)->chosen, ==, 0);
}

static gboolean
has_sheet (gpointer numbers)
{
  return numeral_sheet_choice_get_sheet (numbers) != NULL;
}

static void
test_page (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "page.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  NumeralSheetChoice *numbers = numeral_reading_pane_get_numbers (scene->desk->pane);

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_cache_dir (), 0700));
  paper_write (paper_page ("7\n2 3", PAPER_CLEAN), path);
  numeral_window_open_file (scene->desk->window, file);
  assert_soon (has_sheet, numbers);
  numeral_sheet_choice_set_chosen (numbers, 0);
  explain_scene_wait (scene, "Why 7, and not");
  /* A part of a picture has pixels and no strokes. */
  explain_scene_wait (scene, "SHAP, by Expected Gradients");
  numeral_sheet_choice_set_chosen (numbers, 2);
  explain_scene_wait (scene, "Why 3, and not");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/explain-subject/number", test_number);
  g_test_add_func ("/app/explain-subject/page", test_page);
  return g_test_run ();
}
