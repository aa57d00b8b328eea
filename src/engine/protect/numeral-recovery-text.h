/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-protect-error.h"

G_BEGIN_DECLS

/* Random bytes of a recovery key. */
#define NUMERAL_RECOVERY_SIZE 20

/**
 * A recovery key that a person writes down: 35 letters and digits of Crockford's base 32 in seven
 * groups, such as "7K2QH-9F3MD-...". 32 of them are the 160 random bits; the last three are a
 * check of 15 bits, which is a hash of the bits: a slip of any kind is told, but for one in 32768.
 * O is read as 0; I and L are read as 1; case, spaces and dashes do not matter. See
 * https://www.crockford.com/base32.html.
 */

/* (transfer full): wipe it before it is freed, with numeral_recovery_text_free() */
char *numeral_recovery_text_format (const guint8 bytes[NUMERAL_RECOVERY_SIZE]);
void numeral_recovery_text_free (char *text);

/* @text: untrusted. NUMERAL_PROTECT_ERROR_SLIP */
gboolean
numeral_recovery_text_parse (const char *text, guint8 bytes[NUMERAL_RECOVERY_SIZE], GError **error);

G_END_DECLS
