/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-run-data.h"

G_BEGIN_DECLS

/**
 * numeral_test_samples_load_async:
 * @n: number of samples, from the start
 *
 * Loads samples of the test split of a run's data, for display: they never reach the trainer.
 * Reads them in a thread.
 */
void numeral_test_samples_load_async (const NumeralRunConfig *config,
                                      guint n,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) (nullable): %NULL without an error if the data has no test split. */
NnDataset *numeral_test_samples_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
