/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-source.h"

G_BEGIN_DECLS

/**
 * cli_dataset_load:
 * @path: "mnist" is the MNIST that the program finds, "handwriting" is one's own, and
 *   cli_dataset_parse_gan() takes those of a generator, with the seed 1, unless there is such a
 * file
 *
 * A data set of the command line, its digits upright. (transfer full); errors as
 * numeral_data_load().
 */
NnDataset *cli_dataset_load (const char *path, const NumeralDataRequest *request, GError **error);

/**
 * cli_dataset_parse_gan:
 * @spec: "gan:FILE:N" or "gan:FILE:3=600,7=600" is samples of a trained generator, unless there is
 *   such a file
 * @source: (out) (nullable): %NULL if @spec is something else
 *
 * Returns: %FALSE with NN_ERROR_CONFIG
 */
gboolean
cli_dataset_parse_gan (const char *spec, guint64 seed, NumeralSource **source, GError **error);

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
