/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-vault.h"

G_BEGIN_DECLS

/**
 * NumeralKeyKind:
 * @NUMERAL_KEY_PASSPHRASE: a text that a person knows; Argon2id makes guessing slow
 * @NUMERAL_KEY_RECOVERY: random, written down by a person: numeral-recovery-text.h
 * @NUMERAL_KEY_KEYRING: random, kept by the desktop: numeral-keyring.h
 *
 * The numbers are written into slots.
 */
typedef enum
{
  NUMERAL_KEY_PASSPHRASE = 1,
  NUMERAL_KEY_RECOVERY = 2,
  NUMERAL_KEY_KEYRING = 3,
} NumeralKeyKind;

/* Letters that a passphrase has at least, and bytes at most. */
#define NUMERAL_PASSPHRASE_MIN 8
#define NUMERAL_PASSPHRASE_MAX 1024

/**
 * NumeralKey:
 *
 * A secret that opens a vault, in memory as that of NumeralVault. Immutable; reference-counted
 * (atomic).
 */
typedef struct _NumeralKey NumeralKey;

/* (transfer full) (nullable): the caller wipes @text. Normalised (NFC), so that another keyboard
 * gives the same bytes. NUMERAL_PROTECT_ERROR_WRONG_KEY for one that no vault can have: shorter
 * than NUMERAL_PASSPHRASE_MIN, longer, or not UTF-8; says what a new one must have. */
NumeralKey *numeral_key_new_passphrase (const char *text, GError **error);
/* (transfer full) (nullable): a new random one. NUMERAL_PROTECT_ERROR_FAILED */
NumeralKey *numeral_key_new_recovery (GError **error);
NumeralKey *numeral_key_new_keyring (GError **error);
/* (transfer full) (nullable): the recovery key that a person typed. NUMERAL_PROTECT_ERROR_SLIP */
NumeralKey *numeral_key_parse_recovery (const char *text, GError **error);
/* (transfer full) (nullable): of the bytes of a keyring. NUMERAL_PROTECT_ERROR_DAMAGED */
NumeralKey *numeral_key_new_from_keyring (gconstpointer data, gsize size, GError **error);
NumeralKey *numeral_key_ref (NumeralKey *self);
void numeral_key_unref (NumeralKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralKey, numeral_key_unref)

NumeralKeyKind numeral_key_get_kind (NumeralKey *self);
/* @size: (out). The bytes of the secret. */
const guint8 *numeral_key_get_data (NumeralKey *self, gsize *size);
/* (transfer full): a recovery key in its letters; free it with numeral_recovery_text_free() */
char *numeral_key_dup_recovery_text (NumeralKey *self);

G_END_DECLS
