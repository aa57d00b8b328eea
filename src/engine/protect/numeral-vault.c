/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-vault.h"

#include <glib/gi18n-lib.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define MIN_PADDED 2048
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define PURPOSE "numeral/record/1"
/* Of crypto_kdf: the same for both keys; numbers of the keys. */
#define KDF_CONTEXT "NumVault"
#define KDF_RECORDS 1
#define KDF_FILES 2

G_STATIC_ASSERT (NUMERAL_VAULT_KEY_SIZE == crypto_kdf_KEYBYTES);
G_STATIC_ASSERT (NUMERAL_VAULT_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (NUMERAL_VAULT_KEY_SIZE == crypto_secretstream_xchacha20poly1305_KEYBYTES);

typedef struct
{
  guint8 main[NUMERAL_VAULT_KEY_SIZE];
  guint8 records[NUMERAL_VAULT_KEY_SIZE];
  guint8 files[NUMERAL_VAULT_KEY_SIZE];
} Keys;

struct _NumeralVault
{
  guint8 id[NUMERAL_VAULT_ID_SIZE];
  Keys *keys; /* of sodium_malloc(), read-only */
  int ref_count;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
/* Protected by the mutex. */
static GSList *kept; /* NumeralVault; a process has one or two */
static GSList *held; /* all, without a reference */
static guint64 generation = 1;

gboolean
numeral_protect_init (GError **error)
{
  /* Thread-safe; not 0 from the second call on. */
  return sodium_init () >= 0 ||
         numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_FAILED,
                               _ ("encryption cannot be used: the system gives no random numbers"));
}

NumeralVault *
numeral_vault_new_from_key (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                            const guint8 key[NUMERAL_VAULT_KEY_SIZE],
                            GError **error)
{
  NumeralVault *self;
  Keys *keys;

  if (!numeral_protect_init (error))
    return NULL;
  keys = sodium_malloc (sizeof (Keys));
  if (keys == NULL)
    {
      numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_FAILED,
                            _ ("there is too little memory for the key; close other programs"));
      return NULL;
    }
  memcpy (keys->main, key, sizeof keys->main);
  crypto_kdf_derive_from_key (keys->records, sizeof keys->records, KDF_RECORDS, KDF_CONTEXT,
                              keys->main);
  crypto_kdf_derive_from_key (keys->files, sizeof keys->files, KDF_FILES, KDF_CONTEXT, keys->main);
  sodium_mprotect_readonly (keys);
  self = g_new0 (NumeralVault, 1);
  memcpy (self->id, id, sizeof self->id);
  self->keys = keys;
  self->ref_count = 1;
  pthread_mutex_lock (&mutex);
  held = g_slist_prepend (held, self);
  pthread_mutex_unlock (&mutex);
  return self;
}

NumeralVault *
numeral_vault_new (GError **error)
{
  guint8 id[NUMERAL_VAULT_ID_SIZE], key[NUMERAL_VAULT_KEY_SIZE];
  NumeralVault *self;

  if (!numeral_protect_init (error))
    return NULL;
  randombytes_buf (id, sizeof id);
  crypto_kdf_keygen (key);
  self = numeral_vault_new_from_key (id, key, error);
  sodium_memzero (key, sizeof key);
  return self;
}

NumeralVault *
numeral_vault_ref (NumeralVault *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_vault_unref (NumeralVault *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  pthread_mutex_lock (&mutex);
  held = g_slist_remove (held, self);
  pthread_mutex_unlock (&mutex);
  /* Wipes it, too. */
  sodium_free (self->keys);
  g_free (self);
}

const guint8 *
numeral_vault_get_id (NumeralVault *self)
{
  return self->id;
}

const guint8 *
numeral_vault_get_key (NumeralVault *self)
{
  return self->keys->main;
}

const guint8 *
numeral_vault_get_file_key (NumeralVault *self)
{
  return self->keys->files;
}

gsize
numeral_vault_padded_size (gsize size)
{
  gsize padded = MIN_PADDED;

  while (padded <= size)
    padded *= 2;
  return padded;
}

/* (transfer full): what is authenticated with a record, so that it opens nowhere else. */
static GByteArray *
make_place (NumeralVault *self, const char *kind, gint64 number)
{
  GByteArray *place = g_byte_array_new ();
  const guint64 bytes = GUINT64_TO_LE ((guint64) number);

  g_byte_array_append (place, (const guint8 *) PURPOSE, sizeof PURPOSE);
  g_byte_array_append (place, self->id, sizeof self->id);
  g_byte_array_append (place, (const guint8 *) &bytes, sizeof bytes);
  g_byte_array_append (place, (const guint8 *) kind, (guint) strlen (kind));
  return place;
}

GBytes *
numeral_vault_seal (
    NumeralVault *self, const char *kind, gint64 number, gconstpointer data, gsize size)
{
  g_autoptr (GByteArray) place = make_place (self, kind, number);
  const gsize padded = numeral_vault_padded_size (size);
  guint8 *sealed = g_malloc (NONCE + padded + TAG);
  guint8 *body = sealed + NONCE;
  gsize filled;

  g_assert (size < (gsize) 1 << 30);
  if (size > 0)
    memcpy (body, data, size);
  if (sodium_pad (&filled, body, size, padded, padded) != 0 || filled != padded)
    g_assert_not_reached ();
  randombytes_buf (sealed, NONCE);
  /* In place, which libsodium allows. */
  crypto_aead_xchacha20poly1305_ietf_encrypt (body, NULL, body, padded, place->data, place->len,
                                              NULL, sealed, self->keys->records);
  return g_bytes_new_take (sealed, NONCE + padded + TAG);
}

static GBytes *
fail_damaged (GError **error)
{
  numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_DAMAGED,
                        _ ("its encrypted record is damaged or was moved"));
  return NULL;
}

GBytes *
numeral_vault_open (NumeralVault *self,
                    const char *kind,
                    gint64 number,
                    gconstpointer data,
                    gsize size,
                    GError **error)
{
  g_autoptr (GByteArray) place = NULL;
  g_autofree guint8 *body = NULL;
  const guint8 *sealed = data;
  gsize padded, filled;

  if (size < NONCE + MIN_PADDED + TAG || size > G_MAXINT32)
    return fail_damaged (error);
  padded = size - NONCE - TAG;
  place = make_place (self, kind, number);
  body = g_malloc (padded);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (body, NULL, NULL, sealed + NONCE, padded + TAG,
                                                  place->data, place->len, sealed,
                                                  self->keys->records) != 0 ||
      sodium_unpad (&filled, body, padded, padded) != 0)
    return fail_damaged (error);
  return g_bytes_new_take (g_steal_pointer (&body), filled);
}

/* With the mutex held. */
static GSList *
find_link (const guint8 *id)
{
  for (GSList *link = kept; link != NULL; link = link->next)
    if (memcmp (((NumeralVault *) link->data)->id, id, NUMERAL_VAULT_ID_SIZE) == 0)
      return link;
  return NULL;
}

void
numeral_vault_keep (NumeralVault *vault)
{
  pthread_mutex_lock (&mutex);
  if (find_link (vault->id) == NULL)
    {
      kept = g_slist_prepend (kept, numeral_vault_ref (vault));
      generation++;
    }
  pthread_mutex_unlock (&mutex);
}

NumeralVault *
numeral_vault_find (const guint8 id[NUMERAL_VAULT_ID_SIZE])
{
  NumeralVault *vault = NULL;
  GSList *link;

  pthread_mutex_lock (&mutex);
  link = find_link (id);
  if (link != NULL)
    vault = numeral_vault_ref (link->data);
  pthread_mutex_unlock (&mutex);
  return vault;
}

/* %FALSE if the last reference was dropped in another thread. */
static gboolean
try_ref (NumeralVault *self)
{
  int n = g_atomic_int_get (&self->ref_count);

  while (n > 0)
    {
      if (g_atomic_int_compare_and_exchange (&self->ref_count, n, n + 1))
        return TRUE;
      n = g_atomic_int_get (&self->ref_count);
    }
  return FALSE;
}

NumeralVault *
numeral_vault_find_held (const guint8 id[NUMERAL_VAULT_ID_SIZE])
{
  NumeralVault *vault = NULL;

  pthread_mutex_lock (&mutex);
  for (GSList *link = held; link != NULL && vault == NULL; link = link->next)
    if (memcmp (((NumeralVault *) link->data)->id, id, NUMERAL_VAULT_ID_SIZE) == 0 &&
        try_ref (link->data))
      vault = link->data;
  pthread_mutex_unlock (&mutex);
  return vault;
}

void
numeral_vault_forget (const guint8 id[NUMERAL_VAULT_ID_SIZE])
{
  NumeralVault *vault = NULL;
  GSList *link;

  pthread_mutex_lock (&mutex);
  link = find_link (id);
  if (link != NULL)
    {
      vault = link->data;
      kept = g_slist_delete_link (kept, link);
      generation++;
    }
  pthread_mutex_unlock (&mutex);
  g_clear_pointer (&vault, numeral_vault_unref);
}

guint64
numeral_vault_get_generation (void)
{
  guint64 now;

  pthread_mutex_lock (&mutex);
  now = generation;
  pthread_mutex_unlock (&mutex);
  return now;
}
