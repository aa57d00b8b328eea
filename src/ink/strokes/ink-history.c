/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-history.h"

/* The number of states kept. A state is a list of pointers, because drawings share their strokes;
 * the bound keeps the memory of a window that stays open for long. */
#define MAX_STATES 500

struct _InkHistory
{
  GPtrArray *states; /* InkDrawing, oldest first, at least one */
  guint current;
};

InkHistory *
ink_history_new (void)
{
  InkHistory *history = g_new0 (InkHistory, 1);

  history->states = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_drawing_unref);
  g_ptr_array_add (history->states, ink_drawing_new_empty ());
  return history;
}

void
ink_history_free (InkHistory *history)
{
  g_ptr_array_unref (history->states);
  g_free (history);
}

InkDrawing *
ink_history_current (const InkHistory *history)
{
  return g_ptr_array_index (history->states, history->current);
}

void
ink_history_push (InkHistory *history, InkDrawing *drawing)
{
  if (drawing == ink_history_current (history))
    return;

  /* Take the reference before the undone states are freed: they may hold the only reference to
   * @drawing. */
  ink_drawing_ref (drawing);
  g_ptr_array_set_size (history->states, (int) history->current + 1);
  g_ptr_array_add (history->states, drawing);
  if (history->states->len > MAX_STATES)
    g_ptr_array_remove_range (history->states, 0, history->states->len - MAX_STATES);
  history->current = history->states->len - 1;
}

gboolean
ink_history_can_undo (const InkHistory *history)
{
  return history->current > 0;
}

gboolean
ink_history_can_redo (const InkHistory *history)
{
  return history->current + 1 < history->states->len;
}

gboolean
ink_history_undo (InkHistory *history)
{
  if (!ink_history_can_undo (history))
    return FALSE;
  history->current--;
  return TRUE;
}

gboolean
ink_history_redo (InkHistory *history)
{
  if (!ink_history_can_redo (history))
    return FALSE;
  history->current++;
  return TRUE;
}
