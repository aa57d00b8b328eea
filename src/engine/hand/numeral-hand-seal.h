/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-vault.h"

G_BEGIN_DECLS

/* Private to hand: one file that is encrypted or decrypted. */

/* Of the largest file, a model. */
#define NUMERAL_HAND_FILE_MAX ((gsize) 512 << 20)

/* Whether it is encrypted now. A few bytes are read. */
gboolean numeral_hand_seal_is (const char *path);
/* Encrypts or decrypts it. May be repeated after a kill: a file that is as it shall be stays, and
 * one that is not there is none. G_IO_ERROR_*, NUMERAL_PROTECT_ERROR_* */
gboolean
numeral_hand_seal_file (const char *path, NumeralVault *vault, gboolean seal, GError **error);
/* Removes a plain file, and overwrites what it was. */
void numeral_hand_seal_remove (const char *path);

G_END_DECLS
