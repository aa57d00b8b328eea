/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-key.h"

G_BEGIN_DECLS

/* Seconds in which the keyring, or the person whom the desktop asks to unlock it, must answer. */
#define NUMERAL_KEYRING_TIMEOUT 60

/* The keyring of the desktop, through libsecret: a Secret Service such as GNOME Keyring or
 * KWallet, and in a sandbox a file that the desktop's portal has the key of. It has one item for a
 * vault, with a random key that opens a slot. These functions block for at most @timeout seconds:
 * not in the main thread. @cancellable: (nullable). G_IO_ERROR_CANCELLED;
 * NUMERAL_PROTECT_ERROR_KEYRING without a keyring, or after @timeout. */

/* Keeps a key of the kind NUMERAL_KEY_KEYRING, in the place of an older one. */
gboolean numeral_keyring_store (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                                NumeralKey *key,
                                guint timeout,
                                GCancellable *cancellable,
                                GError **error);
/* (transfer full) (nullable): NUMERAL_PROTECT_ERROR_NO_KEY if the keyring has none for this vault
 */
NumeralKey *numeral_keyring_load (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                                  guint timeout,
                                  GCancellable *cancellable,
                                  GError **error);
/* Forgets it; it is no error if there is none. */
gboolean numeral_keyring_remove (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                                 guint timeout,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
