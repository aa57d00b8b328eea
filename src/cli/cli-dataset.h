/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/**
 * cli_dataset_load:
 * @path: "mnist" is the MNIST that the program finds, and "handwriting" is one's own, unless there
 *   is such a file
 *
 * A data set of the command line, its digits upright. (transfer full); errors as
 * numeral_data_load().
 */
NnDataset *cli_dataset_load (const char *path, const NumeralDataRequest *request, GError **error);

/* Whether this is one's own handwriting: "handwriting", unless there is such a file. */
gboolean cli_dataset_is_handwriting (const char *path);

/**
 * cli_dataset_parse_split:
 * @text: (nullable): "train" or "test"; %NULL for "test"
 *
 * Returns: %FALSE with NN_ERROR_CONFIG
 */
gboolean cli_dataset_parse_split (const char *text, NumeralSplit *split, GError **error);

G_END_DECLS
