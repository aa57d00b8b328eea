/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learning one's own hand in the window, by pointer and keyboard: teach, learn, keep, undo, start
 * again, forget. A small model learns from little data, so that it is soon done. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "desk.h"
#include "engine-test.h"
#include "learner-test.h"
#include "numeral-hand-db.h"
#include "numeral-hand-model.h"
#include "numeral-hand-view.h"
#include "numeral-learn-row.h"
#include "numeral-samples-page.h"
#include "numeral-workbench.h"
#include "shown.h"
#include "wait.h"

static const double seven[][2] = { { 300, 250 }, { 420, 245 }, { 560, 240 }, { 690, 245 },
                                   { 630, 350 }, { 570, 470 }, { 510, 600 }, { 460, 740 } };

/* The model that learns, and its name when it has. */
static NumeralModel *small;
#define ADAPTED "Before, adapted to your hand"

/* No samples, and no model. */
static void
forget (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GPtrArray) samples = numeral_hand_db_read_all (db, NULL, NULL);
  g_autofree char *path = numeral_hand_model_path ();

  g_unlink (path);
  for (guint i = 0; samples && i < samples->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (samples, i);
      g_autoptr (GPtrArray) deleted = numeral_hand_db_delete (db, &sample->id, 1, NULL);

      g_assert_nonnull (deleted);
    }
}

static NumeralHandLearner *
learner_of (Desk *desk)
{
  return numeral_lab_get_learner (numeral_window_get_lab (desk->window));
}

static NumeralLab *
lab_of (Desk *desk)
{
  return numeral_window_get_lab (desk->window);
}

/* The window with the small model reading. */
static Desk *
open_small (void)
{
  Desk *desk = desk_new (960, 700);

  numeral_lab_use_model (lab_of (desk), small, "Before");
  return desk;
}

typedef struct
{
  Desk *desk;
  NumeralHandLearnerState state;
} Wanted;

static gboolean
has_state (gpointer data)
{
  const Wanted *wanted = data;

  return numeral_hand_learner_get_state (learner_of (wanted->desk)) == wanted->state;
}

/* A machine with much else to do learns slowly. */
static void
wait_state (Desk *desk, NumeralHandLearnerState state)
{
  Wanted wanted = { desk, state };

  if (!wait_until (has_state, &wanted, 4 * PATIENCE))
    g_error ("state %d instead of %d", (int) numeral_hand_learner_get_state (learner_of (desk)),
             (int) state);
}

static gboolean
is_kept (gpointer data)
{
  Desk *desk = data;

  return numeral_hand_learner_get_state (learner_of (desk)) == NUMERAL_HAND_LEARNER_IDLE &&
         numeral_hand_learner_get_kept (learner_of (desk));
}

static gboolean
is_kept_as_taught (gpointer data)
{
  NumeralTeach *teach = numeral_reading_pane_get_teach (((Desk *) data)->pane);

  return numeral_teach_get_state (teach) == NUMERAL_TEACH_KEPT;
}

static gboolean
is_asked (gpointer data)
{
  Desk *desk = data;

  return numeral_teach_get_state (numeral_reading_pane_get_teach (desk->pane)) ==
             NUMERAL_TEACH_ASKING &&
         gtk_widget_get_mapped (numeral_reading_pane_get_question (desk->pane));
}

static gboolean
knows_all (gpointer data)
{
  return numeral_hand_learner_get_n_digits (learner_of (data)) == NUMERAL_ADAPT_MIN_SAMPLES + 1;
}

/* Adds sevens to the database; each label is higher than the last by @shift. */
static void
add_samples (guint shift)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= NUMERAL_ADAPT_MIN_SAMPLES; i++)
    {
      g_autoptr (NumeralHandSample) sample =
          learner_test_sample (10 * i + 7, (int) ((7 + i * shift) % 10));

      numeral_hand_db_add (db, &sample, 1, NULL, &error);
      g_assert_no_error (error);
    }
}

/* Draws digits and says that they were read right. An undo has no toast, which would cover the row.
 */
static void
teach (Desk *desk)
{
  for (guint i = 0; i <= NUMERAL_ADAPT_MIN_SAMPLES; i++)
    {
      if (i > 0)
        desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
      desk_wait_strokes (desk, 0);
      hand_stroke (desk->hand, desk->canvas, seven, G_N_ELEMENTS (seven));
      desk_wait_strokes (desk, 1);
      assert_soon (is_asked, desk);
      desk_key (desk, GDK_KEY_Return, GDK_CONTROL_MASK);
      assert_soon (is_kept_as_taught, desk);
    }
  assert_soon (knows_all, desk);
}

static GtkWidget *
row_of (Desk *desk)
{
  return desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_LEARN_ROW, NULL);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static void
click (Desk *desk, const char *label)
{
  GtkWidget *button = desk_find (row_of (desk), GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  assert_soon (is_mapped, button);
  wait_for (0.1);
  hand_click (desk->hand, button);
}

static char *
name_of (Desk *desk)
{
  char *name;

  g_object_get (numeral_window_get_lab (desk->window), "reading-with", &name, NULL);
  return name;
}

static void
assert_reads_with (Desk *desk, const char *wanted)
{
  g_autofree char *name = name_of (desk);

  g_assert_cmpstr (name, ==, wanted);
}

typedef struct
{
  Desk *desk;
  const char *name;
} Reads;

static gboolean
reads_with (gpointer data)
{
  const Reads *reads = data;
  g_autofree char *name = name_of (reads->desk);

  return strstr (name, reads->name) != NULL;
}

/* Waits until the name of what reads holds @name. */
static void
assert_reads (Desk *desk, const char *name)
{
  Reads reads = { desk, name };

  assert_soon (reads_with, &reads);
}

static NumeralModel *
model_of (Desk *desk)
{
  return numeral_lab_get_model (numeral_window_get_lab (desk->window));
}

/* (transfer none): the button of the message that is shown. */
static GtkWidget *
toast_button (Desk *desk)
{
  GtkWidget *toast =
      desk_find (GTK_WIDGET (desk->window), g_type_from_name ("AdwToastWidget"), NULL);

  g_assert_nonnull (toast);
  return desk_find (toast, GTK_TYPE_BUTTON, "Undo");
}

static gboolean
is_forgotten (gpointer data)
{
  Desk *desk = data;

  return numeral_hand_learner_get_state (learner_of (desk)) == NUMERAL_HAND_LEARNER_IDLE &&
         !numeral_hand_learner_get_kept (learner_of (desk));
}

/* On the page of one's own handwriting: what was learned is forgotten, and is there again after an
 * undo; it reads again in the place of another model. */
static void
forget_and_undo (Desk *desk)
{
  NumeralWorkbench *workbench =
      NUMERAL_WORKBENCH (desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL));
  GtkWidget *page = numeral_workbench_get_page (workbench, "samples");
  GtkWidget *row;

  numeral_workbench_show_page (workbench, "samples");
  numeral_samples_page_browse (NUMERAL_SAMPLES_PAGE (page), NUMERAL_BROWSE_HANDWRITING, NULL);
  row = desk_find (page, NUMERAL_TYPE_LEARN_ROW, NULL);
  assert_soon (is_mapped, row);
  shown_wait (row, "Your Hand Is Learned");
  hand_click (desk->hand, desk_find (row, GTK_TYPE_BUTTON, "Forget"));
  assert_soon (is_forgotten, desk);
  assert_reads_with (desk, "the model that ships");
  desk_wait_toast (desk, "What was learned is forgotten");
  assert_soon (is_mapped, toast_button (desk));
  wait_for (0.3);
  hand_click (desk->hand, toast_button (desk));
  assert_soon (is_kept, desk);
  assert_reads_with (desk, ADAPTED);

  numeral_lab_use_model (lab_of (desk), small, "Before");
  shown_wait (row, "Another model reads now.");
  hand_click (desk->hand, desk_find (row, GTK_TYPE_BUTTON, "Read With It"));
  assert_reads (desk, ADAPTED);
}

/* An offered model reads at once, an undo puts back what read before, and what is kept reads at the
 * next start. */
static void
test_keep (void)
{
  g_autofree char *path = numeral_hand_model_path ();
  Desk *desk;
  NumeralModel *before;
  GtkWidget *button;
  GStatBuf info;

  forget ();
  desk = open_small ();
  desk_key (desk, GDK_KEY_l, GDK_CONTROL_MASK);
  wait_for (0.1);
  g_assert_cmpint (numeral_hand_learner_get_state (learner_of (desk)), ==,
                   NUMERAL_HAND_LEARNER_IDLE);
  teach (desk);
  before = model_of (desk);

  /* Cancelled, then learned, and undone. */
  button = desk_find (numeral_reading_pane_get_question (desk->pane), GTK_TYPE_BUTTON, "Learn");
  assert_soon (is_mapped, button);
  hand_click (desk->hand, button);
  wait_state (desk, NUMERAL_HAND_LEARNER_LEARNING);
  g_assert_true (shown_is (row_of (desk), "Learning Your Hand…"));
  click (desk, "_Cancel");
  wait_state (desk, NUMERAL_HAND_LEARNER_IDLE);
  desk_key (desk, GDK_KEY_l, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_HAND_LEARNER_OFFERING);
  assert_reads_with (desk, ADAPTED);
  g_assert_true (model_of (desk) != before);
  desk_assert_property (row_of (desk), GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep What Was Learned?");
  shown_wait (row_of (desk), "Your digits 6 → 6 of 6");
  click (desk, "_Undo");
  wait_state (desk, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_true (model_of (desk) == before);
  assert_reads_with (desk, "Before");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (gtk_widget_get_mapped (row_of (desk)));

  desk_key (desk, GDK_KEY_l, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_HAND_LEARNER_OFFERING);
  click (desk, "_Keep");
  assert_soon (is_kept, desk);
  assert_reads_with (desk, ADAPTED);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  desk_free (desk);

  desk = desk_reopen (960, 700);
  assert_soon (is_kept, desk);
  assert_reads_with (desk, ADAPTED);
  g_assert_true (model_of (desk) == numeral_hand_learner_get_kept (learner_of (desk)));
  g_assert_cmpuint (numeral_hand_learner_get_n_new (learner_of (desk)), ==, 0);
  forget_and_undo (desk);
  desk_free (desk);
}

/* Another model that is chosen while it learns goes on reading. */
static void
test_other_model (void)
{
  g_autoptr (Desk) desk = NULL;
  g_autoptr (NumeralModel) other = NULL;
  NumeralLab *lab;

  forget ();
  add_samples (0);
  desk = open_small ();
  assert_soon (knows_all, desk);
  lab = lab_of (desk);
  other = numeral_model_new (model_of (desk)->network, NULL, NULL);
  desk_key (desk, GDK_KEY_l, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_HAND_LEARNER_LEARNING);
  numeral_lab_use_model (lab, other, "another");
  wait_state (desk, NUMERAL_HAND_LEARNER_OFFERING);
  assert_reads_with (desk, "another");
  click (desk, "_Undo");
  wait_state (desk, NUMERAL_HAND_LEARNER_IDLE);
  assert_reads_with (desk, "another");
  g_assert_true (model_of (desk) == other);
}

/* A model that cannot be read is left as it is, and the one that ships reads. */
static void
test_damaged (void)
{
  g_autofree char *path = numeral_hand_model_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *contents = NULL;
  g_autoptr (Desk) desk = NULL;

  forget ();
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "not a model", -1, NULL));
  desk = desk_new (960, 700);
  wait_state (desk, NUMERAL_HAND_LEARNER_FAILED);
  assert_reads_with (desk, "the model that ships");
  shown_wait (row_of (desk), "What Was Learned Cannot Be Read");
  shown_wait (row_of (desk), path);
  hand_stroke (desk->hand, desk->canvas, seven, G_N_ELEMENTS (seven));
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "not a model");
  click (desk, "_Forget");
  wait_state (desk, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* With wrong labels nothing is gained, and nothing changes. */
static void
test_not_better (void)
{
  g_autofree char *path = numeral_hand_model_path ();
  g_autoptr (Desk) desk = NULL;

  forget ();
  add_samples (3);
  desk = open_small ();
  assert_soon (knows_all, desk);
  desk_key (desk, GDK_KEY_l, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_HAND_LEARNER_NO_BETTER);
  shown_wait (row_of (desk), "Not Better");
  shown_wait (row_of (desk), "Look whether their labels are right.");
  g_assert_true (model_of (desk) == small);
  click (desk, "C_lose");
  wait_state (desk, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
on_snapshot (guint *n)
{
  (*n)++;
}

static gboolean
has_two (gpointer n)
{
  return *(guint *) n >= 2;
}

/* Two more snapshots do not change what reads. */
static void
assert_stays (Desk *desk, guint *n_snapshots)
{
  NumeralModel *model = model_of (desk);

  *n_snapshots = 0;
  assert_soon (has_two, n_snapshots);
  g_assert_true (model_of (desk) == model);
}

/* Learns while a network is trained whose snapshots read. */
static void
learn_beside (Desk *desk)
{
  numeral_lab_use_model (lab_of (desk), small, "Before");
  g_assert_true (numeral_lab_learn_hand (lab_of (desk)));
  wait_state (desk, NUMERAL_HAND_LEARNER_OFFERING);
  assert_reads (desk, ADAPTED);
}

static void
activate (Desk *desk, const char *label)
{
  GtkWidget *button = desk_find (row_of (desk), GTK_TYPE_BUTTON, label);

  assert_soon (is_mapped, button);
  g_assert_true (gtk_widget_activate (button));
}

/* The next snapshot of a training does not replace what is tried or kept, which is said, and can be
 * undone. */
static void
test_training (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (Desk) desk = NULL;
  g_autoptr (GError) error = NULL;
  guint n_snapshots = 0;

  forget ();
  add_samples (0);
  desk = open_small ();
  assert_soon (knows_all, desk);
  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 400;
  config->train.n_hidden = 1;
  config->train.hidden[0] = 16;
  config->train.epochs = 100000;
  config->train.threads = 1;
  numeral_lab_set_config (lab_of (desk), config);
  g_assert_true (numeral_lab_train (lab_of (desk), FALSE, &error));
  g_assert_no_error (error);
  g_signal_connect_swapped (numeral_lab_get_trainer (lab_of (desk)), "snapshot",
                            G_CALLBACK (on_snapshot), &n_snapshots);

  learn_beside (desk);
  assert_stays (desk, &n_snapshots);
  activate (desk, "_Undo");
  assert_reads (desk, "as it learns");

  learn_beside (desk);
  desk_wait_toast (desk, "The network in training no longer reads");
  assert_soon (is_mapped, toast_button (desk));
  g_assert_true (gtk_widget_activate (toast_button (desk)));
  assert_reads (desk, "as it learns");
  activate (desk, "_Keep");
  assert_soon (is_kept, desk);
  assert_reads (desk, ADAPTED);
  assert_stays (desk, &n_snapshots);
}

int
main (int argc, char *argv[])
{
  g_autofree char *mnist = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  mnist = learner_test_mnist ();
  small = learner_test_model ();

  g_test_add_func ("/app/learn/keep", test_keep);
  g_test_add_func ("/app/learn/other-model", test_other_model);
  g_test_add_func ("/app/learn/not-better", test_not_better);
  g_test_add_func ("/app/learn/training", test_training);
  g_test_add_func ("/app/learn/damaged", test_damaged);
  result = g_test_run ();
  numeral_model_unref (small);
  engine_test_remove (mnist);
  return result;
}
