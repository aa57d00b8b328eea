/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Explaining what is drawn, in the whole window. */

#include <string.h>

#include "explain-scene.h"
#include "numeral-explain-drawing.h"
#include "numeral-explain-network.h"
#include "numeral-explain-page.h"
#include "numeral-figure.h"
#include "numeral-method-list.h"
#include "numeral-model-file.h"
#include "numeral-workbench.h"
#include "wait.h"

/* What the hand of explain_scene_draw() draws. */
static const double bar[][2] = { { 200, 220 }, { 500, 210 }, { 780, 200 } };
static const double stem[][2] = { { 780, 200 }, { 620, 500 }, { 480, 880 } };

static gboolean
is_shown (gpointer part)
{
  gboolean shown;

  g_object_get (part, "shown", &shown, NULL);
  return shown;
}

static gboolean
has_subject (gpointer lab)
{
  return numeral_lab_get_subject (lab) != NULL;
}

/* One part works at a time, and none when another page is shown. A sample of a part comes to the
 * canvas. */
static void
test_parts (void)
{
  static const float sample[INK_TENSOR_SIZE] = { [14 * 28 + 14] = 1 };
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  GtkWidget *drawing = desk_find (scene->page, NUMERAL_TYPE_EXPLAIN_DRAWING, NULL);
  GtkWidget *network = desk_find (scene->page, NUMERAL_TYPE_EXPLAIN_NETWORK, NULL);
  GtkWidget *button = desk_find (scene->page, GTK_TYPE_LABEL, "The Network");
  GtkWidget *stack = gtk_widget_get_ancestor (scene->page, ADW_TYPE_VIEW_STACK);

  g_assert_true (is_shown (drawing));
  g_assert_false (is_shown (network));
  hand_click (scene->desk->hand, button);
  assert_soon (is_shown, network);
  g_assert_false (is_shown (drawing));
  numeral_page_activate_sample (NUMERAL_PAGE (network), sample, NULL);
  assert_soon (has_subject, numeral_window_get_lab (scene->desk->window));
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "train");
  g_assert_false (is_shown (network));
}

static gboolean
is_unfinished (gpointer lab)
{
  const NumeralSubject *subject = numeral_lab_get_subject (lab);

  return subject && subject->unfinished;
}

/* The pages know the digit on the canvas, and whether the pen is still down. */
static void
test_subject (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
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
  assert_soon (is_unfinished, lab);
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
  explain_scene_draw (scene);
  g_assert_nonnull (numeral_lab_get_subject (lab));
}

static GtkWidget *
find_card (ExplainScene *scene, GType type)
{
  return desk_find (scene->page, type, NULL);
}

/* The list box of the pieces, which has a row for each. */
static guint
count_pieces (ExplainScene *scene)
{
  GtkWidget *label = desk_find (scene->page, GTK_TYPE_LABEL, "Piece 1, stroke 1");
  GtkListBox *list =
      label ? GTK_LIST_BOX (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX)) : NULL;
  guint n = 0;

  while (list && gtk_list_box_get_row_at_index (list, (int) n))
    n++;
  return n;
}

static gboolean
is_measured (gpointer scene)
{
  return !desk_find (find_card (scene, NUMERAL_TYPE_METHOD_LIST), GTK_TYPE_LABEL, "…");
}

static gboolean
is_unmeasured (gpointer scene)
{
  return !is_measured (scene);
}

/* The drop-down list that shows @text. */
static GtkWidget *
find_drop_down (ExplainScene *scene, const char *text)
{
  return gtk_widget_get_ancestor (desk_find (scene->page, GTK_TYPE_LABEL, text),
                                  GTK_TYPE_DROP_DOWN);
}

/* What a label says of the fit of LIME. */
typedef struct
{
  GtkLabel *label;
  char *text;
} Fit;

static void
find_fit (ExplainScene *scene, Fit *fit)
{
  fit->label = GTK_LABEL (desk_find (scene->page, GTK_TYPE_LABEL, "Fits with R² "));
  fit->text = g_strdup (gtk_label_get_text (fit->label));
}

static gboolean
fits_otherwise (gpointer data)
{
  const Fit *fit = data;
  const char *text = gtk_label_get_text (fit->label);

  return g_str_has_prefix (text, "Fits with R² ") && !g_str_equal (text, fit->text);
}

/* A drawing, its methods and its pieces; and nothing when it is gone. */
static void
test_explain (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  GtkWidget *list = find_card (scene, NUMERAL_TYPE_METHOD_LIST);
  GtkListBoxRow *row;
  Fit fit;
  int width;

  explain_scene_wait (scene, "Draw a digit, and see");
  explain_scene_draw (scene);
  explain_scene_wait (scene, "Why 7, and not");
  assert_soon (is_measured, scene);
  explain_scene_wait (scene, "Adds up to ");
  g_assert_cmpuint (count_pieces (scene), >=, 2);
  row = GTK_LIST_BOX_ROW (
      gtk_widget_get_ancestor (desk_find (scene->page, GTK_TYPE_LABEL, "Piece 1, stroke 1"),
                               GTK_TYPE_LIST_BOX_ROW));
  g_assert_nonnull (numeral_figure_get_data (
      NUMERAL_FIGURE (desk_find (scene->page, NUMERAL_TYPE_FIGURE, NULL))));
  /* With a real click on the words of a method. */
  gtk_widget_measure (scene->page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  hand_click (scene->desk->hand, desk_find (list, GTK_TYPE_LABEL, "LIME"));
  explain_scene_wait (scene, "Fits with R² ");
  find_fit (scene, &fit);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_drop_down (scene, "Pieces of stroke")), 1);
  assert_soon (fits_otherwise, &fit);
  g_free (fit.text);
  g_assert_cmpuint (numeral_method_list_get_chosen (NUMERAL_METHOD_LIST (list)), ==, 2);
  hand_click (scene->desk->hand, desk_find (list, GTK_TYPE_LABEL, "Occlusion"));
  explain_scene_wait (scene, "Need not add up");
  explain_scene_wait (scene, "Patch");
  /* With the keyboard. */
  gtk_widget_grab_focus (
      gtk_widget_get_ancestor (desk_find (list, GTK_TYPE_LABEL, "SHAP, "), GTK_TYPE_CHECK_BUTTON));
  hand_key (scene->desk->hand, GDK_KEY_space, 0);
  explain_scene_wait (scene, "Adds up to ");
  g_assert_cmpuint (numeral_method_list_get_chosen (NUMERAL_METHOD_LIST (list)), ==, 1);
  g_assert_true (GTK_IS_LIST_BOX_ROW (row));
  numeral_canvas_clear (scene->desk->canvas);
  explain_scene_wait (scene, "Draw a digit, and see");
}

/* While the pen is down the picture follows it. */
static void
test_live (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();

  explain_scene_draw (scene);
  explain_scene_wait (scene, "Why 7, and not");
  assert_soon (is_measured, scene);
  hand_move (scene->desk->hand, scene->desk->canvas, 400, 540);
  hand_press (scene->desk->hand, 1);
  for (guint i = 0; i < 10; i++)
    hand_move (scene->desk->hand, scene->desk->canvas, 400 + 30 * i, 540);
  /* Only integrated gradients are known then. */
  assert_soon (is_unmeasured, scene);
  hand_release (scene->desk->hand, 1);
  desk_wait_strokes (scene->desk, 3);
  assert_soon (is_measured, scene);
}

/* The rival is chosen in the list; the digit itself cannot be. */
static void
test_rival (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  GtkWidget *drop_down, *label, *row;
  g_autofree char *first = NULL;
  GtkStringList *list;

  explain_scene_draw (scene);
  explain_scene_wait (scene, "Why 7, and not");
  assert_soon (is_measured, scene);
  drop_down = desk_find (scene->page, GTK_TYPE_DROP_DOWN, NULL);
  /* The button says the digit alone, the list that it is the runner-up. */
  list = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down)));
  g_assert_true (g_str_has_suffix (gtk_string_list_get_string (list, 0), ", the runner-up"));
  first = g_strndup (gtk_string_list_get_string (list, 0), 1);
  label = desk_find (drop_down, GTK_TYPE_LABEL, first);
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, first);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 1 + 2);
  assert_soon (is_measured, scene);
  row = gtk_widget_get_ancestor (desk_find (scene->page, GTK_TYPE_LABEL, "Piece 1, stroke 1"),
                                 GTK_TYPE_LIST_BOX_ROW);
  g_assert_nonnull (row);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 1 + 7);
  explain_scene_wait (scene, "Why 7, and not");
  assert_soon (is_measured, scene);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 1 + NUMERAL_N_DIGITS);
  assert_soon (is_measured, scene);
  g_assert_null (desk_find (scene->page, GTK_TYPE_LABEL, "This Cannot Be Explained"));
}

/* A sample of another page comes to the canvas, and is explained on demand: by its strokes, if it
 * was drawn. */
static void
test_sample (gconstpointer is_drawn)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  NumeralWorkbench *workbench =
      NUMERAL_WORKBENCH (gtk_widget_get_ancestor (scene->page, NUMERAL_TYPE_WORKBENCH));
  GtkWidget *results = numeral_workbench_get_page (workbench, "results");
  g_autoptr (InkDrawing) drawing = NULL;
  float tensor[INK_TENSOR_SIZE];

  explain_scene_draw (scene);
  explain_scene_wait (scene, "Why 7, and not");
  memcpy (tensor,
          numeral_lab_get_subject (numeral_window_get_lab (scene->desk->window))->reading.tensor,
          sizeof tensor);
  if (is_drawn)
    drawing = ink_drawing_ref (numeral_canvas_get_drawing (scene->desk->canvas));
  numeral_canvas_clear (scene->desk->canvas);
  numeral_workbench_show_page (workbench, "results");
  numeral_page_activate_sample (NUMERAL_PAGE (results), tensor, drawing);
  desk_wait_toast (scene->desk, "The sample is on the canvas");
  hand_click (scene->desk->hand,
              desk_find (GTK_WIDGET (scene->desk->window), GTK_TYPE_BUTTON, "Explain"));
  explain_scene_wait (scene, "Why 7, and not");
  g_assert_true (numeral_workbench_shows_page (workbench, "explain"));
  g_assert_cmpuint (numeral_canvas_get_drawing (scene->desk->canvas)->n_strokes, ==,
                    drawing ? drawing->n_strokes : 0);
}

/* A network whose figures are no numbers is said to be one, with a way out. */
static void
test_overflow (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  NumeralLab *lab = numeral_window_get_lab (scene->desk->window);
  g_autoptr (NumeralModel) shipped = numeral_model_load_shipped (NULL);
  g_autoptr (NnNetwork) network = nn_network_copy (shipped->network);
  g_autoptr (NumeralModel) model = NULL;

  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = 1e30f;
  model = numeral_model_new (network, NULL, NULL);
  explain_scene_draw (scene);
  explain_scene_wait (scene, "Why 7, and not");
  numeral_lab_use_model (lab, model, "too large");
  explain_scene_wait (scene, "The Network Gives No Numbers");
  hand_click (scene->desk->hand,
              desk_find (scene->page, GTK_TYPE_BUTTON, "_Read With the Model That Ships"));
  explain_scene_wait (scene, "Why 7, and not");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/explain-page/parts", test_parts);
  g_test_add_func ("/app/explain-page/subject", test_subject);
  g_test_add_func ("/app/explain-page/explain", test_explain);
  g_test_add_func ("/app/explain-page/live", test_live);
  g_test_add_func ("/app/explain-page/rival", test_rival);
  g_test_add_data_func ("/app/explain-page/sample/picture", GINT_TO_POINTER (FALSE), test_sample);
  g_test_add_data_func ("/app/explain-page/sample/ink", GINT_TO_POINTER (TRUE), test_sample);
  g_test_add_func ("/app/explain-page/overflow", test_overflow);
  return g_test_run ();
}
