/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of runs, on a screen. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

#include "desk.h"
#include "numeral-run-private.h"
#include "numeral-run-row.h"
#include "numeral-runs-page.h"
#include "numeral-write-queue.h"
#include "shown.h"
#include "wait.h"
#include "numeral-model-file.h"
#include "numeral-model-filter.h"

#define N_RUNS 3

typedef struct
{
  NumeralLab *lab;
  NumeralRunStore *store;
  GtkWindow *window;
  GtkWidget *overlay;
  NumeralRunsPage *page;
  Hand *hand;
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

static void
remove_runs (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_runs (child);
      g_remove (child);
    }
}

static NumeralRun *
run_at (Scene *scene, guint i)
{
  g_autoptr (NumeralRun) run = g_list_model_get_item (G_LIST_MODEL (scene->store), i);

  return run; /* the store keeps it */
}

/* The newest is unfinished, the second finished, the third failed. */
static void
add_runs (Scene *scene)
{
  static const NumeralRunStatus status[N_RUNS] = { NUMERAL_RUN_FAILED, NUMERAL_RUN_FINISHED,
                                                   NUMERAL_RUN_UNFINISHED };
  static const double accuracy[N_RUNS] = { 0.1, 0.978, 0.9432 };

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralRun) run = NULL;
      NumeralRunFigures figures = { .status = status[i],
                                    .message = i == 0 ? (char *) "the loss is infinite" : NULL,
                                    .step = 10,
                                    .epochs_done = i == 2 ? 2.3 : 5,
                                    .best_accuracy = accuracy[i],
                                    .learning_rate_scale = 1 };

      config->source = NUMERAL_SOURCE_GENERATED;
      config->train.learning_rate = i == 0 ? 10 : 0.001;
      config->train.hidden[0] = 64 << i;
      run = numeral_run_store_create (scene->store, config, &error);
      g_assert_no_error (error);
      numeral_run_record_set_figures (numeral_run_get_record (run), &figures);
      numeral_run_refresh (run);
    }
}

static gboolean
is_read (gpointer data)
{
  return !numeral_run_store_get_loading (((Scene *) data)->store);
}

static gboolean
are_made (gpointer data)
{
  for (guint i = 0; i < N_RUNS; i++)
    if (!numeral_run_get_folder (run_at (data, i)))
      return FALSE;
  return TRUE;
}

static char *
runs_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "numeral", "runs", NULL);
}

/* With what is in the folder of the runs now. */
static Scene *
scene_open (gboolean with_runs)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->lab = numeral_lab_new ();
  scene->store = numeral_lab_get_store (scene->lab);
  if (with_runs)
    {
      add_runs (scene);
      assert_soon (is_read, scene);
      assert_soon (are_made, scene);
    }
  scene->window = GTK_WINDOW (gtk_window_new ());
  scene->overlay = adw_toast_overlay_new ();
  scene->page = numeral_runs_page_new (scene->lab);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (scene->overlay), GTK_WIDGET (scene->page));
  gtk_window_set_child (scene->window, scene->overlay);
  gtk_window_set_default_size (scene->window, 720, 560);
  gtk_window_present (scene->window);
  assert_soon (is_mapped, scene->page);
  scene->hand = hand_new ();
  hand_focus (scene->hand, scene->window);
  assert_soon (is_active, scene->window);
  return scene;
}

static Scene *
scene_new (gboolean with_runs)
{
  g_autofree char *runs = runs_path ();

  numeral_write_queue_flush ();
  remove_runs (runs);
  return scene_open (with_runs);
}

static void
scene_free (Scene *scene)
{
  hand_free (scene->hand);
  gtk_window_destroy (scene->window);
  numeral_lab_close (scene->lab);
  wait_idle ();
  g_object_unref (scene->lab);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static gboolean
shows (Scene *scene, const char *text)
{
  return shown_is (scene->overlay, text);
}

static void
wait_text (Scene *scene, const char *text)
{
  shown_wait (scene->overlay, text);
}

static GtkSelectionModel *
selection_of (Scene *scene)
{
  return gtk_list_view_get_model (
      GTK_LIST_VIEW (desk_find (GTK_WIDGET (scene->page), GTK_TYPE_LIST_VIEW, NULL)));
}

static void
pick (Scene *scene, guint i, gboolean alone)
{
  gtk_selection_model_select_item (selection_of (scene), i, alone);
}

static gboolean
act (Scene *scene, const char *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (scene->page), action, NULL);
}

/* The row of a run, by its name. */
static GtkWidget *
row_of (Scene *scene, guint i)
{
  GtkWidget *label = desk_find (GTK_WIDGET (scene->page), GTK_TYPE_LABEL,
                                numeral_run_get_name (run_at (scene, i)));

  return gtk_widget_get_ancestor (label, NUMERAL_TYPE_RUN_ROW);
}

/* What was there before has faded away. */
static gboolean
is_filled (gpointer data)
{
  return !shows (data, "No Runs Yet");
}

static void
test_empty (void)
{
  g_autoptr (Scene) scene = scene_new (FALSE);

  wait_text (scene, "No Runs Yet");
  add_runs (scene);
  wait_text (scene, "3 runs");
  assert_soon (is_filled, scene);
}

static void
test_rows (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);

  wait_text (scene, "Run 1");
  g_assert_true (shows (scene, "Interrupted, 2.3 of 5 epochs"));
  g_assert_true (shows (scene, "Finished, 5 of 5 epochs"));
  g_assert_true (shows (scene, "Failed: the loss is infinite"));
  g_assert_true (shows (scene, "97.8 %"));
  g_assert_true (shows (scene, "784-256-10"));
  /* A row tells of its run as it changes. */
  numeral_run_set_name_async (run_at (scene, 1), "The good one", NULL, NULL);
  wait_text (scene, "The good one");
}

static gboolean
has_one (gpointer data)
{
  return g_list_model_get_n_items (data) == 1;
}

static gboolean
is_named (gpointer data)
{
  return g_str_equal (numeral_run_get_name (data), "Oats");
}

static void
test_rename (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);
  GListModel *toplevels = gtk_window_get_toplevels ();
  g_autoptr (GtkWindow) dialog = NULL;

  wait_text (scene, "Run 1");
  pick (scene, 1, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (scene, 1)));
  hand_key (scene->hand, GDK_KEY_F2, 0);
  for (guint i = 0; i < 200 && g_list_model_get_n_items (toplevels) < 2; i++)
    wait_for (0.02);
  g_assert_cmpuint (g_list_model_get_n_items (toplevels), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (window != scene->window)
        dialog = g_object_ref (window);
    }
  assert_soon (is_mapped, dialog);
  gtk_editable_set_text (GTK_EDITABLE (
                             adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog))),
                         "  Oats ");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  gtk_window_close (dialog);
  assert_soon (is_named, run_at (scene, 1));
  wait_text (scene, "Oats");
  assert_soon (has_one, toplevels);
}

static gboolean
has_all (gpointer data)
{
  return g_list_model_get_n_items (data) == N_RUNS;
}

static gboolean
lacks_one (gpointer data)
{
  return g_list_model_get_n_items (data) == N_RUNS - 1;
}

static void
test_delete (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);
  g_autoptr (NumeralRun) run = g_object_ref (run_at (scene, 1));

  wait_text (scene, "Run 1");
  numeral_lab_show_run (scene->lab, run);
  pick (scene, 1, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (scene, 1)));
  hand_key (scene->hand, GDK_KEY_Delete, 0);
  assert_soon (lacks_one, scene->store);
  g_assert_true (run_at (scene, 1) != run);
  g_assert_null (numeral_lab_get_run (scene->lab));
  wait_text (scene, "Run deleted");
  wait_for (0.5); /* the toast slides in */
  hand_click (scene->hand, desk_find (scene->overlay, GTK_TYPE_BUTTON, "_Undo"));
  assert_soon (has_all, scene->store);
  g_assert_true (run_at (scene, 1) == run);
}

static void
test_actions (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);
  g_autoptr (GtkBitset) picked = NULL;

  wait_text (scene, "Run 1");
  picked = gtk_selection_model_get_selection (selection_of (scene));
  g_assert_true (gtk_bitset_is_empty (picked));
  act (scene, "runs.show");
  g_assert_null (numeral_lab_get_run (scene->lab));
  pick (scene, 0, TRUE);
  g_assert_true (act (scene, "runs.show"));
  g_assert_true (numeral_lab_get_run (scene->lab) == run_at (scene, 0));
  /* With nothing learned there is nothing to read with. */
  act (scene, "runs.use");
  wait_text (scene, "The run cannot read yet");
  /* The box in a row picks one more. */
  hand_click (scene->hand, desk_find (row_of (scene, 2), GTK_TYPE_CHECK_BUTTON, NULL));
  wait_text (scene, "2 of 3 picked");
  g_assert_true (gtk_selection_model_is_selected (selection_of (scene), 0));
  g_assert_true (gtk_selection_model_is_selected (selection_of (scene), 2));
}

static void
test_enter (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);

  wait_text (scene, "Run 1");
  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (scene, 2)));
  hand_key (scene->hand, GDK_KEY_Return, 0);
  for (guint i = 0; i < 200 && !numeral_lab_get_run (scene->lab); i++)
    wait_for (0.02);
  g_assert_true (numeral_lab_get_run (scene->lab) == run_at (scene, 2));
}

static void
test_compare (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);

  wait_text (scene, "Run 1");
  act (scene, "runs.compare");
  g_assert_false (shows (scene, "Side by Side"));
  pick (scene, 0, TRUE);
  pick (scene, 2, FALSE);
  g_assert_true (act (scene, "runs.compare"));
  wait_text (scene, "Side by Side");
  g_assert_true (shows (scene, "Learning Rate"));
  g_assert_true (shows (scene, "Hidden Layers"));
  g_assert_true (shows (scene, "94.3 %"));
  g_assert_null (desk_find (GTK_WIDGET (scene->page), GTK_TYPE_LABEL, "Weight Decay"));
  wait_text (scene, "–"); /* read from the disk: there is no curve */
  hand_key (scene->hand, GDK_KEY_Escape, 0);
  wait_text (scene, "2 of 3 picked");
}

/* Exports the first run with each of the filters: the file has the suffix of the format. */
static void
export_in_formats (Scene *scene, const char *folder, GFile *file)
{
  static const char *const names[] = { "out.safetensors", "out.onnx", "out.npz", "out.c" };
  g_autoptr (GPtrArray) filters = numeral_model_filter_list ();

  g_assert_cmpuint (filters->len, ==, 1 + G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GFile) expected = g_file_new_for_path (path);
      g_autoptr (GFile) named = numeral_model_filter_rename (filters->pdata[1 + i], file);

      g_assert_true (g_file_equal (named, expected));
      if (i == 0)
        continue;
      numeral_runs_page_export_to (scene->page, run_at (scene, 0), file, filters->pdata[1 + i]);
      while (!g_file_query_exists (named, NULL))
        wait_for (0.01);
    }
  {
    g_autofree char *named = numeral_model_filter_dup_name ("run 1.5");
    g_autofree char *imported = numeral_model_filter_dup_name ("mnist.npz");

    g_assert_cmpstr (named, ==, "run 1.5.safetensors");
    g_assert_cmpstr (imported, ==, "mnist.safetensors");
  }
  /* A name that nobody chose replaces no file. */
  numeral_runs_page_export_to (scene->page, run_at (scene, 0), file, filters->pdata[2]);
  wait_text (scene, "out.onnx” exists already");
}

static void
test_files (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autofree char *folder = g_dir_make_tmp ("numeral-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "in.safetensors", NULL);
  g_autofree char *damaged = g_build_filename (folder, "damaged.safetensors", NULL);
  g_autofree char *exported = g_build_filename (folder, "out.safetensors", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) bad = g_file_new_for_path (damaged);
  g_autoptr (GFile) out = g_file_new_for_path (exported);
  g_autoptr (NumeralModel) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  g_assert_true (g_file_set_contents (damaged, "no model", -1, &error));
  numeral_runs_page_import_from (scene->page, bad);
  wait_text (scene, "damaged.safetensors");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (scene->store)), ==, N_RUNS);

  numeral_runs_page_import_from (scene->page, file);
  wait_text (scene, "imported");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (scene->store)), ==, N_RUNS + 1);
  g_assert_true (gtk_selection_model_is_selected (selection_of (scene), 0));
  wait_text (scene, "Model from a file");
  g_assert_true (act (scene, "runs.use"));

  numeral_runs_page_export_to (scene->page, run_at (scene, 0), out, NULL);
  for (guint i = 0; i < 500 && !g_file_query_exists (out, NULL); i++)
    wait_for (0.01);
  export_in_formats (scene, folder, out);
  again = numeral_model_load (out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->network->n_params, ==, model->network->n_params);
  g_assert_cmpmem (again->network->params, sizeof (float) * again->network->n_params,
                   model->network->params, sizeof (float) * model->network->n_params);
  wait_for (0.1); /* the thread's message */
  remove_runs (folder);
  g_rmdir (folder);
}

/* A folder with a run.json that is none. */
static char *
add_unreadable (void)
{
  g_autofree char *runs = runs_path ();
  g_autofree char *path = g_build_filename (runs, "run-0099", NULL);
  g_autofree char *record = g_build_filename (path, "run.json", NULL);

  numeral_write_queue_flush ();
  remove_runs (runs);
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (record, "{\"format\": 7}", -1, NULL));
  return g_steal_pointer (&record);
}

static const char *
state_of (Scene *scene)
{
  GtkWidget *stack = desk_find (GTK_WIDGET (scene->page), GTK_TYPE_STACK, NULL);

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static gboolean
is_gone (gpointer path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* It is in the list with its reason, nothing changes it, and it can be deleted and restored. */
static void
test_unreadable (void)
{
  g_autofree char *record = add_unreadable ();
  g_autoptr (Scene) scene = scene_open (FALSE);
  g_autofree char *after = NULL;

  wait_text (scene, "run-0099");
  g_assert_cmpstr (state_of (scene), ==, "list");
  g_assert_true (shows (scene, "Cannot be read"));
  g_assert_true (shows (scene, "not the record of a run"));
  pick (scene, 0, TRUE);
  act (scene, "runs.show");
  act (scene, "runs.resume");
  act (scene, "runs.rename");
  wait_for (0.1);
  g_assert_null (numeral_lab_get_run (scene->lab));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);

  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (scene, 0)));
  hand_key (scene->hand, GDK_KEY_Delete, 0);
  wait_text (scene, "Run deleted");
  assert_soon (is_gone, record);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (scene->store)), ==, 0);
  wait_for (0.5); /* the toast slides in */
  hand_click (scene->hand, desk_find (scene->overlay, GTK_TYPE_BUTTON, "_Undo"));
  assert_soon (is_there, record);
  wait_text (scene, "run-0099");
  g_assert_true (g_file_get_contents (record, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "{\"format\": 7}");
}

static gboolean
is_open (gpointer data)
{
  GtkPopover *popover = gtk_menu_button_get_popover (data);

  return popover && gtk_widget_get_mapped (GTK_WIDGET (popover));
}

/* Its menu has what is possible, and no more. */
static void
test_unreadable_menu (void)
{
  g_autofree char *record = add_unreadable ();
  g_autoptr (Scene) scene = scene_open (FALSE);
  GtkWidget *row, *menu;

  wait_text (scene, "run-0099");
  row = row_of (scene, 0);
  menu = desk_find (row, GTK_TYPE_MENU_BUTTON, NULL);
  wait_for (0.3); /* until the page has faded in */
  hand_click (scene->hand, menu);
  assert_soon (is_open, menu);
  g_assert_true (gtk_selection_model_is_selected (selection_of (scene), 0));
  g_assert_nonnull (desk_find (menu, GTK_TYPE_LABEL, "Show in Files"));
  g_assert_nonnull (desk_find (menu, GTK_TYPE_LABEL, "Delete"));
  g_assert_null (desk_find (menu, GTK_TYPE_LABEL, "Rename"));
  g_assert_null (desk_find (menu, GTK_TYPE_LABEL, "Resume"));
}

/* A file in place of the folder cannot be read, and then somebody puts it right. */
static void
test_problem (void)
{
  g_autofree char *record = add_unreadable ();
  g_autofree char *runs = runs_path ();
  g_autofree char *moved = g_strconcat (runs, " & moved", NULL);
  g_autoptr (Scene) scene = NULL;
  GtkWidget *button;

  g_assert_cmpint (g_rename (runs, moved), ==, 0);
  g_assert_true (g_file_set_contents (runs, "no folder", -1, NULL));
  scene = scene_open (FALSE);
  wait_text (scene, "The Runs Cannot Be Read");
  g_assert_cmpstr (state_of (scene), ==, "problem");
  g_assert_true (shows (scene, runs));
  g_assert_cmpint (g_remove (runs), ==, 0);
  g_assert_cmpint (g_rename (moved, runs), ==, 0);
  button = desk_find (GTK_WIDGET (scene->page), GTK_TYPE_BUTTON, "_Try Again");
  g_assert_true (gtk_widget_activate (button));
  wait_text (scene, "run-0099");
  g_assert_null (numeral_run_store_get_problem (scene->store));
}

static int
lock_run (NumeralRun *run)
{
  const int fd = g_open (g_file_peek_path (numeral_run_get_folder (run)),
                         O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  return fd;
}

/* What another window trains is said to be trained, and stays as it is until that is over. */
static void
test_elsewhere (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);
  g_autoptr (NumeralRun) run = NULL;
  int lock;

  wait_text (scene, "Interrupted, 2.3 of 5 epochs");
  run = g_object_ref (run_at (scene, 0));
  lock = lock_run (run);
  wait_text (scene, "Training in another window");
  pick (scene, 0, TRUE);
  act (scene, "runs.resume");
  wait_text (scene, "is being trained in another window");
  g_assert_null (numeral_lab_get_run (scene->lab));
  act (scene, "runs.rename");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  act (scene, "runs.delete");
  wait_for (0.3);
  g_assert_true (run_at (scene, 0) == run);
  g_close (lock, NULL);
  wait_text (scene, "Interrupted");
}

/* A row whose run cannot be deleted comes back. */
static void
test_delete_refused (void)
{
  g_autoptr (Scene) scene = scene_new (TRUE);
  g_autoptr (NumeralRun) run = NULL;
  int lock;

  wait_text (scene, "Run 1");
  run = g_object_ref (run_at (scene, 1));
  pick (scene, 1, TRUE);
  /* Before it is known. */
  lock = lock_run (run);
  g_assert_true (act (scene, "runs.delete"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (scene->store)), ==, N_RUNS - 1);
  wait_text (scene, "The run is not deleted");
  g_assert_true (run_at (scene, 1) == run);
  g_close (lock, NULL);
}

/* Runs that are being read are no reason to say that there are none. */
static void
test_loading (void)
{
  g_autofree char *record = add_unreadable ();
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (NumeralRunsPage) page = g_object_ref_sink (numeral_runs_page_new (lab));
  Scene scene = { .page = page, .store = numeral_lab_get_store (lab) };

  g_assert_true (numeral_run_store_get_loading (scene.store));
  g_assert_cmpstr (state_of (&scene), ==, "loading");
  assert_soon (is_read, &scene);
  g_assert_cmpstr (state_of (&scene), ==, "list");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/runs-page/empty", test_empty);
  g_test_add_func ("/app/runs-page/rows", test_rows);
  g_test_add_func ("/app/runs-page/rename", test_rename);
  g_test_add_func ("/app/runs-page/delete", test_delete);
  g_test_add_func ("/app/runs-page/actions", test_actions);
  g_test_add_func ("/app/runs-page/enter", test_enter);
  g_test_add_func ("/app/runs-page/compare", test_compare);
  g_test_add_func ("/app/runs-page/files", test_files);
  g_test_add_func ("/app/runs-page/unreadable", test_unreadable);
  g_test_add_func ("/app/runs-page/unreadable-menu", test_unreadable_menu);
  g_test_add_func ("/app/runs-page/problem", test_problem);
  g_test_add_func ("/app/runs-page/elsewhere", test_elsewhere);
  g_test_add_func ("/app/runs-page/delete-refused", test_delete_refused);
  g_test_add_func ("/app/runs-page/loading", test_loading);
  return g_test_run ();
}
