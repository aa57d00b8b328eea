/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sealed-file.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define MAGIC "NumSeal"
#define MAGIC_SIZE (sizeof MAGIC - 1)
#define VERSION 1
/* Magic number, version, number of the vault: authenticated with each piece. */
#define HEAD_SIZE (MAGIC_SIZE + 1 + NUMERAL_VAULT_ID_SIZE)
#define STREAM_HEAD crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define PIECE ((gsize) 64 << 10)
#define OVERHEAD crypto_secretstream_xchacha20poly1305_ABYTES
#define MAX_SIZE ((gsize) 1 << 30)

typedef crypto_secretstream_xchacha20poly1305_state Stream;

static gboolean (*unlocker) (const guint8 *id, GError **error);

void
numeral_sealed_file_set_unlocker (gboolean (*func) (const guint8 *id, GError **error))
{
  unlocker = func;
}

gboolean
numeral_sealed_file_is (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size > MAGIC_SIZE && memcmp (data, MAGIC, MAGIC_SIZE) == 0;
}

GBytes *
numeral_sealed_file_seal (NumeralVault *vault, GBytes *bytes)
{
  gsize size, filled;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  const gsize padded = numeral_vault_padded_size (size);
  const gsize n_pieces = (padded + PIECE - 1) / PIECE;
  const gsize total = HEAD_SIZE + STREAM_HEAD + padded + n_pieces * OVERHEAD;
  g_autofree guint8 *plain = g_malloc (padded);
  guint8 *sealed = g_malloc (total);
  guint8 *at = sealed + HEAD_SIZE + STREAM_HEAD;
  Stream stream;

  g_assert (size < MAX_SIZE);
  if (size > 0)
    memcpy (plain, data, size);
  if (sodium_pad (&filled, plain, size, padded, padded) != 0)
    g_assert_not_reached ();
  memcpy (sealed, MAGIC, MAGIC_SIZE);
  sealed[MAGIC_SIZE] = VERSION;
  memcpy (sealed + MAGIC_SIZE + 1, numeral_vault_get_id (vault), NUMERAL_VAULT_ID_SIZE);
  crypto_secretstream_xchacha20poly1305_init_push (&stream, sealed + HEAD_SIZE,
                                                   numeral_vault_get_file_key (vault));
  for (gsize i = 0; i < n_pieces; i++)
    {
      const gsize n = MIN (PIECE, padded - i * PIECE);

      crypto_secretstream_xchacha20poly1305_push (
          &stream, at, NULL, plain + i * PIECE, n, sealed, HEAD_SIZE,
          i + 1 == n_pieces ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
      at += n + OVERHEAD;
    }
  sodium_memzero (&stream, sizeof stream);
  return g_bytes_new_take (sealed, total);
}

static gboolean
fail_damaged (GError **error)
{
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_DAMAGED,
                               _ ("this encrypted file is damaged or not complete; put back a "
                                  "copy, "
                                  "or delete it"));
}

gboolean
numeral_sealed_file_get_id (GBytes *bytes, guint8 id[NUMERAL_VAULT_ID_SIZE], GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (!numeral_sealed_file_is (bytes))
    return fail_damaged (error);
  if (data[MAGIC_SIZE] > VERSION)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NEWER,
                                 _ ("a newer version of Numeral encrypted this file; install that "
                                    "version to read it"));
  if (data[MAGIC_SIZE] != VERSION || size < HEAD_SIZE + STREAM_HEAD || size > 2 * MAX_SIZE)
    return fail_damaged (error);
  memcpy (id, data + MAGIC_SIZE + 1, NUMERAL_VAULT_ID_SIZE);
  return TRUE;
}

/* The padded bytes into @plain, of the size of @sealed; %FALSE if they are not those that were
 * sealed. */
static gboolean
decrypt (NumeralVault *vault, GBytes *sealed, guint8 *plain, gsize *padded)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  gsize at = HEAD_SIZE + STREAM_HEAD;
  guint8 tag = 0;
  gboolean right;
  Stream stream;

  *padded = 0;
  right = crypto_secretstream_xchacha20poly1305_init_pull (&stream, data + HEAD_SIZE,
                                                           numeral_vault_get_file_key (vault)) == 0;
  while (right && at < size && tag == 0)
    {
      const gsize n = MIN (PIECE + OVERHEAD, size - at);
      unsigned long long n_plain = 0;

      right = n > OVERHEAD &&
              crypto_secretstream_xchacha20poly1305_pull (&stream, plain + *padded, &n_plain, &tag,
                                                          data + at, n, data, HEAD_SIZE) == 0;
      at += n;
      *padded += (gsize) n_plain;
    }
  sodium_memzero (&stream, sizeof stream);
  return right && at == size && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

GBytes *
numeral_sealed_file_open (GBytes *bytes, GError **error)
{
  g_autoptr (NumeralVault) vault = NULL;
  g_autofree guint8 *plain = NULL;
  guint8 id[NUMERAL_VAULT_ID_SIZE];
  gsize padded, size;

  if (!numeral_sealed_file_get_id (bytes, id, error))
    return NULL;
  vault = numeral_vault_find (id);
  if (vault == NULL && unlocker != NULL)
    {
      if (!unlocker (id, error))
        return NULL;
      vault = numeral_vault_find (id);
    }
  if (vault == NULL)
    {
      numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_LOCKED,
                            _ ("this file is encrypted; unlock your handwriting to read it"));
      return NULL;
    }
  plain = g_malloc (g_bytes_get_size (bytes));
  if (!decrypt (vault, bytes, plain, &padded) || sodium_unpad (&size, plain, padded, padded) != 0)
    {
      fail_damaged (error);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&plain), size);
}
