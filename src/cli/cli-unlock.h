/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-db.h"

G_BEGIN_DECLS

/* How every verb gets the key of encrypted handwriting: when it is needed, and once. From
 * --passphrase-file or --recovery-key-file; otherwise from the keyring of the desktop; otherwise
 * the passphrase from the terminal. */

/* The two options, for each verb. Ended by an empty one. */
const GOptionEntry *cli_unlock_entries (void);
/* Whether one of them was given. */
gboolean cli_unlock_is_given (void);

/* Makes the engine ask for the key here. */
void cli_unlock_init (void);

/* Unlocks a database that is encrypted. NUMERAL_PROTECT_ERROR_*, NUMERAL_HAND_ERROR_* */
gboolean cli_unlock (NumeralHandDb *db, GError **error);

/* (transfer full): the text of --passphrase-file; %NULL without an error if there is none. Free it
 * with cli_secret_free(). */
gboolean cli_unlock_get_passphrase (char **text, GError **error);

G_END_DECLS
