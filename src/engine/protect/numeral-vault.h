/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-protect-error.h"

G_BEGIN_DECLS

/* Bytes of the number that tells vaults apart, and of the key. */
#define NUMERAL_VAULT_ID_SIZE 16
#define NUMERAL_VAULT_KEY_SIZE 32

/**
 * NumeralVault:
 *
 * The random key that encrypts a person's handwriting, unlocked. The key is in memory that is not
 * swapped where the system allows it, and is wiped when the vault is freed. A password only opens
 * the vault (numeral-slot.h), so that a new password encrypts nothing anew. Records are
 * XChaCha20-Poly1305 with random nonces. Immutable; reference-counted (atomic); any thread.
 */
typedef struct _NumeralVault NumeralVault;

/* (transfer full) (nullable): a vault with a new random key. NUMERAL_PROTECT_ERROR_FAILED */
NumeralVault *numeral_vault_new (GError **error);
/* (transfer full) (nullable): the vault of this number and key. NUMERAL_PROTECT_ERROR_FAILED */
NumeralVault *numeral_vault_new_from_key (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                                          const guint8 key[NUMERAL_VAULT_KEY_SIZE],
                                          GError **error);
NumeralVault *numeral_vault_ref (NumeralVault *self);
void numeral_vault_unref (NumeralVault *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralVault, numeral_vault_unref)

/* [NUMERAL_VAULT_ID_SIZE]: no secret */
const guint8 *numeral_vault_get_id (NumeralVault *self);
/* [NUMERAL_VAULT_KEY_SIZE]: to be put into a slot; do not copy it elsewhere */
const guint8 *numeral_vault_get_key (NumeralVault *self);
/* [NUMERAL_VAULT_KEY_SIZE]: the key of whole files, derived from that one */
const guint8 *numeral_vault_get_file_key (NumeralVault *self);

/* The size to which @size bytes are padded, at least one more: a power of two from 2 KiB. */
gsize numeral_vault_padded_size (gsize size);

/**
 * numeral_vault_seal:
 * @kind: what the record is; it opens only as the same kind
 * @number: of the record; it opens only with the same number
 * @size: bytes, below 1 GiB
 *
 * Returns: (transfer full): nonce, ciphertext of the padded bytes, and tag
 */
GBytes *numeral_vault_seal (
    NumeralVault *self, const char *kind, gint64 number, gconstpointer data, gsize size);

/**
 * numeral_vault_open:
 * @data: untrusted
 *
 * Returns: (transfer full) (nullable): the bytes that were sealed; NUMERAL_PROTECT_ERROR_DAMAGED
 */
GBytes *numeral_vault_open (NumeralVault *self,
                            const char *kind,
                            gint64 number,
                            gconstpointer data,
                            gsize size,
                            GError **error);

/* The vaults that are unlocked in this process, by number: whoever reads a sealed record or file
 * finds its vault here. Any thread. */
void numeral_vault_keep (NumeralVault *vault);
/* (transfer full) (nullable) */
NumeralVault *numeral_vault_find (const guint8 id[NUMERAL_VAULT_ID_SIZE]);
/* (transfer full) (nullable): also one that was forgotten, while something still holds it. Only to
 * encrypt what belongs to that. */
NumeralVault *numeral_vault_find_held (const guint8 id[NUMERAL_VAULT_ID_SIZE]);
/* Locks: the keys are wiped when the last call that uses them returns. */
void numeral_vault_forget (const guint8 id[NUMERAL_VAULT_ID_SIZE]);
/* A number that grows with each change of them. */
guint64 numeral_vault_get_generation (void);

/* Initialises libsodium once. %FALSE if the system has no randomness. */
gboolean numeral_protect_init (GError **error);

G_END_DECLS
