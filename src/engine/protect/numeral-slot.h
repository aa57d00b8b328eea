/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-key.h"

G_BEGIN_DECLS

/**
 * NumeralSlotLimits:
 * @memory: bytes that one guess of a passphrase takes
 * @passes: over that memory
 *
 * The work of Argon2id. It is stored in the slot, so that later versions may ask for more.
 */
typedef struct
{
  guint64 memory;
  guint32 passes;
} NumeralSlotLimits;

/* libsodium's MODERATE: 256 MiB, three passes; under a second on a desktop. */
extern const NumeralSlotLimits numeral_slot_limits;
/* The least that may be stored, for tests. */
extern const NumeralSlotLimits numeral_slot_limits_least;

/* A slot is the key of a vault, encrypted with a key that a person or the desktop has; a vault has
 * several, and each opens it. All of 124 bytes, little-endian: "NumS", version 1, kind, two zeros,
 * memory, passes, salt, nonce, the encrypted key with its tag, and a hash of what precedes, by
 * which damage is told from a wrong key. */

/**
 * numeral_slot_new:
 * @limits: (nullable): %NULL for numeral_slot_limits; only of a passphrase
 *
 * Takes the time of Argon2id for a passphrase: not in the main thread.
 *
 * Returns: (transfer full) (nullable): NUMERAL_PROTECT_ERROR_FAILED if there is too little memory
 */
GBytes *numeral_slot_new (NumeralVault *vault,
                          NumeralKey *key,
                          const NumeralSlotLimits *limits,
                          GError **error);

/**
 * numeral_slot_open:
 * @slot: untrusted
 * @id: of the vault
 *
 * Takes the time of Argon2id for a passphrase: not in the main thread.
 *
 * Returns: (transfer full) (nullable): the vault, which is not kept yet;
 *   NUMERAL_PROTECT_ERROR_WRONG_KEY, _NO_KEY if the slot is of another kind than @key, _DAMAGED,
 *   _NEWER, _FAILED
 */
NumeralVault *numeral_slot_open (GBytes *slot,
                                 const guint8 id[NUMERAL_VAULT_ID_SIZE],
                                 NumeralKey *key,
                                 GError **error);

/* Checks a slot from outside. @kind: (out) (optional). NUMERAL_PROTECT_ERROR_DAMAGED, _NEWER */
gboolean numeral_slot_check (GBytes *slot, NumeralKeyKind *kind, GError **error);

G_END_DECLS
