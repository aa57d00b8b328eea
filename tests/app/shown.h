/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether a label or inscription below @root holds @text and can be seen. */
gboolean shown_is (GtkWidget *root, const char *text);
/* Waits until it does; a test that fails says what could be read instead. */
void shown_wait (GtkWidget *root, const char *text);

G_END_DECLS
