/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several digits at once, from the pointer to the window. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "desk.h"
#include "numeral-answer.h"
#include "numeral-bars.h"
#include "numeral-digits-row.h"
#include "numeral-tensor-view.h"
#include "reading.h"
#include "wait.h"

/* "2026", by strokes in units of the canvas. */
static const double two[][2] = { { 0, 90 },   { 10, 40 },   { 50, 5 },   { 100, 0 },  { 140, 30 },
                                 { 150, 80 }, { 130, 140 }, { 80, 210 }, { 30, 260 }, { 0, 290 },
                                 { 50, 292 }, { 110, 290 }, { 165, 288 } };
static const double zero[][2] = { { 90, 0 },    { 45, 20 },   { 12, 70 },  { 0, 140 },
                                  { 10, 215 },  { 45, 275 },  { 85, 295 }, { 130, 275 },
                                  { 158, 215 }, { 165, 140 }, { 150, 65 }, { 120, 18 },
                                  { 90, 2 } };
static const double six[][2] = { { 120, 0 },  { 75, 40 },  { 35, 100 },  { 10, 170 },  { 5, 230 },
                                 { 25, 275 }, { 70, 295 }, { 115, 280 }, { 138, 235 }, { 120, 190 },
                                 { 75, 175 }, { 35, 195 }, { 15, 230 } };

static void
write_digit (Desk *desk, double x, const double (*points)[2], guint n)
{
  double placed[16][2];

  for (guint i = 0; i < n; i++)
    {
      placed[i][0] = x + points[i][0];
      placed[i][1] = 350 + points[i][1];
    }
  hand_stroke (desk->hand, desk->canvas, placed, n);
}

static Desk *
desk_new_2026 (int width, int height)
{
  Desk *desk = desk_new (width, height);

  numeral_canvas_set_pen_width (desk->canvas, 30);
  write_digit (desk, 60, two, G_N_ELEMENTS (two));
  desk_wait_strokes (desk, 1);
  write_digit (desk, 290, zero, G_N_ELEMENTS (zero));
  desk_wait_strokes (desk, 2);
  write_digit (desk, 520, two, G_N_ELEMENTS (two));
  desk_wait_strokes (desk, 3);
  write_digit (desk, 760, six, G_N_ELEMENTS (six));
  desk_wait_strokes (desk, 4);
  return desk;
}

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

static NumeralDigitChoice *
choice_of (Desk *desk)
{
  GtkWidget *answer = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_ANSWER, NULL);

  return numeral_reading_view_get_choice (NUMERAL_READING_VIEW (answer));
}

static void
assert_chosen (Desk *desk, guint place)
{
  GtkWidget *pane = GTK_WIDGET (desk->pane);
  const GType types[] = { NUMERAL_TYPE_ANSWER, NUMERAL_TYPE_BARS, NUMERAL_TYPE_TENSOR_VIEW };
  NumeralDigitChoice *choice = choice_of (desk);

  g_assert_cmpuint (numeral_digit_choice_get_chosen (choice), ==, place);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      NumeralReadingView *view = NUMERAL_READING_VIEW (desk_find (pane, types[i], NULL));

      g_assert_true (numeral_reading_view_get_choice (view) == choice);
    }
}

static GtkWidget *
button_of (Desk *desk, guint place)
{
  GtkWidget *row = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_DIGITS_ROW, NULL);
  GtkWidget *button = gtk_widget_get_first_child (row);

  while (place-- > 0)
    button = gtk_widget_get_next_sibling (button);
  return button;
}

typedef struct
{
  Desk *desk;
  guint place;
} Chosen;

static gboolean
is_chosen (gpointer data)
{
  const Chosen *chosen = data;

  return numeral_digit_choice_get_chosen (choice_of (chosen->desk)) == chosen->place;
}

static void
wait_chosen (Desk *desk, guint place)
{
  Chosen chosen = { desk, place };

  assert_soon (is_chosen, &chosen);
  assert_chosen (desk, place);
}

static void
test_draw (void)
{
  g_autoptr (Desk) desk = desk_new_2026 (960, 660);
  const NumeralPrediction *prediction = numeral_recogniser_get_prediction (desk->recogniser);
  g_autofree char *number = numeral_prediction_get_number (prediction);
  GtkWidget *row = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_DIGITS_ROW, NULL);
  GtkWidget *bars = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_BARS, NULL);
  g_autofree char *spoken = NULL;
  Chosen undone = { desk, 2 };

  g_assert_cmpstr (number, ==, "2026");
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (desk->answer)));
  spoken = g_strdup_printf ("Recognised number: 2026, %.0f %%",
                            100 * numeral_prediction_get_probability (prediction));
  desk_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
  /* The digit that was written last. */
  assert_chosen (desk, 3);

  /* By a click on it. */
  hand_click (desk->hand, button_of (desk, 1));
  wait_chosen (desk, 1);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button_of (desk, 1))));
  g_assert_nonnull (bars);

  /* By keys. */
  desk_key (desk, GDK_KEY_Left, 0);
  wait_chosen (desk, 0);
  desk_key (desk, GDK_KEY_Left, 0);
  desk_key (desk, GDK_KEY_Right, 0);
  desk_key (desk, GDK_KEY_Right, 0);
  wait_chosen (desk, 2);
  desk_key (desk, GDK_KEY_End, 0);
  wait_chosen (desk, 3);
  take_picture ("light");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  take_picture ("dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);

  /* By a tap on its ink, which leaves none. */
  hand_move (desk->hand, desk->canvas, 372, 500);
  hand_press (desk->hand, 1);
  hand_release (desk->hand, 1);
  wait_chosen (desk, 1);
  g_assert_cmpuint (numeral_canvas_get_drawing (desk->canvas)->n_strokes, ==, 4);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "2026");

  /* What is drawn there is drawn. */
  hand_stroke (desk->hand, desk->canvas, (const double[][2]){ { 330, 500 }, { 420, 480 } }, 2);
  desk_wait_strokes (desk, 5);
  g_assert_true (numeral_canvas_undo (desk->canvas));
  desk_wait_strokes (desk, 4);
  /* One digit less. */
  g_assert_true (numeral_canvas_undo (desk->canvas));
  desk_wait_strokes (desk, 3);
  g_assert_cmpstr (desk_says (desk), ==, "202");
  assert_soon (is_chosen, &undone);
  g_assert_true (numeral_canvas_undo (desk->canvas));
  g_assert_true (numeral_canvas_undo (desk->canvas));
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "2");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (desk->answer)));
  g_assert_false (gtk_widget_get_visible (row));
  /* A tap on one digit alone is a dot, as ever. */
  hand_move (desk->hand, desk->canvas, 140, 500);
  hand_press (desk->hand, 1);
  hand_release (desk->hand, 1);
  desk_wait_strokes (desk, 2);
}

static gboolean
exists (gpointer file)
{
  return g_file_query_exists (file, NULL);
}

static gboolean
shows_picture (gpointer data)
{
  Desk *desk = data;

  return numeral_canvas_get_picture (desk->canvas) != NULL;
}

/* A picture of a number is read as one, and its digits are found in it. */
static void
test_picture (void)
{
  g_autoptr (Desk) desk = desk_new_2026 (960, 660);
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "number.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_cache_dir (), 0700));
  numeral_window_save_file (desk->window, file);
  assert_soon (exists, file);
  numeral_window_open_file (desk->window, file);
  assert_soon (shows_picture, desk);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "2026");
  take_picture ("picture-light");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  take_picture ("picture-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);

  hand_click (desk->hand, button_of (desk, 3));
  wait_chosen (desk, 3);
  /* The picture is as large as what was drawn, with a margin around it. */
  hand_move (desk->hand, desk->canvas, 372, 500);
  hand_press (desk->hand, 1);
  hand_release (desk->hand, 1);
  wait_chosen (desk, 1);
  g_assert_true (shows_picture (desk));

  /* Undone, the ink is back. */
  g_assert_true (numeral_canvas_undo (desk->canvas));
  desk_wait_strokes (desk, 4);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "2026");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A number stays within the answer at any size of the window. */
static void
test_sizes (void)
{
  static const int sizes[][2] = { { 360, 640 }, { 1600, 1000 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Desk) desk = desk_new_2026 (sizes[i][0], sizes[i][1]);
      g_autofree char *name = g_strdup_printf ("%d", sizes[i][0]);
      NumeralAnswer *answer =
          NUMERAL_ANSWER (desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_ANSWER, NULL));
      GtkWidget *row = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_DIGITS_ROW, NULL);
      graphene_rect_t bounds;

      g_assert_cmpstr (desk_says (desk), ==, "2026");
      g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (answer), &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, -0.5f);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=,
                         (float) gtk_widget_get_width (GTK_WIDGET (answer)) + 0.5f);
      hand_click (desk->hand, button_of (desk, 0));
      wait_chosen (desk, 0);
      take_picture (name);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/number/draw", test_draw);
  g_test_add_func ("/app/number/picture", test_picture);
  g_test_add_func ("/app/number/sizes", test_sizes);
  return g_test_run ();
}
