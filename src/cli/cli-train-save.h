/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-generator.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/* Whether the path can be written, before a long training and not after it. G_IO_ERROR_* */
gboolean cli_train_check_out (const char *out, GError **error);

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

/* The same for a generator. */
gboolean cli_train_save_generator (const NumeralGenerator *generator,
                                   const char *out,
                                   gboolean half,
                                   GError **error);

G_END_DECLS
