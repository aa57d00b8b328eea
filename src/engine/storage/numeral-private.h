/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folders in which the program keeps what belongs to a person: numeral in the user's folders
 * of data and of settings. Others may not look into them: folders are 0700, files are 0600. */

/* Whether @path is inside one of these folders. */
gboolean numeral_private_contains (const char *path);

/* Creates @folder, which is inside one of them, with its parents. Blocks. G_IO_ERROR_*. */
gboolean numeral_private_make (const char *folder, GError **error);

/* (transfer full) (nullable): folder @i, from 0; %NULL after the last one. */
char *numeral_private_folder (guint i);

G_END_DECLS
