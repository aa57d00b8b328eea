/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The confusion matrix, with keyboard and pointer. */

#include "numeral-confusion-view.h"

#include <adwaita.h>

#include "desk.h"
#include "reading.h"
#include "wait.h"

#define N 10

/* An evaluation of nothing but its figures. @counts: [N, N] */
static NumeralEvaluation *
evaluation_new (const gsize *counts)
{
  NumeralEvaluation *evaluation = g_new0 (NumeralEvaluation, 1);
  NnEvaluation *figures = g_new0 (NnEvaluation, 1);

  figures->n_classes = N;
  figures->precision = g_new0 (double, N);
  figures->recall = g_new0 (double, N);
  figures->f1 = g_new0 (double, N);
  figures->support = g_new0 (gsize, N);
  figures->confusion = g_memdup2 (counts, N * N * sizeof (gsize));
  figures->precision[4] = 0.5;
  evaluation->figures = figures;
  evaluation->ref_count = 1;
  return evaluation;
}

typedef struct
{
  NumeralConfusionView *view;
  GtkWindow *window;
  Hand *hand;
  guint n_chosen;
} Scene;

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static void
on_chosen (Scene *scene)
{
  scene->n_chosen++;
}

static void
scene_init (Scene *scene)
{
  gsize counts[N * N] = { 0 };
  g_autoptr (NumeralEvaluation) evaluation = NULL;

  counts[3 * N + 5] = 12;
  counts[3 * N + 3] = 1;
  evaluation = evaluation_new (counts);
  *scene = (Scene){ .view = g_object_new (NUMERAL_TYPE_CONFUSION_VIEW, NULL) };
  numeral_confusion_view_set (scene->view, evaluation);
  g_signal_connect_swapped (scene->view, "chosen", G_CALLBACK (on_chosen), scene);
  scene->window = reading_show (GTK_WIDGET (scene->view), 500, 400);
  scene->hand = hand_new ();
  hand_focus (scene->hand, scene->window);
  assert_soon (is_active, scene->window);
}

static void
scene_clear (Scene *scene)
{
  hand_free (scene->hand);
  reading_hide (scene->window, scene->view);
}

/* The cell of a row and a column. */
static GtkWidget *
get_cell (Scene *scene, guint row, guint column)
{
  GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (scene->view));

  for (guint i = 0; i < row * N + column; i++)
    cell = gtk_widget_get_next_sibling (cell);
  return cell;
}

static gboolean
has_focus (gpointer cell)
{
  return gtk_widget_is_focus (cell);
}

static void
assert_chosen (Scene *scene, guint row, guint column)
{
  guint label, answer;

  g_assert_true (numeral_confusion_view_get_chosen (scene->view, &label, &answer));
  g_assert_cmpuint (label, ==, row);
  g_assert_cmpuint (answer, ==, column);
}

static void
test_names (void)
{
  Scene scene;

  scene_init (&scene);
  desk_assert_property (get_cell (&scene, 3, 5), GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "3 read as 5: 12 samples");
  desk_assert_property (get_cell (&scene, 3, 3), GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "3 read right: 1 sample");
  desk_assert_property (get_cell (&scene, 0, 9), GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "0 read as 9: 0 samples");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (get_cell (&scene, 0, 0))),
                   ==, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  scene_clear (&scene);
}

/* The arrow keys go from cell to cell, and Return chooses and chooses no longer. */
static void
test_keys (void)
{
  Scene scene;
  guint label, answer;

  scene_init (&scene);
  gtk_widget_child_focus (GTK_WIDGET (scene.view), GTK_DIR_TAB_FORWARD);
  assert_soon (has_focus, get_cell (&scene, 0, 0));
  for (guint i = 0; i < 3; i++)
    hand_key (scene.hand, GDK_KEY_Down, 0);
  for (guint i = 0; i < 5; i++)
    hand_key (scene.hand, GDK_KEY_Right, 0);
  assert_soon (has_focus, get_cell (&scene, 3, 5));
  hand_key (scene.hand, GDK_KEY_Return, 0);
  hand_key (scene.hand, GDK_KEY_Left, 0);
  assert_soon (has_focus, get_cell (&scene, 3, 4));
  assert_chosen (&scene, 3, 5);
  hand_key (scene.hand, GDK_KEY_space, 0);
  hand_key (scene.hand, GDK_KEY_Up, 0);
  assert_soon (has_focus, get_cell (&scene, 2, 4));
  assert_chosen (&scene, 3, 4);
  hand_key (scene.hand, GDK_KEY_Down, 0);
  hand_key (scene.hand, GDK_KEY_space, 0);
  hand_key (scene.hand, GDK_KEY_Down, 0);
  assert_soon (has_focus, get_cell (&scene, 4, 4));
  g_assert_false (numeral_confusion_view_get_chosen (scene.view, &label, &answer));
  g_assert_cmpuint (scene.n_chosen, ==, 3);
  /* Tab leaves the matrix and does not walk through a hundred cells. */
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (scene.view), GTK_DIR_TAB_FORWARD));
  scene_clear (&scene);
}

static gboolean
was_chosen (gpointer scene)
{
  return ((Scene *) scene)->n_chosen > 0;
}

static void
test_pointer (void)
{
  Scene scene;
  guint label, answer;

  scene_init (&scene);
  hand_click (scene.hand, get_cell (&scene, 7, 2));
  assert_soon (was_chosen, &scene);
  assert_chosen (&scene, 7, 2);
  scene.n_chosen = 0;
  hand_click (scene.hand, get_cell (&scene, 7, 2));
  assert_soon (was_chosen, &scene);
  g_assert_false (numeral_confusion_view_get_chosen (scene.view, &label, &answer));
  scene_clear (&scene);
}

/* Without an evaluation there is nothing to go to. */
static void
test_empty (void)
{
  Scene scene;

  scene_init (&scene);
  numeral_confusion_view_set (scene.view, NULL);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (scene.view)));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (scene.view), GTK_DIR_TAB_FORWARD));
  scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/confusion-view/names", test_names);
  g_test_add_func ("/app/confusion-view/keys", test_keys);
  g_test_add_func ("/app/confusion-view/pointer", test_pointer);
  g_test_add_func ("/app/confusion-view/empty", test_empty);
  return g_test_run ();
}
