/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-vault.h"

G_BEGIN_DECLS

/* A whole file, encrypted: "NumSeal", version 1, the number of the vault, and a stream of libsodium
 * (crypto_secretstream_xchacha20poly1305) of the padded bytes in pieces of 64 KiB, the last of
 * which is marked. A file that is cut off, or whose pieces change places, does not open. */

/* Whether the bytes begin as a sealed file of any version. */
gboolean numeral_sealed_file_is (GBytes *bytes);

/* Most bytes that are sealed. */
#define NUMERAL_SEALED_FILE_MAX (((gsize) 1 << 30) - 1)

/* (transfer full): @bytes has at most NUMERAL_SEALED_FILE_MAX. */
GBytes *numeral_sealed_file_seal (NumeralVault *vault, GBytes *bytes);

/**
 * numeral_sealed_file_open:
 * @bytes: untrusted
 *
 * The vault is one that numeral_vault_keep() has got.
 *
 * Returns: (transfer full) (nullable): NUMERAL_PROTECT_ERROR_LOCKED, _DAMAGED, _NEWER
 */
GBytes *numeral_sealed_file_open (GBytes *bytes, GError **error);

/* @func: called by numeral_sealed_file_open() with the number of a vault that is not kept: keeps
 * it, or fails. For programs that ask for a key when it is needed. %NULL: nobody is asked. Set it
 * before there are threads. */
void numeral_sealed_file_set_unlocker (gboolean (*func) (const guint8 *id, GError **error));

/* The number of the vault. NUMERAL_PROTECT_ERROR_DAMAGED, _NEWER */
gboolean
numeral_sealed_file_get_id (GBytes *bytes, guint8 id[NUMERAL_VAULT_ID_SIZE], GError **error);

G_END_DECLS
