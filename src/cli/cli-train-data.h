/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

#define CLI_MAX_REPEAT 1000

/**
 * CliPart:
 * @path: as it was given
 * @repeat: how often an epoch goes through its training samples
 * @by_writer: whether whole writers were held out, rather than a random share
 * @train: never %NULL
 * @validation: (nullable)
 *
 * One data set of those that are trained on together.
 */
typedef struct
{
  char *path;
  guint repeat;
  gboolean by_writer;
  gsize n_rejected;
  NnDataset *train, *validation;
} CliPart;

/**
 * CliTrainData:
 * @parts: (element-type CliPart): in the order given
 * @train: all parts, one after another, each as often as it is to be repeated
 * @validation: (nullable): all parts' validation samples, each once
 */
typedef struct
{
  GPtrArray *parts;
  NnDataset *train, *validation;
} CliTrainData;

/**
 * cli_train_data_load:
 * @specs: "PATH" or "PATH:REPEAT"; a file whose name really ends in ":4" wins over a repetition
 * @share: of each part for validation, decided by @seed
 * @writers: (nullable) (element-type guint32): in parts that say who wrote what, these are
 *   for validation instead
 *
 * Returns: (nullable): NN_ERROR_*, INK_ERROR_*, G_IO_ERROR_*; the message names the file
 */
CliTrainData *cli_train_data_load (
    const char *const *specs, double share, const GArray *writers, guint64 seed, GError **error);
/* Of one part alone, which it takes over. */
CliTrainData *cli_train_data_new_for_part (CliPart *part);
void cli_train_data_free (CliTrainData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTrainData, cli_train_data_free)

G_END_DECLS
