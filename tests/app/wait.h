/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*WaitCondition) (gpointer data);

/* Runs the main loop until @condition holds. Returns %FALSE if it does not hold within @seconds,
 * which are longer under a sanitizer. */
gboolean wait_until (WaitCondition condition, gpointer data, double seconds);

/* Runs the main loop for this time, to wait for something that does not report its end. */
void wait_for (double seconds);

/* Dispatches the pending events of the main loop without waiting. */
void wait_idle (void);

/* How long to wait for an event that must come: far longer than it takes on a busy machine, where
 * training threads have a low priority. */
#define PATIENCE 60.0
#define assert_soon(condition, data) g_assert_true (wait_until ((condition), (data), PATIENCE))

G_END_DECLS
