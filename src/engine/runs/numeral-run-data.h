/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-data.h"
#include "numeral-run-config.h"

G_BEGIN_DECLS

/**
 * NumeralRunData:
 * @train: never %NULL
 * @validation: (nullable)
 * @n_rejected: damaged samples that were left out
 *
 * What a run trains on and is measured by.
 */
typedef struct
{
  NnDataset *train, *validation;
  gsize n_rejected;
} NumeralRunData;

/**
 * numeral_run_data_load:
 * @progress: (nullable): called in the calling thread, now and then
 *
 * Loads or generates the data of a run, and splits the validation set off: whole writers where the
 * data says who wrote what, for what counts is the writer nobody has seen; otherwise samples by
 * chance. The seed decides which; the same configuration and files give the same data. Blocks.
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
