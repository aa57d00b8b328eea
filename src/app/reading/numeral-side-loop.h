/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NumeralSideLoop:
 *
 * A main context that the main loop runs along with its own, and that can be run
 * by itself for a moment: in the middle of a frame, say, when an answer is about
 * to come that should be in it. GTK brings the pointer's movements and draws in
 * one go, with no turn of the main loop between them. Belongs to the main thread.
 */
typedef struct _NumeralSideLoop NumeralSideLoop;

NumeralSideLoop *numeral_side_loop_new (void);
void numeral_side_loop_free (NumeralSideLoop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralSideLoop, numeral_side_loop_free)

/* (transfer none): what is to be dispatched here is attached to this. */
GMainContext *numeral_side_loop_get_context (NumeralSideLoop *self);

/* Dispatches what comes while @waiting, for @longest microseconds at most. Sleeps meanwhile: the
 * processor is for the thread that is waited for. */
void numeral_side_loop_run (NumeralSideLoop *self,
                            gboolean (*waiting) (gpointer data),
                            gpointer data,
                            gint64 longest);

G_END_DECLS
