/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Samples of one's own handwriting get another label on the page that measures a model. */

#include "desk.h"
#include "ink-generator.h"
#include "numeral-protection.h"
#include "numeral-result-tile.h"
#include "numeral-results-page.h"
#include "shown.h"
#include "wait.h"

#define PASSPHRASE "correct horse"

/* The sample of a 3 that is labelled as 8. */
#define WRONG 3

typedef struct
{
  NumeralHandDb *db;
  gint64 ids[20];
  NumeralLab *lab;
  GtkWindow *window;
  NumeralResultsPage *page;
  Hand *hand;
  guint n_activated;
} Scene;

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (data);
}

static gboolean
is_activated (gpointer data)
{
  return ((Scene *) data)->n_activated > 0;
}

static void
on_activated (Scene *scene)
{
  scene->n_activated++;
}

/* Twenty digits, one with a wrong label, and none from before. */
static void
fill (Scene *scene)
{
  g_autoptr (GPtrArray) old = numeral_hand_db_read_all (scene->db, NULL, NULL);

  g_assert_nonnull (old);
  for (guint i = 0; i < old->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (old, i);
      g_autoptr (GPtrArray) deleted = numeral_hand_db_delete (scene->db, &sample->id, 1, NULL);

      g_assert_nonnull (deleted);
    }
  for (guint i = 0; i < G_N_ELEMENTS (scene->ids); i++)
    {
      g_autoptr (InkDrawing) drawing = NULL;
      g_autoptr (NumeralHandSample) sample = NULL;
      InkGenerator generator;

      ink_generator_init (&generator, 7, i);
      drawing = ink_generator_digit (&generator, i % 10, NULL);
      sample = numeral_hand_sample_new (drawing, i == WRONG ? 8 : (int) (i % 10));
      g_assert_true (numeral_hand_db_add (scene->db, &sample, 1, &scene->ids[i], NULL));
    }
}

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);
  GtkWidget *toasts = adw_toast_overlay_new ();

  scene->db = numeral_hand_db_new (NULL);
  fill (scene);
  scene->lab = numeral_lab_new ();
  g_assert_true (numeral_lab_use_shipped (scene->lab, NULL));
  scene->window = GTK_WINDOW (gtk_window_new ());
  scene->page = numeral_results_page_new (scene->lab);
  g_signal_connect_swapped (scene->page, "sample-activated", G_CALLBACK (on_activated), scene);
  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_HANDWRITING, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (scene->page));
  gtk_window_set_child (scene->window, toasts);
  /* High enough for all of the page, so that each widget can be clicked. */
  gtk_window_set_default_size (scene->window, 900, 1000);
  gtk_window_present (scene->window);
  assert_soon (is_mapped, scene->page);
  scene->hand = hand_new ();
  hand_focus (scene->hand, scene->window);
  assert_soon (is_active, scene->window);
  return scene;
}

static void
scene_free (Scene *scene)
{
  hand_free (scene->hand);
  gtk_window_destroy (scene->window);
  numeral_lab_close (scene->lab);
  wait_for (0.1);
  g_object_unref (scene->lab);
  numeral_hand_db_unref (scene->db);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static GtkWidget *
find (Scene *scene, GType type, const char *text)
{
  return desk_find (GTK_WIDGET (scene->page), type, text);
}

static void
wait_text (Scene *scene, const char *text)
{
  shown_wait (GTK_WIDGET (scene->window), text);
}

/* (nullable) (transfer none): the tile of the sample with the wrong label. */
static GtkWidget *
find_tile (Scene *scene)
{
  GtkWidget *tile = find (scene, NUMERAL_TYPE_RESULT_TILE, NULL);

  for (; tile; tile = gtk_widget_get_next_sibling (tile))
    if (numeral_dataset_item_get_number (numeral_result_item_get_sample (
            numeral_result_tile_get_item (NUMERAL_RESULT_TILE (tile)))) == scene->ids[WRONG])
      return tile;
  return NULL;
}

static gboolean
shows_tile (gpointer data)
{
  GtkWidget *tile = find_tile (data);

  return tile && is_mapped (tile);
}

static gboolean
shows_no_tile (gpointer data)
{
  return !find_tile (data) && shown_is (GTK_WIDGET (((Scene *) data)->window), "95 % interval ");
}

/* Measures, and gives the keyboard to the tile of the sample with the wrong label. */
static GtkWidget *
measure (Scene *scene)
{
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  wait_text (scene, "95 % interval ");
  assert_soon (shows_tile, scene);
  gtk_widget_grab_focus (find_tile (scene));
  return find_tile (scene);
}

static int
read_label (Scene *scene)
{
  g_autoptr (NumeralHandSample) sample = numeral_hand_db_get (scene->db, scene->ids[WRONG], NULL);

  g_assert_nonnull (sample);
  return sample->label;
}

typedef struct
{
  Scene *scene;
  gboolean visible;
} Button;

static gboolean
is_button_visible (gpointer data)
{
  const Button *button = data;

  return gtk_widget_get_mapped (find (button->scene, GTK_TYPE_BUTTON, "Measure _Again")) ==
         button->visible;
}

/* Whether the page says that its figures are from before. */
static void
wait_outdated (Scene *scene, gboolean outdated)
{
  Button button = { scene, outdated };

  assert_soon (is_button_visible, &button);
}

static void
click_undo (Scene *scene)
{
  GtkWidget *toast =
      desk_find (GTK_WIDGET (scene->window), g_type_from_name ("AdwToastWidget"), NULL);

  g_assert_nonnull (toast);
  hand_click (scene->hand, desk_find (toast, GTK_TYPE_BUTTON, "Undo"));
}

/* A key labels the sample, Undo takes it back, and only new figures take the tile away. */
static void
test_keys (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *tile = measure (scene);
  g_autofree char *name = NULL;

  wait_outdated (scene, FALSE);
  hand_key (scene->hand, GDK_KEY_3, 0);
  wait_text (scene, "Labelled as 3");
  wait_text (scene, "now 3");
  wait_text (scene, "1 label was changed. The figures are from before.");
  g_assert_cmpint (read_label (scene), ==, 3);
  name = g_strdup_printf ("8 read as 3, sample %d, now 3", WRONG + 1);
  desk_assert_property (tile, GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  click_undo (scene);
  wait_outdated (scene, FALSE);
  g_assert_cmpint (read_label (scene), ==, 8);
  g_assert_false (shown_is (GTK_WIDGET (scene->window), "now 3"));

  gtk_widget_grab_focus (find_tile (scene));
  hand_key (scene->hand, GDK_KEY_minus, 0);
  wait_text (scene, "now ?");
  g_assert_cmpint (read_label (scene), ==, NUMERAL_HAND_NOT_A_DIGIT);
  hand_key (scene->hand, GDK_KEY_3, 0);
  wait_text (scene, "now 3");
  /* Nothing was opened on the canvas meanwhile. */
  g_assert_cmpuint (scene->n_activated, ==, 0);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "Measure _Again"));
  wait_outdated (scene, FALSE);
  assert_soon (shows_no_tile, scene);
}

/* (nullable) (transfer none): an entry of the context menu. */
static GtkWidget *
find_entry (Scene *scene, const char *text)
{
  GtkWidget *label = find (scene, GTK_TYPE_LABEL, "Label As");

  g_assert_nonnull (label);
  return desk_find (gtk_widget_get_ancestor (label, GTK_TYPE_POPOVER_MENU), GTK_TYPE_LABEL, text);
}

static gboolean
has_menu (gpointer data)
{
  return is_mapped (find_entry (data, "Open on the Canvas"));
}

static gboolean
has_labels (gpointer data)
{
  GtkWidget *entry = find_entry (data, "3");

  return entry && is_mapped (entry);
}

/* The same by the context menu, with the pointer and with the keyboard. */
static void
test_menu (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *tile = measure (scene);
  int x, y;

  hand_locate (tile, NUMERAL_CANVAS_SIZE / 2.0, NUMERAL_CANVAS_SIZE / 2.0, &x, &y);
  hand_move_to (scene->hand, x, y);
  hand_press (scene->hand, GDK_BUTTON_SECONDARY);
  hand_release (scene->hand, GDK_BUTTON_SECONDARY);
  assert_soon (has_menu, scene);
  hand_click (scene->hand, find_entry (scene, "Label As"));
  assert_soon (has_labels, scene);
  hand_click (scene->hand, find_entry (scene, "3"));
  wait_text (scene, "now 3");
  g_assert_cmpint (read_label (scene), ==, 3);

  gtk_widget_grab_focus (find_tile (scene));
  hand_key (scene->hand, GDK_KEY_F10, GDK_SHIFT_MASK);
  assert_soon (has_menu, scene);
  hand_click (scene->hand, find_entry (scene, "Open on the Canvas"));
  assert_soon (is_activated, scene);
  g_assert_cmpuint (scene->n_activated, ==, 1);
}

/* (nullable) (transfer none) */
static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel) && gtk_widget_get_mapped (toplevel))
        return toplevel;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer unused)
{
  return find_dialog () != NULL;
}

static gboolean
has_no_dialog (gpointer unused)
{
  return find_dialog () == NULL;
}

/* Waits for a dialog with this text, and closes it by Escape. */
static void
close_dialog (Scene *scene, const char *text, gboolean can_unlock)
{
  GtkWidget *dialog;

  assert_soon (has_dialog, NULL);
  dialog = find_dialog ();
  shown_wait (dialog, "The Label Was Not Changed");
  shown_wait (dialog, text);
  g_assert_true ((desk_find (dialog, GTK_TYPE_BUTTON, "_Unlock…") != NULL) == can_unlock);
  hand_focus (scene->hand, GTK_WINDOW (dialog));
  assert_soon (is_active, dialog);
  hand_key (scene->hand, GDK_KEY_Escape, 0);
  assert_soon (has_no_dialog, NULL);
  hand_focus (scene->hand, scene->window);
  assert_soon (is_active, scene->window);
  wait_outdated (scene, FALSE);
}

static void
change_protection (Scene *scene, const NumeralProtectionRequest *request)
{
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  numeral_protection_run (scene->db, request, &outcome, NULL, &error);
  g_assert_no_error (error);
}

/* A sample that was deleted meanwhile, and handwriting that was locked, say so. */
static void
test_errors (void)
{
  g_autoptr (Scene) scene = scene_new ();
  NumeralSlotLimits limits = numeral_slot_limits_least;
  g_autoptr (GPtrArray) deleted = NULL;

  measure (scene);
  change_protection (scene, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_ON,
                                                         .passphrase = PASSPHRASE,
                                                         .limits = &limits });
  change_protection (scene, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_LOCK });
  hand_key (scene->hand, GDK_KEY_3, 0);
  close_dialog (scene, "Your handwriting is encrypted and locked", TRUE);
  change_protection (scene, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_UNLOCK,
                                                         .passphrase = PASSPHRASE });
  change_protection (scene, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_OFF });

  deleted = numeral_hand_db_delete (scene->db, &scene->ids[WRONG], 1, NULL);
  g_assert_nonnull (deleted);
  gtk_widget_grab_focus (find_tile (scene));
  hand_key (scene->hand, GDK_KEY_3, 0);
  close_dialog (scene, "There is no sample number", FALSE);
}

/* What does not come from one's own handwriting has no label to change. */
static void
test_others (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *tile;

  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_GENERATED, NULL);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  wait_text (scene, "95 % interval ");
  tile = find (scene, NUMERAL_TYPE_RESULT_TILE, NULL);
  g_assert_nonnull (tile);
  gtk_widget_grab_focus (tile);
  hand_key (scene->hand, GDK_KEY_3, 0);
  hand_key (scene->hand, GDK_KEY_F10, GDK_SHIFT_MASK);
  wait_for (0.2);
  g_assert_false (has_menu (scene));
  g_assert_false (shown_is (GTK_WIDGET (scene->window), "Labelled as"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/results-relabel/keys", test_keys);
  g_test_add_func ("/app/results-relabel/menu", test_menu);
  g_test_add_func ("/app/results-relabel/errors", test_errors);
  g_test_add_func ("/app/results-relabel/others", test_others);
  return g_test_run ();
}
