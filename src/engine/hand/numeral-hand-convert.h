/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-vault.h"

G_BEGIN_DECLS

/* Private to hand: the files that belong to the database @path, and their conversion. */

/* (transfer full): the path of the last drawing. */
char *numeral_hand_convert_drawing (const char *path);

/* Encrypts or decrypts the files that are not so yet. The caller holds numeral_hand_convert_lock().
 * G_IO_ERROR_*, NUMERAL_PROTECT_ERROR_*; those before the one that failed are converted. */
gboolean
numeral_hand_convert_files (const char *path, NumeralVault *vault, gboolean seal, GError **error);

/* Whether nothing is in the way of a switch: NUMERAL_PROTECT_ERROR_STATE while a run on the
 * handwriting is being trained. */
gboolean numeral_hand_convert_check (const char *path, GError **error);

/* The lock of one thread that writes or converts the files. @wait: for another that holds it. @fd:
 * (out): for numeral_hand_convert_unlock(). %FALSE if another holds it. */
gboolean numeral_hand_convert_lock (const char *path, gboolean wait, int *fd);
void numeral_hand_convert_unlock (int fd);

G_END_DECLS
