/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cannot be saved stays in sight until it is, and a trained model is not lost. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "desk.h"
#include "numeral-export.h"
#include "numeral-run-record.h"
#include "numeral-trainer-link.h"
#include "numeral-unsaved-bar.h"
#include "numeral-workbench.h"
#include "numeral-write-queue.h"
#include "wait.h"

static const double dash[][2] = { { 300, 500 }, { 500, 500 }, { 700, 500 } };

static char *folder;

/* A disk that is nearly full: room for run.json, but not for a model. */
static void
set_room (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static GtkWidget *
get_bar (Desk *desk)
{
  return desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_UNSAVED_BAR, NULL);
}

typedef struct
{
  Desk *desk;
  const char *text;
} Said;

static gboolean
is_said (gpointer data)
{
  const Said *said = data;

  return desk_find (get_bar (said->desk), GTK_TYPE_LABEL, said->text) != NULL;
}

static gboolean
is_not_said (gpointer data)
{
  return !is_said (data);
}

static void
wait_said (Desk *desk, const char *text)
{
  Said said = { desk, text };

  assert_soon (is_said, &said);
}

static void
wait_saved (Desk *desk, const char *text)
{
  Said said = { desk, text };

  assert_soon (is_not_said, &said);
}

/* A dialog has a second row of buttons for narrow screens, one of which is not shown. */
static GtkWidget *
find_shown (GtkWidget *root, const char *label)
{
  GtkWidget *found = GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) &&
                             g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0 ?
                         root :
                         NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_shown (child, label);
  return found;
}

typedef struct
{
  GtkWidget *root;
  const char *label;
} Button;

static gboolean
is_shown (gpointer data)
{
  const Button *button = data;

  return find_shown (button->root, button->label) != NULL;
}

static void
press (Desk *desk, GtkWidget *root, const char *label)
{
  Button button = { root, label };

  assert_soon (is_shown, &button);
  hand_focus (desk->hand, GTK_WINDOW (gtk_widget_get_root (root)));
  hand_click (desk->hand, find_shown (root, label));
}

/* In the place of the file is a folder that is not empty: even root cannot replace it. */
static void
block (const char *path)
{
  g_autofree char *inside = g_build_filename (path, "inside", NULL);

  g_unlink (path);
  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
}

static void
unblock (const char *path)
{
  g_autofree char *inside = g_build_filename (path, "inside", NULL);

  g_assert_cmpint (g_rmdir (inside), ==, 0);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static gboolean
exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
test_file (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autofree char *inside = g_build_filename (folder, "later", NULL);
  g_autofree char *path = g_build_filename (inside, "x.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
  numeral_window_save_file (desk->window, file);
  wait_said (desk, "“x.png” is not saved");
  /* The reason, in full. */
  wait_said (desk, path);
  /* It does not go by itself, nor with the next failure. */
  press (desk, get_bar (desk), "_Try Again");
  wait_for (0.3);
  wait_said (desk, "“x.png” is not saved");
  g_assert_cmpint (g_mkdir (inside, 0700), ==, 0);
  press (desk, get_bar (desk), "_Try Again");
  wait_saved (desk, "“x.png” is not saved");
  g_assert_true (exists (path));
  desk_wait_toast (desk, "Saved as “x.png”");
}

static gboolean
write_new (gpointer data, GFile *file, GError **error)
{
  return g_file_replace_contents (file, "new", 3, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                                  error);
}

/* Nobody was asked whether this file may be replaced. */
static void
test_fresh (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autofree char *path = g_build_filename (folder, "old.svg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const NumeralExport export = { .file = file, .saved = TRUE, .fresh = TRUE, .func = write_new };
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  numeral_export (GTK_WIDGET (desk->pane), &export);
  wait_said (desk, "“old.svg” exists already: choose it by that name, or another");
  press (desk, get_bar (desk), "_Try Again");
  wait_for (0.3);
  wait_said (desk, "“old.svg” is not saved");
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "old");
  /* It is out of the way. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  press (desk, get_bar (desk), "_Try Again");
  wait_saved (desk, "“old.svg” is not saved");
  g_assert_true (exists (path));
}

static GMutex gate;

/* A slow disk: writes when the gate is open. */
static gboolean
write_slowly (gpointer error, GFile *file, GError **failure)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  if (error)
    g_set_error_literal (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE, error);
  return !error;
}

static gboolean
is_still (gpointer data)
{
  const Said *said = data;

  return !desk_find (GTK_WIDGET (said->desk->window), GTK_TYPE_LABEL, said->text);
}

/* A slow export shows a toast until it ends, whether it fails or not. */
static void
test_slow (void)
{
  g_autoptr (Desk) desk = desk_new (1280, 800);
  Said going = { desk, "Exporting “slow.csv”…" };
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "slow.csv", NULL);

  for (guint round = 0; round < 2; round++)
    {
      char *error = round == 0 ? (char *) "the disk is full" : NULL;

      g_mutex_lock (&gate);
      numeral_export (GTK_WIDGET (desk->pane),
                      &(NumeralExport){ .file = file, .func = write_slowly, .data = error });
      desk_wait_toast (desk, going.text);
      g_mutex_unlock (&gate);
      if (error)
        wait_said (desk, "the disk is full");
      else
        desk_wait_toast (desk, "Exported as “slow.csv”");
      assert_soon (is_still, &going);
    }
}

/* A file that nobody needs any more. */
static void
test_dismiss (void)
{
  g_autoptr (Desk) desk = desk_new (360, 640);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "never", "y.png", NULL);
  GtkWidget *button;

  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
  numeral_window_save_file (desk->window, file);
  wait_said (desk, "“y.png” is not saved");
  button = gtk_widget_get_parent (desk_find (get_bar (desk), GTK_TYPE_BUTTON, "_Try Again"));
  button = gtk_widget_get_last_child (button);
  desk_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Dismiss");
  hand_click (desk->hand, button);
  wait_saved (desk, "“y.png” is not saved");
  /* It is another matter when it is asked for again. */
  numeral_window_save_file (desk->window, file);
  wait_said (desk, "“y.png” is not saved");
}

static void
test_drawing (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_data_dir (), "numeral", "last-drawing.inkml", NULL);
  g_autoptr (Desk) desk = desk_new (720, 640);

  block (path);
  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
  wait_said (desk, "The drawing is not kept for next time");
  unblock (path);
  /* Tried again by itself. */
  wait_saved (desk, "The drawing is not kept for next time");
  g_assert_true (exists (path));
}

static void
test_settings (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_config_dir (), "numeral", "next-run.json", NULL);
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  block (path);
  numeral_lab_set_config (numeral_window_get_lab (desk->window), config);
  wait_said (desk, "The settings of the next run are not saved");
  unblock (path);
  press (desk, get_bar (desk), "_Try Again");
  wait_saved (desk, "The settings of the next run are not saved");
  g_assert_true (exists (path));
}

static void
begin_training (Desk *desk, guint epochs)
{
  NumeralLab *lab = numeral_window_get_lab (desk->window);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (GError) error = NULL;

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 300;
  config->train.n_hidden = 0;
  config->train.epochs = epochs;
  config->train.threads = 1;
  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_train (lab, FALSE, &error));
  g_assert_no_error (error);
}

/* Trains a small model, for which there is no room. */
static void
train (Desk *desk, guint epochs)
{
  begin_training (desk, epochs);
  set_room (4000);
}

/* While it is trained, each checkpoint tries again. */
static void
test_training (void)
{
  g_autoptr (Desk) desk = desk_new (1280, 800);
  NumeralTrainer *trainer = numeral_lab_get_trainer (numeral_window_get_lab (desk->window));

  numeral_trainer_set_checkpoint_interval (trainer, 0.2);
  train (desk, 1000000);
  wait_said (desk, "is not saved at the moment");
  set_room (RLIM_INFINITY);
  wait_saved (desk, "is not saved at the moment");
  g_assert_cmpint (numeral_trainer_get_state (trainer), ==, NUMERAL_TRAINER_RUNNING);
}

typedef struct
{
  Desk *desk;
  gpointer question; /* compared by address only */
} Other;

/* (nullable) (transfer none) */
static GtkWidget *
question_of (Desk *desk)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel) && gtk_widget_get_mapped (toplevel))
        found = toplevel;
    }
  return found;
}

static gboolean
is_asked (gpointer desk)
{
  return question_of (desk) != NULL;
}

static gboolean
is_not_asked (gpointer desk)
{
  return !is_asked (desk);
}

static gboolean
is_other_question (gpointer data)
{
  Other *other = data;

  return is_asked (other->desk) && question_of (other->desk) != other->question;
}

static void
answer (Desk *desk, const char *label)
{
  Button button;

  assert_soon (is_asked, desk);
  button = (Button){ question_of (desk), label };
  assert_soon (is_shown, &button);
  /* Without a window manager it may be below the window. */
  gtk_widget_activate (find_shown (button.root, label));
}

static gboolean
is_gone (gpointer window)
{
  return *(gpointer *) window == NULL;
}

/* @quit: with the whole program */
static void
ask_to_close (Desk *desk, gboolean quit)
{
  if (quit)
    g_action_group_activate_action (G_ACTION_GROUP (desk->application), "quit", NULL);
  else
    gtk_window_close (GTK_WINDOW (desk->window));
}

static char *
best_of (Desk *desk)
{
  NumeralRun *run = numeral_lab_get_run (numeral_window_get_lab (desk->window));

  return g_build_filename (g_file_peek_path (numeral_run_get_folder (run)), NUMERAL_BEST_FILE,
                           NULL);
}

/* The window does not close with a model that is not saved, unless that is wanted. */
static void
test_close (gconstpointer data)
{
  const char *label = data;
  const gboolean saved = g_str_equal (label, "_Try Again");
  Other other;
  Desk *desk = desk_new (960, 680);
  gpointer window = desk->window;
  g_autofree char *best = NULL;

  train (desk, 2);
  wait_said (desk, "The trained model of");
  best = best_of (desk);
  ask_to_close (desk, FALSE);
  answer (desk, "_Cancel");
  assert_soon (is_not_asked, desk);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (desk->window)));
  ask_to_close (desk, TRUE);
  /* There is still no room: it is asked again. */
  other = (Other){ desk, question_of (desk) };
  answer (desk, "_Try Again");
  assert_soon (is_other_question, &other);
  g_object_add_weak_pointer (window, &window);
  if (saved)
    set_room (RLIM_INFINITY);
  answer (desk, label);
  assert_soon (is_gone, &window);
  set_room (RLIM_INFINITY);
  g_assert_cmpint (exists (best), ==, saved);
  desk_free_closed (desk);
}

/* A program that is closed while it trains, too: the run is stopped first. */
static void
test_close_training (void)
{
  g_autoptr (Desk) desk = desk_new (960, 680);
  g_autofree char *best = NULL;

  numeral_trainer_set_checkpoint_interval (numeral_lab_get_trainer (
                                               numeral_window_get_lab (desk->window)),
                                           1000);
  train (desk, 1000000);
  wait_for (0.5);
  ask_to_close (desk, FALSE);
  answer (desk, "_Cancel");
  wait_said (desk, "The trained model of");
  set_room (RLIM_INFINITY);
  press (desk, get_bar (desk), "_Try Again");
  wait_saved (desk, "The trained model of");
  desk_wait_toast (desk, "is saved");
}

static gboolean
is_idle (gpointer desk)
{
  NumeralLab *lab = numeral_window_get_lab (((Desk *) desk)->window);

  return numeral_trainer_get_state (numeral_lab_get_trainer (lab)) == NUMERAL_TRAINER_IDLE;
}

/* A run whose folder cannot be made is not passed over in silence when another begins at once. */
static void
test_no_folder (void)
{
  g_autofree char *runs = g_build_filename (g_get_user_data_dir (), "numeral", "runs", NULL);
  g_autofree char *moved = g_strconcat (runs, "-moved", NULL);
  g_autoptr (Desk) desk = desk_new (1280, 800);
  NumeralLab *lab = numeral_window_get_lab (desk->window);
  GtkWidget *workbench = desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  NumeralRun *lost;

  g_assert_nonnull (numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "train"));
  numeral_write_queue_flush ();
  g_assert_cmpint (g_mkdir_with_parents (runs, 0700), ==, 0);
  g_assert_cmpint (g_rename (runs, moved), ==, 0);
  g_assert_true (g_file_set_contents (runs, "no folder", -1, NULL));
  train (desk, 1000000);
  lost = numeral_lab_get_run (lab);
  numeral_write_queue_flush ();
  g_assert_cmpint (g_remove (runs), ==, 0);
  g_assert_cmpint (g_rename (moved, runs), ==, 0);
  train (desk, 1000000);
  set_room (RLIM_INFINITY);
  g_assert_true (numeral_lab_get_run (lab) != lost);
  wait_said (desk, "was not begun");
  wait_said (desk, runs);
  g_assert_cmpint (numeral_trainer_get_state (numeral_lab_get_trainer (lab)), !=,
                   NUMERAL_TRAINER_IDLE);
  numeral_trainer_stop (numeral_lab_get_trainer (lab));
  assert_soon (is_idle, desk);
}

/* A run whose run.json cannot be written does not begin; the reason stays, and says what to do. */
static void
test_no_record (void)
{
  g_autoptr (Desk) desk = desk_new (360, 640);
  GtkWidget *workbench = desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL);

  g_assert_nonnull (numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "train"));
  set_room (10);
  begin_training (desk, 1);
  wait_said (desk, "was not begun");
  wait_said (desk, "run.json: could not be written: the disk is full; free some space");
  set_room (RLIM_INFINITY);
  assert_soon (is_idle, desk);
}

int
main (int argc, char **argv)
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  folder = g_dir_make_tmp ("numeral-unsaved.XXXXXX", NULL);
  g_test_add_func ("/app/unsaved/file", test_file);
  g_test_add_func ("/app/unsaved/fresh", test_fresh);
  g_test_add_func ("/app/unsaved/slow", test_slow);
  g_test_add_func ("/app/unsaved/dismiss", test_dismiss);
  g_test_add_func ("/app/unsaved/drawing", test_drawing);
  g_test_add_func ("/app/unsaved/settings", test_settings);
  g_test_add_func ("/app/unsaved/training", test_training);
  g_test_add_data_func ("/app/unsaved/close/again", "_Try Again", test_close);
  g_test_add_data_func ("/app/unsaved/close/discard", "_Discard", test_close);
  g_test_add_func ("/app/unsaved/close/training", test_close_training);
  g_test_add_func ("/app/unsaved/no-folder", test_no_folder);
  g_test_add_func ("/app/unsaved/no-record", test_no_record);
  result = g_test_run ();
  g_free (folder);
  return result;
}
