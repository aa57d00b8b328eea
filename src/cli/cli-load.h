/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/* The model in the file @path, or the one that ships where %NULL. */
NumeralModel *cli_load_model (const char *path, GError **error);

/**
 * cli_split_writers:
 * @path: for messages
 * @writers: (element-type guint32)
 * @others: (out) (optional) (nullable): the samples of everybody else
 *
 * The samples of @writers alone. NN_ERROR_VALUE where the data set does not say who wrote
 * what, or where one of @writers has written nothing in it.
 */
NnDataset *cli_split_writers (NnDataset *dataset,
                              const char *path,
                              const GArray *writers,
                              NnDataset **others,
                              GError **error);

G_END_DECLS
