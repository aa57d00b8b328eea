/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-store.h"
#include "numeral-protection.h"

G_BEGIN_DECLS

/**
 * NumeralProtector:
 *
 * Says in the main thread how one's own handwriting is stored, plain, locked or unlocked, and runs
 * what changes that in a thread. After each change the store looks again.
 *
 * Signal "changed": what the functions below return has changed, here or by another program.
 */
#define NUMERAL_TYPE_PROTECTOR (numeral_protector_get_type ())
G_DECLARE_FINAL_TYPE (NumeralProtector, numeral_protector, NUMERAL, PROTECTOR, GObject)

NumeralProtector *numeral_protector_new (NumeralHandStore *store);

/* Looks how it is stored. If it is locked and the keyring has a key, that unlocks it. */
void numeral_protector_start (NumeralProtector *self);

/* (transfer none) (nullable): %NULL until it is known */
const NumeralHandProtection *numeral_protector_get (NumeralProtector *self);
gboolean numeral_protector_is_locked (NumeralProtector *self);
/* Whether the keyring is asked for its key. */
gboolean numeral_protector_is_waiting (NumeralProtector *self);
/* (nullable): why the keyring did not unlock it. */
const char *numeral_protector_get_problem (NumeralProtector *self);
/* Unlocks it with the key in the keyring; a failure becomes the problem. */
void numeral_protector_use_keyring (NumeralProtector *self);

/* numeral_protection_run_async() with the database of the store. */
void numeral_protector_run_async (NumeralProtector *self,
                                  const NumeralProtectionRequest *request,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* The errors of numeral_protection_run(). */
gboolean
numeral_protector_run_finish (NumeralProtector *self, GAsyncResult *result, GError **error);

/* For the end of the program: does not wait for the keyring any more. */
void numeral_protector_close (NumeralProtector *self);

G_END_DECLS
