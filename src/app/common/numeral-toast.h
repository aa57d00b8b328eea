/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * numeral_toast_present:
 * @toast: (transfer full)
 *
 * Shows @toast as soon as no other one is visible. A toast that is shown is dismissed for it, and
 * one that still waits is dropped: the newest message is the one that matters, and nothing queues.
 * Both are dismissed with their signal.
 *
 * Every toast of the program is shown by this function. libadwaita before 1.3 reads freed memory
 * if a toast is dismissed while it still appears in the place of another one.
 */
void numeral_toast_present (AdwToastOverlay *overlay, AdwToast *toast);

/* Dismisses @toast, or drops it if it still waits. Does nothing if it has gone already. */
void numeral_toast_withdraw (AdwToastOverlay *overlay, AdwToast *toast);

/* Shows @message in the nearest toast overlay around @widget; does nothing without one.
 * Returns: (transfer none) (nullable): the toast, to give it a button */
AdwToast *numeral_toast_show (GtkWidget *widget, const char *message);

G_END_DECLS
