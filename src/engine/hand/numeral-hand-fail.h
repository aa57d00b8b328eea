/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "numeral-hand-error.h"

G_BEGIN_DECLS

/* Private to hand. */

/* Sets the error of code @code of SQLite, which may be an extended one, and returns %FALSE.
 * @db: (nullable): the connection that gave it. @path: the file, for the message */
gboolean numeral_hand_fail (GError **error, sqlite3 *db, int code, const char *path);
/* The same for an errno. */
gboolean numeral_hand_fail_errno (GError **error, int code, const char *path);

G_END_DECLS
