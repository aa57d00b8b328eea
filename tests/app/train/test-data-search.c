/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Data on a server that does not answer: the window goes on, and no file of them is touched in the
 * main thread. */

#include <glib/gstdio.h>

#include "desk.h"
#include "file-calls.h"
#include "numeral-results-page.h"
#include "numeral-samples-page.h"
#include "numeral-workbench.h"
#include "shown.h"
#include "wait.h"

#define SERVER "silent-server"

/* Below this folder every call waits; see main(). */
static char *server;

static gboolean
is_asked (gpointer unused)
{
  return file_calls_get_others () > 0;
}

static gboolean
is_waiting (gpointer lab)
{
  return numeral_lab_get_waiting (lab);
}

static gboolean
is_busy (gpointer lab)
{
  return numeral_trainer_get_state (numeral_lab_get_trainer (lab)) != NUMERAL_TRAINER_IDLE;
}

static gboolean
is_idle (gpointer lab)
{
  return !is_busy (lab);
}

typedef struct
{
  Desk *desk;
  NumeralLab *lab;
  GtkWidget *workbench, *page;
} Bench;

static void
learn_from (Bench *bench, NumeralSourceKind source, const char *path)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new_for_source (source);

  config->path = g_strdup (path);
  config->generated = 500;
  config->train.epochs = 1;
  config->train.threads = 1;
  numeral_lab_set_config (bench->lab, config);
}

static Bench
bench_begin (void)
{
  Bench bench = { .desk = desk_new (1280, 900) };

  bench.workbench = desk_find (GTK_WIDGET (bench.desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  g_object_get (bench.workbench, "lab", &bench.lab, NULL);
  bench.page = numeral_workbench_get_page (NUMERAL_WORKBENCH (bench.workbench), "train");
  learn_from (&bench, NUMERAL_SOURCE_GENERATED, NULL);
  return bench;
}

static void
bench_end (Bench *bench)
{
  g_clear_object (&bench->lab);
  desk_free (bench->desk);
}

static gboolean
is_sensitive (gpointer button)
{
  return gtk_widget_is_sensitive (button);
}

static void
press (Bench *bench, const char *action)
{
  assert_soon (is_sensitive, desk_find_action (bench->page, action));
  g_assert_true (gtk_widget_activate_action (bench->page, action, NULL));
}

/* The last verdict stays until the answer comes, and Train waits for it. */
static void
test_train (void)
{
  static const double points[][2] = { { 500, 200 }, { 500, 400 }, { 500, 800 } };
  g_autofree char *nowhere = g_build_filename (server, "nothing.csv", NULL);
  Bench bench = bench_begin ();
  NumeralConfigCheck *check = numeral_lab_get_check (bench.lab);

  file_calls_watch (SERVER);
  learn_from (&bench, NUMERAL_SOURCE_PATH, nowhere);
  g_assert_true (numeral_config_check_is_pending (check));
  g_assert_null (numeral_config_check_get_problem (check, NULL));
  assert_soon (is_asked, NULL);
  press (&bench, "train.toggle");
  assert_soon (is_waiting, bench.lab);
  shown_wait (bench.page, "Looking for the data");
  hand_stroke (bench.desk->hand, bench.desk->canvas, points, G_N_ELEMENTS (points));
  desk_wait_strokes (bench.desk, 1);
  desk_wait_read (bench.desk);
  press (&bench, "train.stop");
  g_assert_false (numeral_lab_get_waiting (bench.lab));

  shown_wait (bench.page, "Ready to train");
  press (&bench, "train.toggle");
  assert_soon (is_waiting, bench.lab);
  file_calls_answer ();
  shown_wait (bench.page, "no such file or folder");
  g_assert_false (numeral_lab_get_waiting (bench.lab));
  g_assert_null (numeral_lab_get_run (bench.lab));
  press (&bench, "train.show-problem");
  g_assert_cmpint (file_calls_get_main (), ==, 0);
  bench_end (&bench);
}

/* Training begins with the answer, also by a step. */
static void
test_begin (void)
{
  g_autofree char *path = g_build_filename (server, "table.csv", NULL);
  Bench bench = bench_begin ();
  GString *table = g_string_new ("a,b,label\n");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (table, "%u,%u,%u\n", i, 100 - i, i % 2);
  g_assert_true (g_file_set_contents (path, table->str, -1, NULL));
  g_string_free (table, TRUE);
  file_calls_watch (SERVER);
  learn_from (&bench, NUMERAL_SOURCE_PATH, path);
  press (&bench, "train.step");
  assert_soon (is_waiting, bench.lab);
  file_calls_answer ();
  assert_soon (is_busy, bench.lab);
  shown_wait (bench.page, "Epoch 1 of 1 · minibatch 1 of");
  press (&bench, "train.stop");
  assert_soon (is_idle, bench.lab);
  g_assert_cmpint (file_calls_get_main (), ==, 0);
  bench_end (&bench);
  g_unlink (path);
}

/* Other settings end the waiting, and an answer that comes later changes nothing. */
static void
test_stale (void)
{
  g_autofree char *nowhere = g_build_filename (server, "nothing.csv", NULL);
  Bench bench = bench_begin ();
  NumeralConfigCheck *check = numeral_lab_get_check (bench.lab);

  file_calls_watch (SERVER);
  learn_from (&bench, NUMERAL_SOURCE_PATH, nowhere);
  press (&bench, "train.toggle");
  assert_soon (is_asked, NULL);
  learn_from (&bench, NUMERAL_SOURCE_GENERATED, nowhere);
  g_assert_false (numeral_lab_get_waiting (bench.lab));
  g_assert_false (numeral_config_check_is_pending (check));
  file_calls_answer ();
  shown_wait (bench.page, "Ready to train");
  press (&bench, "train.toggle");
  assert_soon (is_busy, bench.lab);
  assert_soon (is_idle, bench.lab);
  g_assert_null (numeral_config_check_get_problem (check, NULL));
  g_assert_cmpint (file_calls_get_main (), ==, 0);
  bench_end (&bench);
}

/* The pages that need MNIST look for it in a thread as well. */
static void
test_pages (void)
{
  Bench bench = bench_begin ();
  NumeralWorkbench *workbench = NUMERAL_WORKBENCH (bench.workbench);
  GtkWidget *page = numeral_workbench_get_page (workbench, "samples");

  numeral_workbench_show_page (workbench, "samples");
  file_calls_watch (SERVER);
  numeral_samples_page_browse (NUMERAL_SAMPLES_PAGE (page), NUMERAL_BROWSE_MNIST_TEST, NULL);
  shown_wait (page, "Loading");
  assert_soon (is_asked, NULL);
  file_calls_answer ();
  shown_wait (page, "MNIST Is Not Here");
  g_assert_cmpint (file_calls_get_main (), ==, 0);

  page = numeral_workbench_get_page (workbench, "results");
  numeral_workbench_show_page (workbench, "results");
  file_calls_watch (SERVER);
  numeral_results_page_browse (NUMERAL_RESULTS_PAGE (page), NUMERAL_BROWSE_MNIST_TEST, NULL);
  gtk_widget_activate_action (page, "results.measure", NULL);
  shown_wait (page, "Loading");
  assert_soon (is_asked, NULL);
  file_calls_answer ();
  shown_wait (page, "MNIST Is Not Here");
  g_assert_cmpint (file_calls_get_main (), ==, 0);
  bench_end (&bench);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("numeral-search-XXXXXX", NULL);
  int failed;

  server = g_build_filename (folder, SERVER, NULL);
  g_assert_cmpint (g_mkdir (server, 0700), ==, 0);
  /* MNIST is looked for there first. */
  g_setenv ("NUMERAL_DATA_DIR", server, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/data-search/train", test_train);
  g_test_add_func ("/app/data-search/begin", test_begin);
  g_test_add_func ("/app/data-search/stale", test_stale);
  g_test_add_func ("/app/data-search/pages", test_pages);
  failed = g_test_run ();
  g_rmdir (server);
  g_rmdir (folder);
  g_free (server);
  return failed;
}
