/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-key.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "numeral-recovery-text.h"

#define KEYRING_SIZE 32

struct _NumeralKey
{
  NumeralKeyKind kind;
  guint8 *data; /* [size], of sodium_malloc(), read-only */
  gsize size;
  int ref_count;
};

/* @data: (nullable): copied; random bytes if there are none */
static NumeralKey *
create (NumeralKeyKind kind, gconstpointer data, gsize size, GError **error)
{
  NumeralKey *self;
  guint8 *copy;

  if (!numeral_protect_init (error))
    return NULL;
  copy = sodium_malloc (size);
  if (copy == NULL)
    {
      numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_FAILED,
                            _ ("there is too little memory for the key; close other programs"));
      return NULL;
    }
  if (data != NULL)
    memcpy (copy, data, size);
  else
    randombytes_buf (copy, size);
  sodium_mprotect_readonly (copy);
  self = g_new0 (NumeralKey, 1);
  self->kind = kind;
  self->data = copy;
  self->size = size;
  self->ref_count = 1;
  return self;
}

NumeralKey *
numeral_key_new_passphrase (const char *text, GError **error)
{
  char *normal =
      g_utf8_validate (text, -1, NULL) ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;
  const gsize size = normal != NULL ? strlen (normal) : 0;
  NumeralKey *self = NULL;

  if (size > NUMERAL_PASSPHRASE_MAX || size == 0 ||
      g_utf8_strlen (normal, -1) < NUMERAL_PASSPHRASE_MIN)
    numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_WRONG_KEY,
                          _ ("a passphrase has at least %d letters, and at most %d bytes"),
                          NUMERAL_PASSPHRASE_MIN, NUMERAL_PASSPHRASE_MAX);
  else
    self = create (NUMERAL_KEY_PASSPHRASE, normal, size, error);
  if (normal != NULL)
    sodium_memzero (normal, size);
  g_free (normal);
  return self;
}

NumeralKey *
numeral_key_new_recovery (GError **error)
{
  return create (NUMERAL_KEY_RECOVERY, NULL, NUMERAL_RECOVERY_SIZE, error);
}

NumeralKey *
numeral_key_new_keyring (GError **error)
{
  return create (NUMERAL_KEY_KEYRING, NULL, KEYRING_SIZE, error);
}

NumeralKey *
numeral_key_parse_recovery (const char *text, GError **error)
{
  guint8 bytes[NUMERAL_RECOVERY_SIZE];
  NumeralKey *self;

  if (!numeral_protect_init (error) || !numeral_recovery_text_parse (text, bytes, error))
    return NULL;
  self = create (NUMERAL_KEY_RECOVERY, bytes, sizeof bytes, error);
  sodium_memzero (bytes, sizeof bytes);
  return self;
}

NumeralKey *
numeral_key_new_from_keyring (gconstpointer data, gsize size, GError **error)
{
  if (size == KEYRING_SIZE)
    return create (NUMERAL_KEY_KEYRING, data, size, error);
  numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_DAMAGED,
                        _ ("the key in the keyring is damaged; use the passphrase or the recovery "
                           "key"));
  return NULL;
}

NumeralKey *
numeral_key_ref (NumeralKey *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_key_unref (NumeralKey *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  sodium_free (self->data);
  g_free (self);
}

NumeralKeyKind
numeral_key_get_kind (NumeralKey *self)
{
  return self->kind;
}

const guint8 *
numeral_key_get_data (NumeralKey *self, gsize *size)
{
  *size = self->size;
  return self->data;
}

char *
numeral_key_dup_recovery_text (NumeralKey *self)
{
  g_return_val_if_fail (self->kind == NUMERAL_KEY_RECOVERY, NULL);

  return numeral_recovery_text_format (self->data);
}
