/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-run-data.h"

G_BEGIN_DECLS

/**
 * numeral_test_samples_load_async:
 * @n: how many, from the start
 *
 * Samples of the test split that belongs to the data of a run, to be looked at: they never reach
 * the trainer. Read in a thread.
 */
void numeral_test_samples_load_async (const NumeralRunConfig *config,
                                      guint n,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) (nullable): %NULL without an error where the data have no such split. */
NnDataset *numeral_test_samples_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
