/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "numeral-hand-error.h"

G_BEGIN_DECLS

/* Private to hand: does what is still to do after encryption was switched on or off, as far as the
 * key is known and nobody is in the way; the rest stays for later. Outside of a transaction.
 * @has_lock: whether the caller holds numeral_hand_convert_lock() */
gboolean numeral_hand_finish (sqlite3 *db, const char *path, gboolean has_lock, GError **error);

G_END_DECLS
