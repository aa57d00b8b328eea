/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-log.h"
#include "numeral-session.h"

G_BEGIN_DECLS

/**
 * cli_train_run:
 * @log: (nullable)
 *
 * Steps the session to its end, or until cli_interrupted(), and shows the progress on the
 * standard error output; then finishes it. If the run cannot be saved, prints a warning and
 * continues the training.
 *
 * Returns: %FALSE with @error if the loss is no longer finite
 */
gboolean cli_train_run (
    NumeralSession *session, guint n_epochs, gboolean quiet, NumeralRunLog *log, GError **error);

G_END_DECLS
