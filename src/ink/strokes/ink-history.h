/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/**
 * InkHistory:
 *
 * The states of a drawing for undo and redo: a list of drawings and the current
 * position in it. Its length is bounded; the oldest states are dropped first.
 */
typedef struct _InkHistory InkHistory;

InkHistory *ink_history_new (void);
void ink_history_free (InkHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkHistory, ink_history_free)

/* (transfer none) */
InkDrawing *ink_history_current (const InkHistory *history);
/* Makes @drawing the current state and drops the undone states. Does nothing if it is already the
 * current one. */
void ink_history_push (InkHistory *history, InkDrawing *drawing);
gboolean ink_history_can_undo (const InkHistory *history);
gboolean ink_history_can_redo (const InkHistory *history);
/* Return %FALSE if there is nothing to undo or redo. */
gboolean ink_history_undo (InkHistory *history);
gboolean ink_history_redo (InkHistory *history);

G_END_DECLS
