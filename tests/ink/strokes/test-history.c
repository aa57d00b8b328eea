/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-history.h"
#include "ink-test.h"

static void
test_new (void)
{
  g_autoptr (InkHistory) history = ink_history_new ();

  g_assert_true (ink_drawing_is_empty (ink_history_current (history)));
  g_assert_false (ink_history_can_undo (history));
  g_assert_false (ink_history_can_redo (history));
  g_assert_false (ink_history_undo (history));
  g_assert_false (ink_history_redo (history));
}

static void
test_undo_redo (void)
{
  g_autoptr (InkHistory) history = ink_history_new ();
  InkDrawing *drawings[4] = { ink_history_current (history) };

  for (guint i = 1; i < 4; i++)
    {
      g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (1, i, i);

      ink_history_push (history, drawing);
      drawings[i] = drawing;
      g_assert_true (ink_history_current (history) == drawing);
    }
  for (guint i = 3; i-- > 0;)
    {
      g_assert_true (ink_history_can_undo (history));
      g_assert_true (ink_history_undo (history));
      g_assert_true (ink_history_current (history) == drawings[i]);
      g_assert_true (ink_history_can_redo (history));
    }
  g_assert_false (ink_history_undo (history));
  for (guint i = 1; i < 4; i++)
    {
      g_assert_true (ink_history_redo (history));
      g_assert_true (ink_history_current (history) == drawings[i]);
    }
  g_assert_false (ink_history_redo (history));
}

static void
test_push_forgets_the_undone (void)
{
  g_autoptr (InkHistory) history = ink_history_new ();
  g_autoptr (InkDrawing) a = INK_TEST_DRAWING (1, 1, 1);
  g_autoptr (InkDrawing) b = INK_TEST_DRAWING (1, 2, 2);

  ink_history_push (history, a);
  ink_history_undo (history);
  ink_history_push (history, b);
  g_assert_false (ink_history_can_redo (history));
  g_assert_true (ink_history_current (history) == b);
  g_assert_true (ink_history_undo (history));
  g_assert_true (ink_drawing_is_empty (ink_history_current (history)));
}

static void
test_push_current (void)
{
  g_autoptr (InkHistory) history = ink_history_new ();
  g_autoptr (InkDrawing) a = INK_TEST_DRAWING (1, 1, 1);

  ink_history_push (history, a);
  ink_history_undo (history);
  ink_history_push (history, ink_history_current (history));
  /* Nothing changed, so redo is still possible. */
  g_assert_true (ink_history_can_redo (history));
  g_assert_false (ink_history_can_undo (history));
}

/* Push a state that only the undone part owns: it must stay alive. */
static void
test_push_undone (void)
{
  g_autoptr (InkHistory) history = ink_history_new ();
  InkDrawing *kept;

  {
    g_autoptr (InkDrawing) a = INK_TEST_DRAWING (1, 7, 8);

    ink_history_push (history, a);
    kept = ink_history_current (history);
  }
  ink_history_undo (history);
  ink_history_push (history, kept);
  g_assert_cmpfloat (ink_history_current (history)->strokes[0]->points[0].x, ==, 7);
}

static void
test_bound (void)
{
  g_autoptr (InkHistory) history = ink_history_new ();
  guint steps = 0;

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (1, i, i);

      ink_history_push (history, drawing);
    }
  g_assert_cmpfloat (ink_history_current (history)->strokes[0]->points[0].x, ==, 4999);
  while (ink_history_undo (history))
    {
      steps++;
      g_assert_cmpfloat (ink_history_current (history)->strokes[0]->points[0].x, ==, 4999 - steps);
    }
  g_assert_cmpuint (steps, >=, 100);
  g_assert_cmpuint (steps, <, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/history/new", test_new);
  g_test_add_func ("/ink/history/undo-redo", test_undo_redo);
  g_test_add_func ("/ink/history/push-forgets-the-undone", test_push_forgets_the_undone);
  g_test_add_func ("/ink/history/push-current", test_push_current);
  g_test_add_func ("/ink/history/push-undone", test_push_undone);
  g_test_add_func ("/ink/history/bound", test_bound);
  return g_test_run ();
}
