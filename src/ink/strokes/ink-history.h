/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/**
 * InkHistory:
 *
 * What was drawn, with every earlier state in reach: a list of drawings and a
 * place in it. Bounded: the oldest states go first.
 */
typedef struct _InkHistory InkHistory;

InkHistory *ink_history_new (void);
void ink_history_free (InkHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkHistory, ink_history_free)

/* (transfer none) */
InkDrawing *ink_history_current (const InkHistory *history);
/* Makes @drawing the current one and forgets what had been undone. Nothing happens where it is
 * the current one already. */
void ink_history_push (InkHistory *history, InkDrawing *drawing);
gboolean ink_history_can_undo (const InkHistory *history);
gboolean ink_history_can_redo (const InkHistory *history);
/* Whether there was anywhere to go. */
gboolean ink_history_undo (InkHistory *history);
gboolean ink_history_redo (InkHistory *history);

G_END_DECLS
