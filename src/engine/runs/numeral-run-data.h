/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-data.h"
#include "numeral-run-config.h"
#include "numeral-run-split.h"

G_BEGIN_DECLS

/**
 * NumeralRunPart:
 * @name: of the source: a path, or what the source is called
 * @repeat: how often an epoch goes through its training samples
 * @by_writer: whether whole writers are held out, rather than samples at random
 * @n_rejected: damaged samples that were left out
 * @train: never %NULL once it is split
 * @validation: (nullable)
 *
 * One data set of those that are trained on together.
 */
typedef struct
{
  char *name;
  guint repeat;
  gboolean by_writer;
  gsize n_rejected;
  NnDataset *train, *validation;
} NumeralRunPart;

void numeral_run_part_free (NumeralRunPart *part);
/* Fills in what it is to hold; takes @dataset over. As numeral_run_split(). */
gboolean numeral_run_part_split (NumeralRunPart *part,
                                 NnDataset *dataset,
                                 const NumeralRunSplit *split,
                                 GError **error);

/**
 * NumeralRunData:
 * @parts: (element-type NumeralRunPart): at least one
 * @train: all parts, one after another, each as often as it is repeated; never %NULL
 * @validation: (nullable): all parts' validation samples, each once
 *
 * The samples that a run trains on and is measured by.
 */
typedef struct
{
  GPtrArray *parts;
  NnDataset *train, *validation;
} NumeralRunData;

/* Joins @parts, which are split. NN_ERROR_SHAPE where their samples do not go together. */
NumeralRunData *numeral_run_data_new (GPtrArray *parts, GError **error);

/**
 * numeral_run_data_load:
 * @progress: (nullable): called in the calling thread, now and then
 *
 * Loads or generates the data of a run, which has one part, and splits the validation set off as
 * numeral_run_split() does. The same configuration and files give the same data. Blocks.
 *
 * Returns: (transfer full): NN_ERROR_*, INK_ERROR_*, G_IO_ERROR_*, G_IO_ERROR_CANCELLED
 */
NumeralRunData *numeral_run_data_load (const NumeralRunConfig *config,
                                       GCancellable *cancellable,
                                       NumeralDataProgress progress,
                                       gpointer user_data,
                                       GError **error);
void numeral_run_data_free (NumeralRunData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunData, numeral_run_data_free)

G_END_DECLS
