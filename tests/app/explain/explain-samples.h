/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): a folder with @n generated digits (below 65536) in each file of MNIST. Few
 * digits are measured fast. */
char *explain_samples_make (guint n);
void explain_samples_remove (const char *folder);

G_END_DECLS
