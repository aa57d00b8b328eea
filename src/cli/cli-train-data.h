/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-data.h"

G_BEGIN_DECLS

#define CLI_MAX_REPEAT 1000

/**
 * cli_train_data_load:
 * @specs: "PATH", "PATH:REPEAT", "generated:N" or "gan:FILE:N"; if a file with a name that ends in
 * ":4" exists, it is not a repetition
 * @split: how samples of each part are held out for validation
 * @model: (nullable): see NumeralRunFeed
 *
 * Loads the data sets of a command line and joins them.
 *
 * Returns: (nullable): NN_ERROR_*, INK_ERROR_*, G_IO_ERROR_*; the message names the file
 */
NumeralRunData *cli_train_data_load (const char *const *specs,
                                     const NumeralRunSplit *split,
                                     const NumeralModel *model,
                                     GError **error);

/* The same without the samples of @left_out (nullable; numeral-left-out.h), which are of one of the
 * data sets: NN_ERROR_CONFIG if they are of none. */
NumeralRunData *cli_train_data_load_without (const char *const *specs,
                                             const NumeralRunSplit *split,
                                             const NumeralModel *model,
                                             const char *left_out,
                                             GError **error);

G_END_DECLS
