/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a critical message is one of those that GTK 4.8 writes about its own affairs, and goes on
 * as if nothing were. */
gboolean gtk_log_is_known (const char *message);

/* From here on such a message does not end the program, even with G_DEBUG=fatal-warnings; any other
 * warning does. */
void gtk_log_allow_known (void);

G_END_DECLS
