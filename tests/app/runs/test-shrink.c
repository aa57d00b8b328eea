/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making the model of a run smaller, on a screen. */

#include <math.h>

#include "desk.h"
#include "nn-random.h"
#include "nn-write.h"
#include "numeral-model-file.h"
#include "numeral-shrink-dialog.h"
#include "numeral-tradeoff-view.h"
#include "numeral-write-queue.h"
#include "shown.h"
#include "wait.h"

#define N_WAYS 8
#define N_DIGITS 300

typedef struct
{
  NumeralRunStore *store;
  NumeralRun *run;
  GtkWindow *dialog; /* %NULL when it is closed */
  Hand *hand;
  NumeralShrunk *taken;
  char *name;
} Scene;

/* Of a network that was not trained: as small as that, every way ends soon. */
static GBytes *
model_bytes (void)
{
  NnArchitecture arch;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NumeralModel) model = NULL;
  GByteArray *bytes = g_byte_array_new ();
  NnRandom random;

  g_assert_true (nn_architecture_from_string ("784-64-10", NN_ACTIVATION_RELU,
                                              NN_LOSS_CROSS_ENTROPY, &arch, NULL));
  network = nn_network_new (&arch, NULL);
  nn_random_init (&random, 1);
  nn_network_init (network, NN_INIT_HE, &random);
  model = numeral_model_new (network, NULL, NULL);
  g_assert_true (numeral_model_formats ()[0]->save (model, NUMERAL_SAVE_DEFAULT, nn_write_to_array,
                                                    bytes, NULL));
  return g_byte_array_free_to_bytes (bytes);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static NumeralRun *
add_run (NumeralRunStore *store, NumeralSourceKind source, const char *path)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new_for_source (source);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = model_bytes ();
  g_autoptr (GError) error = NULL;
  NumeralRun *run;

  config->generated = N_DIGITS;
  config->path = g_strdup (path);
  numeral_run_store_add_model_async (store, bytes, "First", config, on_result, &result);
  assert_soon (is_set, &result);
  run = numeral_run_store_import_finish (store, result, &error);
  g_assert_no_error (error);
  return run;
}

static void
on_taken (Scene *scene, NumeralShrunk *model, const char *name)
{
  g_assert_null (scene->taken);
  scene->taken = g_object_ref (model);
  scene->name = g_strdup (name);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static Scene *
scene_new (NumeralSourceKind source, const char *path)
{
  Scene *scene = g_new0 (Scene, 1);
  g_autoptr (GFile) folder =
      g_file_new_build_filename (g_get_user_data_dir (), "numeral", "runs", NULL);

  scene->store = numeral_run_store_new (folder);
  scene->run = add_run (scene->store, source, path);
  g_set_weak_pointer (&scene->dialog, GTK_WINDOW (numeral_shrink_dialog_new (NULL, scene->run)));
  g_signal_connect_swapped (scene->dialog, "add", G_CALLBACK (on_taken), scene);
  gtk_window_present (scene->dialog);
  scene->hand = hand_new ();
  hand_focus (scene->hand, scene->dialog);
  assert_soon (is_active, scene->dialog);
  return scene;
}

static void
scene_free (Scene *scene)
{
  if (scene->dialog)
    gtk_window_destroy (scene->dialog);
  g_clear_weak_pointer (&scene->dialog);
  hand_free (scene->hand);
  g_clear_object (&scene->taken);
  g_free (scene->name);
  g_object_unref (scene->run);
  numeral_write_queue_flush ();
  wait_idle ();
  g_object_unref (scene->store);
  g_free (scene);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static guint
count_rows (Scene *scene)
{
  GtkListBox *list = GTK_LIST_BOX (desk_find (GTK_WIDGET (scene->dialog), GTK_TYPE_LIST_BOX, NULL));
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, (int) n))
    n++;
  return n;
}

static gboolean
is_stopped (gpointer data)
{
  GtkWidget *stop = desk_find_action (GTK_WIDGET (((Scene *) data)->dialog), "shrink.stop");

  return !gtk_widget_get_mapped (stop);
}

static gboolean
is_closed (gpointer data)
{
  return ((Scene *) data)->dialog == NULL;
}

static GtkListBoxRow *
get_selected (Scene *scene)
{
  return gtk_list_box_get_selected_row (
      GTK_LIST_BOX (desk_find (GTK_WIDGET (scene->dialog), GTK_TYPE_LIST_BOX, NULL)));
}

static gboolean
is_third (gpointer scene)
{
  return gtk_list_box_row_get_index (get_selected (scene)) == 2;
}

static gboolean
has_folder (gpointer run)
{
  return numeral_run_get_folder (run) != NULL;
}

/* All ways give a model; the one that is picked by its point is taken, and is what it says. */
static void
test_take (void)
{
  g_autoptr (Scene) scene = scene_new (NUMERAL_SOURCE_GENERATED, NULL);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *add = desk_find_action (GTK_WIDGET (scene->dialog), "shrink.add");
  int before;

  assert_soon (is_stopped, scene);
  g_assert_cmpuint (count_rows (scene), ==, N_WAYS);
  shown_wait (GTK_WIDGET (scene->dialog), "held out for validation");
  /* One is proposed. */
  before = gtk_list_box_row_get_index (get_selected (scene));
  g_assert_cmpint (before, >, 0);
  g_assert_true (gtk_widget_is_sensitive (add));
  hand_click (scene->hand, desk_find (GTK_WIDGET (scene->dialog), GTK_TYPE_LABEL, "8 bits"));
  assert_soon (is_third, scene);
  hand_click (scene->hand, desk_find (GTK_WIDGET (scene->dialog), GTK_TYPE_BUTTON, "By _Time"));
  hand_click (scene->hand, add);
  assert_soon (is_closed, scene);
  g_assert_cmpstr (scene->name, ==, "First, 8 bits");
  model = numeral_model_parse (numeral_shrunk_get_bytes (scene->taken), NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (numeral_model_get_metadata (model, NUMERAL_CARD_COMPRESSED));
  g_assert_cmpfloat_with_epsilon (
      g_ascii_strtod (numeral_model_get_metadata (model, "validation_accuracy"), NULL),
      numeral_shrunk_get_figures (scene->taken)->accuracy, 1e-12);
}

/* The models that were made stay when it is stopped; Escape closes. */
static void
test_stop (void)
{
  g_autoptr (Scene) scene = scene_new (NUMERAL_SOURCE_GENERATED, NULL);

  hand_click (scene->hand, desk_find_action (GTK_WIDGET (scene->dialog), "shrink.stop"));
  assert_soon (is_stopped, scene);
  hand_key (scene->hand, GDK_KEY_Escape, 0);
  assert_soon (is_closed, scene);
  g_assert_null (scene->taken);
}

/* The data of the run are gone: digits are generated, and it says so. */
static void
test_without_data (void)
{
  g_autoptr (Scene) scene = scene_new (NUMERAL_SOURCE_PATH, "/nowhere/numeral");

  shown_wait (GTK_WIDGET (scene->dialog), "16 bits");
  hand_click (scene->hand, desk_find_action (GTK_WIDGET (scene->dialog), "shrink.stop"));
  shown_wait (GTK_WIDGET (scene->dialog), "Accuracy on generated digits");
}

/* A run that has trained nothing yet. */
static void
test_without_model (void)
{
  g_autoptr (GFile) folder =
      g_file_new_build_filename (g_get_user_data_dir (), "numeral", "runs", NULL);
  g_autoptr (NumeralRunStore) store = numeral_run_store_new (folder);
  g_autoptr (NumeralRunConfig) config =
      numeral_run_config_new_for_source (NUMERAL_SOURCE_GENERATED);
  g_autoptr (NumeralRun) run = numeral_run_store_create (store, config, NULL);
  GtkWindow *dialog;

  assert_soon (has_folder, run);
  dialog = GTK_WINDOW (numeral_shrink_dialog_new (NULL, run));
  gtk_window_present (dialog);
  shown_wait (GTK_WIDGET (dialog), "There is no model yet");
  gtk_window_destroy (dialog);
  numeral_write_queue_flush ();
  wait_idle ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/shrink/take", test_take);
  g_test_add_func ("/app/shrink/stop", test_stop);
  g_test_add_func ("/app/shrink/without-data", test_without_data);
  g_test_add_func ("/app/shrink/without-model", test_without_model);
  return g_test_run ();
}
