/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-vault.h"

G_BEGIN_DECLS

/* Private to hand: the training runs that learned from the handwriting, as folders of files. What
 * runs/ knows of them is not needed here. */

/* (transfer full): the folder of the runs. @root: the folder above that of the database */
char *numeral_hand_runs_folder (const char *root);

/* Whether no such run is being trained. NUMERAL_PROTECT_ERROR_STATE */
gboolean numeral_hand_runs_check (const char *root, GError **error);

/**
 * numeral_hand_runs_convert:
 *
 * Encrypts or decrypts all files of each such run, also of deleted ones that can be put back. May
 * be repeated after a kill: what is as it shall be stays. While it is at it, nobody trains the run.
 *
 * Returns: %FALSE with the first error, G_IO_ERROR_BUSY if a run is being trained; the other runs
 *   are converted
 */
gboolean
numeral_hand_runs_convert (const char *root, NumeralVault *vault, gboolean seal, GError **error);

G_END_DECLS
