/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NumeralKeystream:
 *
 * Random bytes that nobody can predict, for the samples and the noise of a private run: ChaCha20
 * (RFC 8439, through libsodium) under a new random key, which is never written anywhere. Immutable.
 */
typedef struct _NumeralKeystream NumeralKeystream;

/* (transfer full) (nullable): NUMERAL_PROTECT_ERROR_FAILED if the system gives no random numbers */
NumeralKeystream *numeral_keystream_new (GError **error);
/* Wipes the key. */
void numeral_keystream_free (NumeralKeystream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralKeystream, numeral_keystream_free)

/* An NnKeystream with a NumeralKeystream as its key. */
void numeral_keystream_fill (
    gconstpointer keystream, guint64 stream, guint32 block, guint8 *bytes, gsize n);

G_END_DECLS
