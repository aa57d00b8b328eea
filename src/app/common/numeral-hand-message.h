/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Says in a dialog over the window of @widget that a change of one's own handwriting failed, and
 * why. If the handwriting is locked, the dialog can unlock it. @what: in title case */
void numeral_hand_message_show (GtkWidget *widget, const char *what, const GError *error);

G_END_DECLS
