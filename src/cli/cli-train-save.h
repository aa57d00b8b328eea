/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * cli_train_save:
 * @out: the file that the user named
 *
 * Writes a model that took time to train. If @out cannot be written, because the disk is full or
 * its folder is gone, the model goes to the first of these folders that can: that of temporary
 * files, home.
 *
 * Returns: %FALSE if it is not in @out; the message says why, and where the model is
 */
gboolean cli_train_save (const NumeralModel *model, const char *out, gboolean half, GError **error);

G_END_DECLS
