/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What else is told about a digit than what speaks for it. */

#include "explain-samples.h"
#include "explain-scene.h"
#include "numeral-counterfactual-card.h"
#include "numeral-explain-drawing.h"
#include "numeral-robustness-card.h"
#include "numeral-steps-card.h"
#include "wait.h"

static GtkWidget *
find_card (ExplainScene *scene, GType type)
{
  return desk_find (scene->page, type, NULL);
}

/* What a label of a card says, and whether it still does. */
typedef struct
{
  GtkWidget *card;
  const char *text;
} Said;

static gboolean
is_unsaid (gpointer data)
{
  const Said *said = data;

  return !desk_find (said->card, GTK_TYPE_LABEL, said->text);
}

static void
wait_unsaid (GtkWidget *card, const char *text)
{
  Said said = { card, text };

  assert_soon (is_unsaid, &said);
}

/* What would make it another digit: the slider goes from one to the other. */
static void
test_counterfactual (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  GtkWidget *card = find_card (scene, NUMERAL_TYPE_COUNTERFACTUAL_CARD), *scale;

  explain_scene_draw (scene);
  explain_scene_wait (scene, " pixels moved");
  explain_scene_wait (scene, "% of the way on");
  scale = desk_find (card, GTK_TYPE_SCALE, NULL);
  g_assert_null (desk_find (card, GTK_TYPE_LABEL, "read as 7"));
  gtk_widget_grab_focus (scale);
  hand_key (scene->desk->hand, GDK_KEY_Home, 0);
  explain_scene_wait (scene, "read as 7");
  hand_key (scene->desk->hand, GDK_KEY_End, 0);
  wait_unsaid (card, "read as 7");
}

/* The map of two changes, which can be chosen and are never the same. */
static void
test_robustness (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  GtkWidget *card = find_card (scene, NUMERAL_TYPE_ROBUSTNESS_CARD);
  GtkDropDown *across = GTK_DROP_DOWN (desk_find (card, GTK_TYPE_DROP_DOWN, NULL));
  NumeralChange first, second;

  explain_scene_draw (scene);
  explain_scene_wait (scene, "Still a 7 if changed alone");
  explain_scene_wait (scene, "beyond the border: ");
  explain_scene_wait (scene, "turned clockwise: ");
  gtk_drop_down_set_selected (across, NUMERAL_CHANGE_SIZE);
  numeral_robustness_card_get_changes (NUMERAL_ROBUSTNESS_CARD (card), &first, &second);
  g_assert_cmpint (first, ==, NUMERAL_CHANGE_SIZE);
  g_assert_cmpint (second, ==, NUMERAL_CHANGE_ROTATION);
  gtk_drop_down_set_selected (across, NUMERAL_CHANGE_SHIFT_X);
  explain_scene_wait (scene, "shifted to the right (pixels): ");
}

/* A step that is switched off may change the answer, and never the picture that is read. */
static void
test_steps (void)
{
  g_autoptr (ExplainScene) scene = explain_scene_new ();
  GtkWidget *card = find_card (scene, NUMERAL_TYPE_STEPS_CARD), *toggle;
  g_autofree char *before = NULL;

  explain_scene_draw (scene);
  explain_scene_wait (scene, "Scaled to 20 pixels");
  before =
      g_strdup (gtk_label_get_text (GTK_LABEL (desk_find (card, GTK_TYPE_LABEL, "read as 7"))));
  toggle = desk_find (card, GTK_TYPE_SWITCH, NULL);
  gtk_widget_grab_focus (toggle);
  hand_key (scene->desk->hand, GDK_KEY_space, 0);
  wait_unsaid (card, before);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  hand_key (scene->desk->hand, GDK_KEY_space, 0);
  explain_scene_wait (scene, before);
}

/* Without MNIST the card says so, and leads to where it can be had. */
static void
test_no_samples (void)
{
  g_autofree char *before = g_strdup (g_getenv ("NUMERAL_DATA_DIR"));
  g_autoptr (ExplainScene) scene = NULL;
  GtkWidget *stack;

  g_unsetenv ("NUMERAL_DATA_DIR");
  scene = explain_scene_new ();
  explain_scene_draw (scene);
  explain_scene_wait (scene, "MNIST is not on this computer.");
  stack = gtk_widget_get_ancestor (scene->page, ADW_TYPE_VIEW_STACK);
  gtk_widget_activate_action (desk_find (scene->page, NUMERAL_TYPE_EXPLAIN_DRAWING, NULL),
                              "explain.get-mnist", NULL);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (stack)), ==, "samples");
  if (before)
    g_setenv ("NUMERAL_DATA_DIR", before, TRUE);
}

static void
test_samples (void)
{
  g_autoptr (ExplainScene) scene = NULL;

  if (!g_getenv ("NUMERAL_DATA_DIR"))
    {
      g_test_skip ("NUMERAL_DATA_DIR is not set");
      return;
    }
  scene = explain_scene_new ();
  explain_scene_draw (scene);
  explain_scene_wait (scene, " that are most alike are a 7, of ");
}

/* While a network learns, its newest snapshot looks at the samples again and again; what somebody
 * draws meanwhile is explained. */
static void
test_learning (void)
{
  g_autofree char *before = g_strdup (g_getenv ("NUMERAL_DATA_DIR"));
  g_autofree char *folder = explain_samples_make (200);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (ExplainScene) scene = NULL;
  NumeralLab *lab;

  g_setenv ("NUMERAL_DATA_DIR", folder, TRUE);
  scene = explain_scene_new ();
  lab = numeral_window_get_lab (scene->desk->window);
  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 400;
  config->train.hidden[0] = 16;
  config->train.epochs = 100000;
  config->train.threads = 1;
  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_train (lab, FALSE, NULL));
  explain_scene_draw (scene);
  explain_scene_wait (scene, "Why ");
  explain_scene_wait (scene, " that were most alike a moment ago are a ");
  numeral_canvas_clear (scene->desk->canvas);
  explain_scene_wait (scene, "Draw a digit, and see");
  explain_scene_draw (scene);
  explain_scene_wait (scene, "Why ");
  numeral_trainer_stop (numeral_lab_get_trainer (lab));
  explain_scene_wait (scene, " that are most alike are a ");
  explain_samples_remove (folder);
  if (before)
    g_setenv ("NUMERAL_DATA_DIR", before, TRUE);
  else
    g_unsetenv ("NUMERAL_DATA_DIR");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/explain-cards/counterfactual", test_counterfactual);
  g_test_add_func ("/app/explain-cards/robustness", test_robustness);
  g_test_add_func ("/app/explain-cards/steps", test_steps);
  g_test_add_func ("/app/explain-cards/no-samples", test_no_samples);
  g_test_add_func ("/app/explain-cards/samples", test_samples);
  g_test_add_func ("/app/explain-cards/learning", test_learning);
  return g_test_run ();
}
