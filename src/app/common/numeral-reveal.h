/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows @file in its folder in the file manager, as a selected item. Where the file manager cannot
 * do that, as in a sandbox, it opens the folder, or @file itself if it is one.
 * @widget: whose window asks for it */
void numeral_reveal_async (GtkWidget *widget,
                           GFile *file,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* The message of an error names the file. */
gboolean numeral_reveal_finish (GAsyncResult *result, GError **error);

G_END_DECLS
