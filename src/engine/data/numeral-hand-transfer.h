/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-export.h"

G_BEGIN_DECLS

/* numeral_hand_import() and numeral_hand_export() in a thread, for the main thread: the callback is
 * called in its main context. Call numeral_hand_store_look() in it after an import. @percent:
 * (nullable): how far it is, for g_atomic_int_get(); valid until the callback. It stays 0 for a
 * single file. */

void numeral_hand_import_async (NumeralHandDb *db,
                                const char *path,
                                int label,
                                int *percent,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void numeral_hand_export_async (NumeralHandDb *db,
                                const NumeralHandExport *how,
                                const char *path,
                                int *percent,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* For both. @n_done: (out): number of samples added or written. @n_left_out: (out): see there */
gboolean numeral_hand_transfer_finish (GAsyncResult *result,
                                       gsize *n_done,
                                       gsize *n_left_out,
                                       GError **error);

G_END_DECLS
