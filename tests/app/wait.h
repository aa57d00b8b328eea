/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*WaitCondition) (gpointer data);

/* Runs the main loop until @condition holds. Returns %FALSE where it does not within @seconds,
 * which are stretched under a sanitizer. */
gboolean wait_until (WaitCondition condition, gpointer data, double seconds);

/* Runs the main loop for so long, for what has no sign of being done. */
void wait_for (double seconds);

/* Runs what is due in the main loop and does not wait. */
void wait_idle (void);

/* How long to wait for what must come: far longer than it takes on a busy machine, where training
 * threads stand back. */
#define PATIENCE 60.0
#define assert_soon(condition, data) g_assert_true (wait_until ((condition), (data), PATIENCE))

G_END_DECLS
