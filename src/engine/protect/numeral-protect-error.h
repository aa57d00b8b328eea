/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NumeralProtectError:
 * @NUMERAL_PROTECT_ERROR_LOCKED: the vault of these bytes was not opened in this process
 * @NUMERAL_PROTECT_ERROR_WRONG_KEY: the passphrase or recovery key does not open the vault
 * @NUMERAL_PROTECT_ERROR_SLIP: the text is no recovery key: a slip in typing
 * @NUMERAL_PROTECT_ERROR_NO_KEY: the vault has no key of this kind, or it is the last one
 * @NUMERAL_PROTECT_ERROR_KEYRING: there is no keyring, it is locked, or it does not answer
 * @NUMERAL_PROTECT_ERROR_DAMAGED: the bytes were changed, cut off, or moved
 * @NUMERAL_PROTECT_ERROR_NEWER: a newer version of the program wrote the bytes
 * @NUMERAL_PROTECT_ERROR_STATE: protection is on already, or off already
 * @NUMERAL_PROTECT_ERROR_FAILED: anything else, such as too little memory
 *
 * After each of them everything is as it was before the call.
 */
typedef enum
{
  NUMERAL_PROTECT_ERROR_LOCKED,
  NUMERAL_PROTECT_ERROR_WRONG_KEY,
  NUMERAL_PROTECT_ERROR_SLIP,
  NUMERAL_PROTECT_ERROR_NO_KEY,
  NUMERAL_PROTECT_ERROR_KEYRING,
  NUMERAL_PROTECT_ERROR_DAMAGED,
  NUMERAL_PROTECT_ERROR_NEWER,
  NUMERAL_PROTECT_ERROR_STATE,
  NUMERAL_PROTECT_ERROR_FAILED,
} NumeralProtectError;

#define NUMERAL_PROTECT_ERROR (numeral_protect_error_quark ())
GQuark numeral_protect_error_quark (void);

/* Sets the error and returns %FALSE, so that a check is one statement. @format is translated. */
gboolean numeral_protect_fail (GError **error, NumeralProtectError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
