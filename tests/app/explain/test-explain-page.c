/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Explaining what is drawn, in the whole window. */

#include "desk.h"
#include "numeral-explain-drawing.h"
#include "numeral-explain-network.h"
#include "numeral-explain-page.h"
#include "numeral-workbench.h"
#include "wait.h"

/* A seven in two strokes, and a one to the right of it. */
static const double bar[][2] = { { 200, 220 }, { 500, 210 }, { 780, 200 } };
static const double stem[][2] = { { 780, 200 }, { 620, 500 }, { 480, 880 } };

typedef struct
{
  Desk *desk;
  GtkWidget *page;
} Scene;

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);
  GtkWidget *workbench;

  scene->desk = desk_new (1560, 1000);
  workbench = desk_find (GTK_WIDGET (scene->desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  scene->page = numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "explain");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (
                                             desk_find (workbench, ADW_TYPE_VIEW_STACK, NULL)),
                                         "explain");
  assert_soon (is_mapped, scene->page);
  return scene;
}

static void
scene_free (Scene *scene)
{
  desk_free (scene->desk);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static void
draw_seven (Scene *scene)
{
  hand_stroke (scene->desk->hand, scene->desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (scene->desk, 1);
  hand_stroke (scene->desk->hand, scene->desk->canvas, stem, G_N_ELEMENTS (stem));
  desk_wait_strokes (scene->desk, 2);
}

static gboolean
is_shown (gpointer part)
{
  gboolean shown;

  g_object_get (part, "shown", &shown, NULL);
  return shown;
}

/* One part works at a time, and none when another page is shown. */
static void
test_parts (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *drawing = desk_find (scene->page, NUMERAL_TYPE_EXPLAIN_DRAWING, NULL);
  GtkWidget *network = desk_find (scene->page, NUMERAL_TYPE_EXPLAIN_NETWORK, NULL);
  GtkWidget *button = desk_find (scene->page, GTK_TYPE_LABEL, "The Network");
  GtkWidget *stack = gtk_widget_get_ancestor (scene->page, ADW_TYPE_VIEW_STACK);

  g_assert_true (is_shown (drawing));
  g_assert_false (is_shown (network));
  hand_click (scene->desk->hand, button);
  assert_soon (is_shown, network);
  g_assert_false (is_shown (drawing));
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "train");
  g_assert_false (is_shown (network));
}

/* The pages know the digit on the canvas, and whether the pen is still down. */
static void
test_subject (void)
{
  g_autoptr (Scene) scene = scene_new ();
  NumeralLab *lab = numeral_window_get_lab (scene->desk->window);
  NumeralSubject *subject;
  float tensor[INK_TENSOR_SIZE];

  g_assert_null (numeral_lab_get_subject (lab));
  hand_stroke (scene->desk->hand, scene->desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (scene->desk, 1);
  hand_move (scene->desk->hand, scene->desk->canvas, stem[0][0], stem[0][1]);
  hand_press (scene->desk->hand, 1);
  for (guint i = 1; i < G_N_ELEMENTS (stem); i++)
    hand_move (scene->desk->hand, scene->desk->canvas, stem[i][0], stem[i][1]);
  wait_for (0.2);
  desk_wait_read (scene->desk);
  subject = numeral_lab_get_subject (lab);
  g_assert_nonnull (subject);
  g_assert_true (subject->unfinished);
  hand_release (scene->desk->hand, 1);
  desk_wait_strokes (scene->desk, 2);
  subject = numeral_lab_get_subject (lab);
  g_assert_false (subject->unfinished);
  g_assert_cmpuint (subject->n_digits, ==, 1);
  g_assert_cmpuint (subject->reading.digit, ==, 7);
  g_assert_cmpuint (subject->drawing->n_strokes, ==, 2);
  g_assert_true (numeral_canvas_get_tensor (scene->desk->canvas, tensor));
  g_assert_cmpmem (tensor, sizeof tensor, subject->reading.tensor, sizeof tensor);
  numeral_canvas_clear (scene->desk->canvas);
  desk_wait_read (scene->desk);
  g_assert_null (numeral_lab_get_subject (lab));
  draw_seven (scene);
  g_assert_nonnull (numeral_lab_get_subject (lab));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/explain-page/parts", test_parts);
  g_test_add_func ("/app/explain-page/subject", test_subject);
  return g_test_run ();
}
