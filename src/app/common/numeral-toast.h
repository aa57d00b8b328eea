/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Says @message in the nearest toast overlay around @widget; does nothing where there is none.
 * Returns: (transfer none) (nullable): the toast, to give it a button */
AdwToast *numeral_toast_show (GtkWidget *widget, const char *message);

G_END_DECLS
