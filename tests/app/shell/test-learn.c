/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learning one's own hand in the window, by pointer and keyboard: teach, learn, keep, undo, start
 * again, forget. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "desk.h"
#include "numeral-hand-db.h"
#include "numeral-hand-model.h"
#include "numeral-learn-row.h"
#include "shown.h"
#include "wait.h"

static const double seven[][2] = { { 300, 250 }, { 420, 245 }, { 560, 240 }, { 690, 245 },
                                   { 630, 350 }, { 570, 470 }, { 510, 600 }, { 460, 740 } };

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

static NumeralModel *
model_of (Desk *desk)
{
  return numeral_lab_get_model (numeral_window_get_lab (desk->window));
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
  desk = desk_new (960, 700);
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
  assert_reads_with (desk, "Numeral, adapted to your hand");
  g_assert_true (model_of (desk) != before);
  desk_assert_property (row_of (desk), GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep What Was Learned?");
  shown_wait (row_of (desk), "Your digits 6 → 6 of 6");
  click (desk, "_Undo");
  wait_state (desk, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_true (model_of (desk) == before);
  assert_reads_with (desk, "the model that ships");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (gtk_widget_get_mapped (row_of (desk)));

  desk_key (desk, GDK_KEY_l, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_HAND_LEARNER_OFFERING);
  click (desk, "_Keep");
  assert_soon (is_kept, desk);
  assert_reads_with (desk, "Numeral, adapted to your hand");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  desk_free (desk);

  desk = desk_reopen (960, 700);
  assert_soon (is_kept, desk);
  assert_reads_with (desk, "Numeral, adapted to your hand");
  g_assert_true (model_of (desk) == numeral_hand_learner_get_kept (learner_of (desk)));
  g_assert_cmpuint (numeral_hand_learner_get_n_new (learner_of (desk)), ==, 0);
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
  desk = desk_new (960, 700);
  teach (desk);
  lab = numeral_window_get_lab (desk->window);
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/learn/keep", test_keep);
  g_test_add_func ("/app/learn/other-model", test_other_model);
  g_test_add_func ("/app/learn/damaged", test_damaged);
  return g_test_run ();
}
