/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-config.h"

G_BEGIN_DECLS

/**
 * cli_train_config_find:
 * @argv: before it is parsed
 *
 * Loads the run of "--config FILE", whose settings the other options override. %NULL without
 * @error if the option is not given.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_*, G_IO_ERROR_*; the message names the file
 */
NumeralRunConfig *cli_train_config_find (int argc, char **argv, GError **error);

G_END_DECLS
