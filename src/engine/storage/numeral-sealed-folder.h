/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-vault.h"

G_BEGIN_DECLS

/* A folder in which every file is encrypted: it has a mark that names the vault. NumeralDraft, and
 * so numeral_file_write(), seals whatever is written there, in any process, and nothing of it is on
 * the disk before. The mark counts for the folders directly inside, too. Only folders of
 * numeral-private.h have marks. All functions block. */

#define NUMERAL_SEALED_FOLDER_MARK ".protected"

/* Writes the mark, and syncs it. G_IO_ERROR_* */
gboolean numeral_sealed_folder_mark (const char *folder, NumeralVault *vault, GError **error);
/* A folder without a mark is no error. G_IO_ERROR_* */
gboolean numeral_sealed_folder_unmark (const char *folder, GError **error);
gboolean numeral_sealed_folder_is (const char *folder);

/**
 * numeral_sealed_folder_find:
 * @path: of a file
 * @vault: (out) (transfer full) (nullable): what seals it; %NULL if its folder is plain
 *
 * The vault is found while anything in this process holds it, such as a run that is being trained
 * while the handwriting is locked.
 *
 * Returns: %FALSE with NUMERAL_PROTECT_ERROR_LOCKED, _DAMAGED
 */
gboolean numeral_sealed_folder_find (const char *path, NumeralVault **vault, GError **error);

G_END_DECLS
