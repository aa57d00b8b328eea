/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

#include "desk.h"
#include "numeral-chart.h"
#include "numeral-data.h"
#include "numeral-run-curve.h"
#include "numeral-sample-grid.h"
#include "numeral-train-page.h"
#include "numeral-unsaved-bar.h"
#include "numeral-workbench.h"
#include "numeral-write-queue.h"
#include "shown.h"
#include "wait.h"

typedef struct
{
  Desk *desk;
  NumeralLab *lab;
  NumeralTrainer *trainer;
  GtkWidget *page;
  NumeralChart *loss;
} Bench;

static NumeralTrainerState
get_state (Bench *bench)
{
  NumeralTrainerState state;

  g_object_get (bench->trainer, "state", &state, NULL);
  return state;
}

static gboolean
is_idle (gpointer bench)
{
  return get_state (bench) == NUMERAL_TRAINER_IDLE;
}

static gboolean
is_running (gpointer bench)
{
  return get_state (bench) == NUMERAL_TRAINER_RUNNING;
}

static gboolean
is_paused (gpointer bench)
{
  return get_state (bench) == NUMERAL_TRAINER_PAUSED;
}

static gsize
count_steps (Bench *bench)
{
  const NumeralHistory *history = numeral_trainer_get_history (bench->trainer);

  return history ? numeral_history_get_n_steps (history) : 0;
}

static gboolean
has_stepped (gpointer bench)
{
  return count_steps (bench) > 0;
}

static gboolean
is_sensitive (gpointer button)
{
  return gtk_widget_is_sensitive (button);
}

static void
press (Bench *bench, const char *action)
{
  GtkWidget *button = desk_find_action (bench->page, action);

  g_assert_nonnull (button);
  wait_for (0.1);
  assert_soon (is_sensitive, button);
  hand_click (bench->desk->hand, button);
}

static void
assert_enabled (Bench *bench, const char *action, gboolean enabled)
{
  wait_for (0.2);
  g_assert_true (gtk_widget_is_sensitive (desk_find_action (bench->page, action)) == enabled);
}

static NumeralRunConfig *
small_config (guint epochs)
{
  NumeralRunConfig *config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 500;
  config->train.n_hidden = 1;
  config->train.hidden[0] = 32;
  config->train.epochs = epochs;
  config->train.threads = 1;
  return config;
}

static void
bench_begin (Bench *bench, guint epochs)
{
  g_autoptr (NumeralRunConfig) config = small_config (epochs);
  GtkWidget *workbench;

  bench->desk = desk_new (1280, 900);
  workbench = desk_find (GTK_WIDGET (bench->desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  g_assert_nonnull (workbench);
  g_object_get (workbench, "lab", &bench->lab, NULL);
  bench->trainer = numeral_lab_get_trainer (bench->lab);
  bench->page = numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "train");
  bench->loss = NUMERAL_CHART (desk_find (bench->page, NUMERAL_TYPE_CHART, NULL));
  numeral_lab_set_config (bench->lab, config);
}

static void
bench_end (Bench *bench)
{
  g_clear_object (&bench->lab);
  g_clear_pointer (&bench->desk, desk_free);
}

static void
test_to_the_end (void)
{
  static const double points[][2] = { { 500, 200 }, { 500, 400 }, { 500, 800 } };
  Bench bench;
  NumeralPrediction *before;
  guint right;
  GtkWidget *grid;

  bench_begin (&bench, 4);
  hand_stroke (bench.desk->hand, bench.desk->canvas, points, G_N_ELEMENTS (points));
  desk_wait_strokes (bench.desk, 1);
  desk_wait_read (bench.desk);
  before = numeral_prediction_ref (numeral_recogniser_get_prediction (bench.desk->recogniser));

  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  assert_soon (is_idle, &bench);
  wait_for (0.3);
  g_assert_cmpint (numeral_run_get_status (numeral_lab_get_run (bench.lab)), ==,
                   NUMERAL_RUN_FINISHED);
  /* Every minibatch is in the chart, and every epoch. */
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (bench.loss, 0)), ==,
                    count_steps (&bench));
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (bench.loss, 1)), ==, 4);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_INSCRIPTION, "finished"));
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_INSCRIPTION, "best validation"));
  grid = desk_find (bench.page, NUMERAL_TYPE_SAMPLE_GRID, NULL);
  g_assert_cmpuint (numeral_sample_grid_count (NUMERAL_SAMPLE_GRID (grid), &right), ==, 25);
  /* The canvas is read with what was learned. */
  g_assert_cmpmem (before->digits[0].tensor, sizeof before->digits[0].tensor,
                   numeral_recogniser_get_prediction (bench.desk->recogniser)->digits[0].tensor,
                   sizeof before->digits[0].tensor);
  g_assert_true (
      memcmp (before->digits[0].probabilities,
              numeral_recogniser_get_prediction (bench.desk->recogniser)->digits[0].probabilities,
              sizeof before->digits[0].probabilities) != 0);
  numeral_prediction_unref (before);
  bench_end (&bench);
}

/* (nullable): what has this name in the page's template, if it is visible. */
static GtkWidget *
find_visible (Bench *bench, const char *name)
{
  GtkWidget *widget =
      GTK_WIDGET (gtk_widget_get_template_child (bench->page, NUMERAL_TYPE_TRAIN_PAGE, name));

  return gtk_widget_get_visible (widget) ? widget : NULL;
}

/* A private run shows what it has spent beside its accuracy and as a curve; another one does not.
 */
static void
test_private (void)
{
  g_autoptr (NumeralRunConfig) config = small_config (3);
  NumeralChart *epsilon;
  Bench bench;

  bench_begin (&bench, 3);
  config->train.dp_noise = 2;
  numeral_lab_set_config (bench.lab, config);
  g_assert_null (find_visible (&bench, "privacy"));
  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  assert_soon (is_idle, &bench);
  wait_for (0.3);
  g_assert_nonnull (find_visible (&bench, "privacy"));
  epsilon = NUMERAL_CHART (desk_find (find_visible (&bench, "privacy"), NUMERAL_TYPE_CHART, NULL));
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (epsilon, 0)), ==, 3);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_INSCRIPTION, " · epsilon "));
  bench_end (&bench);
}

typedef struct
{
  GtkWidget *workbench;
  GtkWidget *page;
  GtkWidget *bar;
  AdwViewSwitcherTitle *switcher;
  gboolean narrow;
} Below;

static int
bottom_of (GtkWidget *widget, GtkWidget *ancestor)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, ancestor, &bounds));
  return (int) (bounds.origin.y + bounds.size.height);
}

/* The page, or the switcher below it in a narrow window, reaches down to the end of the window. */
static gboolean
reaches_down (gpointer data)
{
  const Below *below = data;
  const int height = gtk_widget_get_height (below->workbench);
  GtkWidget *last = below->narrow ? below->bar : below->page;

  if (gtk_widget_get_mapped (below->bar) != below->narrow)
    return FALSE;
  return gtk_widget_get_height (last) > 0 && bottom_of (last, below->workbench) == height &&
         (!below->narrow || bottom_of (below->page, below->workbench) < height);
}

/* The switcher goes and comes with the width of the window; nothing else lays the page out anew
 * before the first run. */
static void
test_fills_the_window (void)
{
  Bench bench;
  Below below;

  bench_begin (&bench, 1);
  below.page = bench.page;
  below.workbench = gtk_widget_get_ancestor (bench.page, NUMERAL_TYPE_WORKBENCH);
  below.bar = desk_find (below.workbench, ADW_TYPE_VIEW_SWITCHER_BAR, NULL);
  for (guint i = 0; i < 4; i++)
    {
      below.narrow = i % 2 == 0;
      gtk_window_set_default_size (GTK_WINDOW (bench.desk->window), below.narrow ? 760 : 1560, 900);
      g_assert_true (wait_until (reaches_down, &below, 5));
    }
  below.switcher =
      ADW_VIEW_SWITCHER_TITLE (desk_find (below.workbench, ADW_TYPE_VIEW_SWITCHER_TITLE, NULL));
  g_assert_cmpstr (adw_view_switcher_title_get_title (below.switcher), ==, "Train");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (desk_find (below.workbench,
                                                                    ADW_TYPE_VIEW_STACK, NULL)),
                                         "runs");
  g_assert_cmpstr (adw_view_switcher_title_get_title (below.switcher), ==, "Runs");
  bench_end (&bench);
}

static void
test_pause_resume_stop (void)
{
  Bench bench;
  guint steps;

  bench_begin (&bench, 100000);
  press (&bench, "train.toggle");
  assert_soon (is_running, &bench);
  assert_soon (has_stepped, &bench);
  assert_enabled (&bench, "train.step", FALSE);
  press (&bench, "train.toggle");
  assert_soon (is_paused, &bench);
  wait_for (0.2);
  steps = count_steps (&bench);
  wait_for (0.3);
  g_assert_cmpuint (count_steps (&bench), ==, steps);
  press (&bench, "train.toggle");
  assert_soon (is_running, &bench);
  press (&bench, "train.stop");
  assert_soon (is_idle, &bench);
  g_assert_cmpuint (count_steps (&bench), >, steps);
  g_assert_cmpint (numeral_run_get_status (numeral_lab_get_run (bench.lab)), ==,
                   NUMERAL_RUN_STOPPED);
  /* It can be gone on with. */
  press (&bench, "train.resume-run");
  assert_soon (is_running, &bench);
  press (&bench, "train.stop");
  assert_soon (is_idle, &bench);
  bench_end (&bench);
}

static gboolean
is_at_epoch_end (gpointer bench)
{
  return count_steps (bench) >= 15;
}

static void
test_step_and_reset (void)
{
  Bench bench;

  bench_begin (&bench, 3);
  assert_enabled (&bench, "train.stop", FALSE);
  assert_enabled (&bench, "train.reset", FALSE);
  press (&bench, "train.step");
  assert_soon (has_stepped, &bench);
  assert_soon (is_paused, &bench);
  g_assert_cmpuint (count_steps (&bench), ==, 1);
  press (&bench, "train.step");
  wait_for (0.5);
  assert_soon (is_paused, &bench);
  g_assert_cmpuint (count_steps (&bench), ==, 2);
  /* 450 of the 500 are trained on, 32 at a time. */
  wait_for (0.2);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_INSCRIPTION, "minibatch 2 of 15"));
  g_assert_true (gtk_widget_activate_action (bench.page, "train.step-epoch", NULL));
  assert_soon (is_at_epoch_end, &bench);
  assert_soon (is_paused, &bench);
  wait_for (0.2);
  g_assert_cmpuint (count_steps (&bench), ==, 15);
  g_assert_nonnull (
      desk_find (bench.page, GTK_TYPE_INSCRIPTION, "Epoch 1 of 3 · minibatch 15 of 15"));
  press (&bench, "train.reset");
  assert_soon (is_idle, &bench);
  wait_for (0.2);
  g_assert_null (numeral_lab_get_run (bench.lab));
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (bench.loss, 0)), ==, 0);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_INSCRIPTION, "Ready"));
  bench_end (&bench);
}

static void
test_told_before (void)
{
  g_autoptr (NumeralRunConfig) config = small_config (3);
  GtkWidget *problem;
  Bench bench;

  bench_begin (&bench, 3);
  assert_enabled (&bench, "train.toggle", TRUE);
  config->train.patience = 2;
  config->train.validation = 0;
  numeral_lab_set_config (bench.lab, config);
  assert_enabled (&bench, "train.toggle", FALSE);
  wait_for (0.5);
  problem = desk_find (bench.page, GTK_TYPE_LABEL, "Early stopping");
  g_assert_nonnull (problem);
  g_assert_true (gtk_widget_get_mapped (problem));
  config->train.validation = 0.1;
  numeral_lab_set_config (bench.lab, config);
  assert_enabled (&bench, "train.toggle", TRUE);
  bench_end (&bench);
}

/* The run of another start of the program is offered, and goes on where it was. */
static void
test_closed_in_the_middle (void)
{
  GtkWidget *bar, *button;
  Bench bench;
  guint steps;

  bench_begin (&bench, 100000);
  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  steps = count_steps (&bench);
  bench_end (&bench);

  bench_begin (&bench, 100000);
  bar = desk_find (GTK_WIDGET (bench.desk->window), NUMERAL_TYPE_UNSAVED_BAR, NULL);
  shown_wait (bar, "Training was interrupted");
  wait_for (0.5);
  button = desk_find (bar, GTK_TYPE_BUTTON, "_Resume");
  g_assert_nonnull (button);
  hand_click (bench.desk->hand, button);
  assert_soon (is_running, &bench);
  assert_soon (has_stepped, &bench);
  g_assert_cmpuint (count_steps (&bench), >=, steps);
  g_assert_null (desk_find (bar, GTK_TYPE_LABEL, "Training was interrupted"));
  press (&bench, "train.reset");
  assert_soon (is_idle, &bench);
  bench_end (&bench);
}

static gboolean
is_read (gpointer data)
{
  return !numeral_run_store_get_loading (numeral_lab_get_store (((Bench *) data)->lab));
}

/* A run that another window trains is not called interrupted, and not offered. */
static void
test_trained_elsewhere (void)
{
  g_autoptr (NumeralRun) run = NULL;
  g_autofree char *folder = NULL;
  Bench bench;
  int lock;

  bench_begin (&bench, 100000);
  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  folder = g_file_get_path (numeral_run_get_folder (numeral_lab_get_run (bench.lab)));
  bench_end (&bench);

  lock = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  g_assert_cmpint (flock (lock, LOCK_EX), ==, 0);
  bench_begin (&bench, 100000);
  assert_soon (is_read, &bench);
  wait_for (0.3);
  run = g_list_model_get_item (G_LIST_MODEL (numeral_lab_get_store (bench.lab)), 0);
  g_assert_true (numeral_run_get_elsewhere (run));
  /* An older one may be offered. */
  g_assert_true (numeral_lab_get_run (bench.lab) != run);
  numeral_lab_show_run (bench.lab, run);
  wait_for (0.3);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_INSCRIPTION, "training in another window"));
  assert_enabled (&bench, "train.resume-run", FALSE);
  bench_end (&bench);
  g_close (lock, NULL);
}

/* What was stopped is not called interrupted, and nobody is asked about it; it can still go on. */
static void
test_stopped_on_purpose (void)
{
  g_autoptr (NumeralRun) run = NULL;
  Bench bench;

  bench_begin (&bench, 100000);
  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  press (&bench, "train.stop");
  assert_soon (is_idle, &bench);
  wait_for (0.2);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_INSCRIPTION, "stopped after"));
  bench_end (&bench);

  bench_begin (&bench, 100000);
  wait_for (0.5);
  g_assert_null (desk_find (GTK_WIDGET (bench.desk->window), GTK_TYPE_WIDGET, "interrupted"));
  g_assert_null (numeral_lab_get_run (bench.lab));
  run = g_list_model_get_item (G_LIST_MODEL (numeral_lab_get_store (bench.lab)), 0);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_STOPPED);
  numeral_lab_show_run (bench.lab, run);
  press (&bench, "train.resume-run");
  assert_soon (is_running, &bench);
  press (&bench, "train.stop");
  assert_soon (is_idle, &bench);
  bench_end (&bench);
}

static gboolean
is_slower (gpointer data)
{
  Bench *bench = data;
  double scale;

  g_object_get (bench->trainer, "learning-rate-scale", &scale, NULL);
  return scale < 1;
}

/* Of the two sliders, the one that is seen. */
static GtkWidget *
find_slider (GtkWidget *root)
{
  if (GTK_IS_SCALE (root))
    return gtk_widget_get_mapped (root) ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_slider (child);

      if (found)
        return found;
    }
  return NULL;
}

/* Turned with the keys while it runs: from the next minibatch on, and in the curve. */
static void
test_factor (void)
{
  const NumeralHistory *history;
  GtkWidget *factor;
  Bench bench;
  double scale;
  float first, last;

  bench_begin (&bench, 100000);
  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  wait_for (0.3);
  factor = find_slider (bench.page);
  g_assert_nonnull (factor);
  gtk_widget_grab_focus (factor);
  for (guint i = 0; i < 5; i++)
    desk_key (bench.desk, GDK_KEY_Left, 0);
  assert_soon (is_slower, &bench);
  wait_for (0.5);
  press (&bench, "train.stop");
  assert_soon (is_idle, &bench);
  g_object_get (bench.trainer, "learning-rate-scale", &scale, NULL);
  history = numeral_trainer_get_history (bench.trainer);
  first = numeral_history_get_step (history, 0).learning_rate;
  last =
      numeral_history_get_step (history, numeral_history_get_n_steps (history) - 1).learning_rate;
  g_assert_cmpfloat_with_epsilon ((double) last, scale * (double) first, 1e-6);
  bench_end (&bench);
}

/* (transfer full): a kept run of @n minibatches in epochs of 10. */
static NumeralRun *
keep_run (Bench *bench, guint n)
{
  g_autoptr (NumeralRunConfig) config = small_config (n / 10 + 1);
  g_autoptr (GError) error = NULL;
  NumeralRun *run = numeral_run_store_create (numeral_lab_get_store (bench->lab), config, &error);
  g_autofree char *prefix = NULL;
  g_autoptr (NumeralHistory) none = numeral_history_new (10);
  g_autoptr (NumeralCurve) curve = NULL;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));
  g_autoptr (GString) epochs = g_string_new (NULL);

  g_assert_no_error (error);
  numeral_write_queue_flush (); /* its folder is made */
  prefix = g_strconcat (g_file_peek_path (numeral_run_get_folder (run)), G_DIR_SEPARATOR_S, NULL);
  curve = numeral_curve_open (prefix, none, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      const NumeralStepPoint point = { 1 + (float) (i % 100), 0.5f, 0.001f };

      g_array_append_val (points, point);
      if ((i + 1) % 10 == 0)
        g_string_append_printf (epochs, "{\"epoch\":%u,\"step\":%u,\"validation_loss\":%u}\n",
                                i / 10 + 1, i + 1, n - i);
    }
  g_assert_true (numeral_curve_append (curve, points, epochs, &error));
  return run;
}

static gboolean
shows (Bench *bench, gsize n_steps, gsize n_epochs)
{
  return picture_series_length (numeral_chart_get_series (bench->loss, 0)) == n_steps &&
         picture_series_length (numeral_chart_get_series (bench->loss, 1)) == n_epochs;
}

static gboolean
shows_short (gpointer bench)
{
  return shows (bench, 500, 50);
}

/* With the short one before it, for comparison. */
static gboolean
shows_long (gpointer bench)
{
  NumeralChart *loss = ((Bench *) bench)->loss;

  return shows (bench, 50000, 5000) && numeral_chart_get_n_curves (loss) == 3 &&
         picture_series_length (numeral_chart_get_series (loss, 2)) == 500;
}

static gboolean
shows_none (gpointer bench)
{
  return shows (bench, 0, 0) && numeral_chart_get_n_curves (((Bench *) bench)->loss) == 2;
}

/* Curves are read from the disk, each in place of the one before. */
static void
test_kept_curves (void)
{
  g_autoptr (NumeralRun) first = NULL;
  g_autoptr (NumeralRun) second = NULL;
  const PictureSeries *series;
  Bench bench;

  bench_begin (&bench, 1);
  first = keep_run (&bench, 500);
  second = keep_run (&bench, 50000);
  for (guint i = 0; i < 3; i++)
    {
      numeral_lab_show_run (bench.lab, second);
      assert_soon (shows_long, &bench);
      series = numeral_chart_get_series (bench.loss, 0);
      g_assert_cmpfloat (picture_series_x (series, 49999), ==, 5000);
      g_assert_cmpfloat (picture_series_y (series, 49999), ==, 100);
      series = numeral_chart_get_series (bench.loss, 1);
      g_assert_cmpfloat (picture_series_x (series, 4999), ==, 5000);
      /* The second of them cancels the first. */
      numeral_lab_show_run (bench.lab, second);
      numeral_lab_show_run (bench.lab, first);
      assert_soon (shows_short, &bench);
    }
  numeral_lab_show_run (bench.lab, NULL);
  assert_soon (shows_none, &bench);
  bench_end (&bench);
}

static gboolean
reads_the_past (gpointer data)
{
  Bench *bench = data;
  g_autofree char *text = NULL;

  g_object_get (bench->lab, "reading-with", &text, NULL);
  return strstr (text, "after 0 minibatches") != NULL;
}

/* At the very beginning the network knew nothing, and the canvas says so. */
static void
test_look_back (void)
{
  static const double points[][2] = { { 500, 200 }, { 500, 400 }, { 500, 800 } };
  g_autoptr (NumeralPrediction) learned = NULL;
  GtkWidget *past;
  Bench bench;

  bench_begin (&bench, 6);
  hand_stroke (bench.desk->hand, bench.desk->canvas, points, G_N_ELEMENTS (points));
  desk_wait_strokes (bench.desk, 1);
  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  assert_soon (is_idle, &bench);
  wait_for (0.5);
  desk_wait_read (bench.desk);
  learned = numeral_prediction_ref (numeral_recogniser_get_prediction (bench.desk->recogniser));
  past = find_slider (bench.page);
  g_assert_nonnull (past);
  gtk_widget_grab_focus (past);
  desk_key (bench.desk, GDK_KEY_Home, 0);
  assert_soon (reads_the_past, &bench);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_LABEL, "After 0 minibatches"));
  wait_for (0.3);
  g_assert_true (numeral_recogniser_get_prediction (bench.desk->recogniser) != learned);
  bench_end (&bench);
}

static gboolean
shows_test_data (gpointer data)
{
  return desk_find (((Bench *) data)->page, GTK_TYPE_LABEL, "Test data:") != NULL;
}

/* The grid has samples of MNIST's test split, which the run never sees; what has none says what it
 * shows instead. */
static void
test_grid (void)
{
  g_autoptr (NumeralRunConfig) config = small_config (3);
  g_autofree char *mnist = numeral_data_find_mnist ();
  Bench bench;

  bench_begin (&bench, 3);
  press (&bench, "train.toggle");
  assert_soon (has_stepped, &bench);
  assert_soon (is_idle, &bench);
  wait_for (0.3);
  g_assert_nonnull (desk_find (bench.page, GTK_TYPE_LABEL, "Validation data:"));
  if (mnist)
    {
      config->source = NUMERAL_SOURCE_MNIST;
      config->train.epochs = 1;
      numeral_lab_set_config (bench.lab, config);
      press (&bench, "train.toggle");
      g_assert_true (wait_until (shows_test_data, &bench, 60));
      press (&bench, "train.reset");
      g_assert_true (wait_until (is_idle, &bench, 60));
    }
  bench_end (&bench);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/train-page/fills-the-window", test_fills_the_window);
  g_test_add_func ("/app/train-page/to-the-end", test_to_the_end);
  g_test_add_func ("/app/train-page/private", test_private);
  g_test_add_func ("/app/train-page/told-before", test_told_before);
  g_test_add_func ("/app/train-page/step-and-reset", test_step_and_reset);
  g_test_add_func ("/app/train-page/pause-resume-stop", test_pause_resume_stop);
  g_test_add_func ("/app/train-page/stopped-on-purpose", test_stopped_on_purpose);
  g_test_add_func ("/app/train-page/factor", test_factor);
  g_test_add_func ("/app/train-page/kept-curves", test_kept_curves);
  g_test_add_func ("/app/train-page/look-back", test_look_back);
  g_test_add_func ("/app/train-page/grid", test_grid);
  g_test_add_func ("/app/train-page/closed-in-the-middle", test_closed_in_the_middle);
  g_test_add_func ("/app/train-page/trained-elsewhere", test_trained_elsewhere);
  return g_test_run ();
}
