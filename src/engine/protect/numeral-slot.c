/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-slot.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define MAGIC "NumS"
#define VERSION 1
#define PURPOSE "numeral/slot/1"
#define HASH_SIZE 16
/* A forged slot may not ask for the memory of the whole machine, nor for hours. */
#define MAX_MEMORY ((guint64) 2 << 30)
#define MAX_PASSES 16

/* Where the parts begin. */
enum
{
  AT_VERSION = 4,
  AT_KIND = 5,
  AT_ZEROS = 6,
  AT_MEMORY = 8,
  AT_PASSES = 16,
  AT_SALT = 20,
  AT_NONCE = AT_SALT + crypto_pwhash_SALTBYTES,
  AT_KEY = AT_NONCE + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
  AT_HASH = AT_KEY + NUMERAL_VAULT_KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
  SLOT_SIZE = AT_HASH + HASH_SIZE,
};

G_STATIC_ASSERT (SLOT_SIZE == 124);
/* The salt of other kinds is the key of a hash. */
G_STATIC_ASSERT (crypto_pwhash_SALTBYTES >= crypto_generichash_KEYBYTES_MIN);

const NumeralSlotLimits numeral_slot_limits = { crypto_pwhash_argon2id_MEMLIMIT_MODERATE,
                                                crypto_pwhash_argon2id_OPSLIMIT_MODERATE };
const NumeralSlotLimits numeral_slot_limits_least = { crypto_pwhash_argon2id_MEMLIMIT_MIN,
                                                      crypto_pwhash_argon2id_OPSLIMIT_MIN };

static NumeralSlotLimits
read_limits (const guint8 *slot)
{
  NumeralSlotLimits limits;

  memcpy (&limits.memory, slot + AT_MEMORY, sizeof limits.memory);
  memcpy (&limits.passes, slot + AT_PASSES, sizeof limits.passes);
  limits.memory = GUINT64_FROM_LE (limits.memory);
  limits.passes = GUINT32_FROM_LE (limits.passes);
  return limits;
}

static gboolean
are_limits (const NumeralSlotLimits *limits)
{
  return limits->memory >= numeral_slot_limits_least.memory && limits->memory <= MAX_MEMORY &&
         limits->passes >= numeral_slot_limits_least.passes && limits->passes <= MAX_PASSES;
}

/* The key that encrypts the key of the vault. */
static gboolean
derive (NumeralKey *key, const guint8 *slot, guint8 derived[NUMERAL_VAULT_KEY_SIZE], GError **error)
{
  const NumeralSlotLimits limits = read_limits (slot);
  gsize size;
  const guint8 *data = numeral_key_get_data (key, &size);

  if (numeral_key_get_kind (key) != NUMERAL_KEY_PASSPHRASE)
    {
      crypto_generichash (derived, NUMERAL_VAULT_KEY_SIZE, data, size, slot + AT_SALT,
                          crypto_pwhash_SALTBYTES);
      return TRUE;
    }
  if (crypto_pwhash (derived, NUMERAL_VAULT_KEY_SIZE, (const char *) data, size, slot + AT_SALT,
                     limits.passes, (gsize) limits.memory, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_FAILED,
                               _ ("there is too little memory to check the passphrase; close other "
                                  "programs, and try again"));
}

/* (transfer full): what is authenticated with the key: the vault, and all before the nonce. */
static GByteArray *
make_place (const guint8 *id, const guint8 *slot)
{
  GByteArray *place = g_byte_array_new ();

  g_byte_array_append (place, (const guint8 *) PURPOSE, sizeof PURPOSE);
  g_byte_array_append (place, id, NUMERAL_VAULT_ID_SIZE);
  g_byte_array_append (place, slot, AT_NONCE);
  return place;
}

static void
compute_hash (const guint8 *slot, guint8 hash[HASH_SIZE])
{
  crypto_generichash (hash, HASH_SIZE, slot, AT_HASH, (const guint8 *) PURPOSE, sizeof PURPOSE - 1);
}

static void
write_head (guint8 *slot, NumeralKeyKind kind, const NumeralSlotLimits *limits)
{
  const guint64 memory = GUINT64_TO_LE (limits->memory);
  const guint32 passes = GUINT32_TO_LE (limits->passes);

  memcpy (slot, MAGIC, AT_VERSION);
  slot[AT_VERSION] = VERSION;
  slot[AT_KIND] = (guint8) kind;
  memcpy (slot + AT_MEMORY, &memory, sizeof memory);
  memcpy (slot + AT_PASSES, &passes, sizeof passes);
  randombytes_buf (slot + AT_SALT, AT_KEY - AT_SALT);
}

GBytes *
numeral_slot_new (NumeralVault *vault,
                  NumeralKey *key,
                  const NumeralSlotLimits *limits,
                  GError **error)
{
  g_autoptr (GByteArray) place = NULL;
  g_autofree guint8 *slot = g_malloc0 (SLOT_SIZE);
  guint8 derived[NUMERAL_VAULT_KEY_SIZE];

  if (limits == NULL || numeral_key_get_kind (key) != NUMERAL_KEY_PASSPHRASE)
    limits = &numeral_slot_limits;
  g_return_val_if_fail (are_limits (limits), NULL);

  write_head (slot, numeral_key_get_kind (key), limits);
  if (!derive (key, slot, derived, error))
    return NULL;
  place = make_place (numeral_vault_get_id (vault), slot);
  crypto_aead_xchacha20poly1305_ietf_encrypt (slot + AT_KEY, NULL, numeral_vault_get_key (vault),
                                              NUMERAL_VAULT_KEY_SIZE, place->data, place->len, NULL,
                                              slot + AT_NONCE, derived);
  sodium_memzero (derived, sizeof derived);
  compute_hash (slot, slot + AT_HASH);
  return g_bytes_new_take (g_steal_pointer (&slot), SLOT_SIZE);
}

static gboolean
fail_damaged (GError **error)
{
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_DAMAGED,
                               _ ("the record of this key is damaged; use another key, or put back "
                                  "a copy of the database"));
}

gboolean
numeral_slot_check (GBytes *slot, NumeralKeyKind *kind, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (slot, &size);
  guint8 hash[HASH_SIZE];
  NumeralSlotLimits limits;

  if (!numeral_protect_init (error))
    return FALSE;
  if (size <= AT_VERSION || memcmp (data, MAGIC, AT_VERSION) != 0)
    return fail_damaged (error);
  if (data[AT_VERSION] > VERSION)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NEWER,
                                 _ ("a newer version of Numeral made this key; install that "
                                    "version to use it"));
  if (size != SLOT_SIZE || data[AT_VERSION] != VERSION)
    return fail_damaged (error);
  compute_hash (data, hash);
  limits = read_limits (data);
  if (memcmp (hash, data + AT_HASH, HASH_SIZE) != 0 || data[AT_KIND] < NUMERAL_KEY_PASSPHRASE ||
      data[AT_KIND] > NUMERAL_KEY_KEYRING || data[AT_ZEROS] != 0 || data[AT_ZEROS + 1] != 0 ||
      !are_limits (&limits))
    return fail_damaged (error);
  if (kind != NULL)
    *kind = data[AT_KIND];
  return TRUE;
}

static gboolean
fail_wrong (NumeralKeyKind kind, GError **error)
{
  switch (kind)
    {
    case NUMERAL_KEY_PASSPHRASE:
      return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_WRONG_KEY,
                                   _ ("this is not the passphrase; nothing was changed, try again "
                                      "or use the recovery key"));
    case NUMERAL_KEY_RECOVERY:
      return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_WRONG_KEY,
                                   _ ("this is the recovery key of other handwriting, or an older "
                                      "one; nothing was changed"));
    case NUMERAL_KEY_KEYRING:
    default:
      return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_WRONG_KEY,
                                   _ ("the key in the keyring is that of other handwriting; use "
                                      "the passphrase or the recovery key"));
    }
}

NumeralVault *
numeral_slot_open (GBytes *slot,
                   const guint8 id[NUMERAL_VAULT_ID_SIZE],
                   NumeralKey *key,
                   GError **error)
{
  const guint8 *data = g_bytes_get_data (slot, NULL);
  g_autoptr (GByteArray) place = NULL;
  guint8 derived[NUMERAL_VAULT_KEY_SIZE], opened[NUMERAL_VAULT_KEY_SIZE];
  NumeralKeyKind kind;
  NumeralVault *vault = NULL;
  int code;

  if (!numeral_slot_check (slot, &kind, error))
    return NULL;
  if (kind != numeral_key_get_kind (key))
    {
      numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY,
                            _ ("this is a key of another kind"));
      return NULL;
    }
  if (!derive (key, data, derived, error))
    return NULL;
  place = make_place (id, data);
  code = crypto_aead_xchacha20poly1305_ietf_decrypt (opened, NULL, NULL, data + AT_KEY,
                                                     AT_HASH - AT_KEY, place->data, place->len,
                                                     data + AT_NONCE, derived);
  sodium_memzero (derived, sizeof derived);
  if (code == 0)
    vault = numeral_vault_new_from_key (id, opened, error);
  else
    fail_wrong (kind, error);
  sodium_memzero (opened, sizeof opened);
  return vault;
}
