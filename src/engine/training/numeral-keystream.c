/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-keystream.h"

#include <sodium.h>
#include <string.h>

#include "numeral-vault.h"

struct _NumeralKeystream
{
  guint8 key[crypto_stream_chacha20_ietf_KEYBYTES];
};

NumeralKeystream *
numeral_keystream_new (GError **error)
{
  NumeralKeystream *self;

  if (!numeral_protect_init (error))
    return NULL;
  self = g_new (NumeralKeystream, 1);
  crypto_stream_chacha20_ietf_keygen (self->key);
  return self;
}

void
numeral_keystream_free (NumeralKeystream *self)
{
  sodium_memzero (self->key, sizeof self->key);
  g_free (self);
}

void
numeral_keystream_fill (
    gconstpointer keystream, guint64 stream, guint32 block, guint8 *bytes, gsize n)
{
  const NumeralKeystream *self = keystream;
  guint8 nonce[crypto_stream_chacha20_ietf_NONCEBYTES];

  G_STATIC_ASSERT (sizeof nonce == sizeof stream + sizeof block);
  memcpy (nonce, &stream, sizeof stream);
  memcpy (nonce + sizeof stream, &block, sizeof block);
  crypto_stream_chacha20_ietf (bytes, n, nonce, self->key);
}
