/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows @message in the nearest toast overlay around @widget; does nothing without one.
 * Returns: (transfer none) (nullable): the toast, to give it a button */
AdwToast *numeral_toast_show (GtkWidget *widget, const char *message);

G_END_DECLS
