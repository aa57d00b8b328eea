/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-protect.h"

G_BEGIN_DECLS

/**
 * Encryption of a person's handwriting, with the desktop's keyring, for a window and for the
 * command line. Typical uses in a window, all with numeral_protection_run_async():
 *
 * - At the start LOOK. If the outcome is locked: UNLOCK with @keyring if it has a key there; after
 * an error, or without one, ask for the passphrase (or the recovery key) and UNLOCK with it.
 * - Switch on: ON with @keyring; after NUMERAL_PROTECT_ERROR_KEYRING ask for a passphrase, and ON
 *   with it. Show the recovery key of the outcome, to be printed or written down; it is not kept.
 * - NumeralHandStore:generation is notified after numeral_hand_store_look(), which is called when
 *   the outcome has come; then counts and samples are there, or NUMERAL_HAND_ERROR_LOCKED.
 */

/**
 * NumeralProtectionAction:
 * @NUMERAL_PROTECTION_LOOK: only says how it is
 * @NUMERAL_PROTECTION_ON: encrypts; a passphrase, the keyring or both, and always a new recovery
 * key
 * @NUMERAL_PROTECTION_OFF: decrypts, when unlocked, and takes the key out of the keyring
 * @NUMERAL_PROTECTION_UNLOCK: with one of passphrase, recovery key and keyring
 * @NUMERAL_PROTECTION_LOCK: forgets the key in this process
 * @NUMERAL_PROTECTION_SET_PASSPHRASE: adds or changes it, when unlocked
 * @NUMERAL_PROTECTION_REMOVE_PASSPHRASE: when unlocked; the recovery key stays
 * @NUMERAL_PROTECTION_NEW_RECOVERY: in the place of the old one, when unlocked
 * @NUMERAL_PROTECTION_ADD_KEYRING: @NUMERAL_PROTECTION_REMOVE_KEYRING: when unlocked
 */
typedef enum
{
  NUMERAL_PROTECTION_LOOK,
  NUMERAL_PROTECTION_ON,
  NUMERAL_PROTECTION_OFF,
  NUMERAL_PROTECTION_UNLOCK,
  NUMERAL_PROTECTION_LOCK,
  NUMERAL_PROTECTION_SET_PASSPHRASE,
  NUMERAL_PROTECTION_REMOVE_PASSPHRASE,
  NUMERAL_PROTECTION_NEW_RECOVERY,
  NUMERAL_PROTECTION_ADD_KEYRING,
  NUMERAL_PROTECTION_REMOVE_KEYRING,
} NumeralProtectionAction;

/**
 * NumeralProtectionRequest:
 * @passphrase: (nullable): for ON, UNLOCK and SET_PASSPHRASE; the caller wipes it
 * @recovery: (nullable): what a person typed, for UNLOCK
 * @keyring: for ON and UNLOCK
 * @limits: (nullable): of a new passphrase; %NULL for numeral_slot_limits
 * @keep_recovery: (nullable): called with a new recovery key before anything changes, so that
 *   nothing is encrypted with a key that could not be written down; %FALSE with an error stops. In
 *   the thread of numeral_protection_run()
 * @data: for @keep_recovery
 */
typedef struct
{
  NumeralProtectionAction action;
  const char *passphrase;
  const char *recovery;
  gboolean keyring;
  const NumeralSlotLimits *limits;
  gboolean (*keep_recovery) (const char *text, gpointer data, GError **error);
  gpointer data;
} NumeralProtectionRequest;

/**
 * NumeralProtectionOutcome:
 * @protection: how it is afterwards
 * @recovery: (nullable): the new recovery key of ON and NEW_RECOVERY, in groups of letters
 */
typedef struct
{
  NumeralHandProtection protection;
  char *recovery;
} NumeralProtectionOutcome;

/* Wipes the recovery key. */
void numeral_protection_outcome_clear (NumeralProtectionOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumeralProtectionOutcome, numeral_protection_outcome_clear)

/* @outcome: (out): only after success. Blocks: for a second for a passphrase, for up to
 * NUMERAL_KEYRING_TIMEOUT for the keyring. @cancellable: (nullable): of waiting for the keyring; a
 * switch that has begun is not cancelled. NUMERAL_PROTECT_ERROR_*, NUMERAL_HAND_ERROR_*,
 * G_IO_ERROR_CANCELLED; after an error everything is as it was. */
gboolean numeral_protection_run (NumeralHandDb *db,
                                 const NumeralProtectionRequest *request,
                                 NumeralProtectionOutcome *outcome,
                                 GCancellable *cancellable,
                                 GError **error);

/* The same in a thread of its own; all of @request but @limits is copied. @callback: in the
 * thread's default main context, without a source object */
void numeral_protection_run_async (NumeralHandDb *db,
                                   const NumeralProtectionRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean numeral_protection_run_finish (GAsyncResult *result,
                                        NumeralProtectionOutcome *outcome,
                                        GError **error);

G_END_DECLS
