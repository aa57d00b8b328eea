/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-download.h"

G_BEGIN_DECLS

/* MNIST's four archives, of Y. LeCun, C. Cortes and C. Burges (CC BY-SA 3.0), from public mirrors.
 * numeral_data_find_mnist() finds them in numeral_mnist_folder(). */

/* Sizes, checksums and mirrors. Static. */
const NumeralDownloadPlan *numeral_mnist_plan (void);

/* (transfer full): the folder for the archives: numeral/mnist in the user's data directory. */
char *numeral_mnist_folder (void);

/**
 * numeral_mnist_can_download:
 *
 * Whether to offer the download: built with libsoup, not in a sandbox without network, and the
 * network is available. The latter may change at any time (GNetworkMonitor::network-changed).
 */
gboolean numeral_mnist_can_download (void);

/* Whether the sandbox that a file like /.flatpak-info describes has access to the network.
 * Without a readable file there is no sandbox. */
gboolean numeral_mnist_sandbox_has_network (const char *info_path);

/* numeral_download_async() with numeral_mnist_plan(), of 11.6 MB. @folder: (nullable): NULL for
 * numeral_mnist_folder(). */
void numeral_mnist_download_async (const char *folder,
                                   GCancellable *cancellable,
                                   NumeralDownloadProgress progress,
                                   gpointer progress_data,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * numeral_mnist_download_finish:
 *
 * Returns: (transfer full): the folder, which now has all four archives. NUMERAL_DOWNLOAD_ERROR_*
 *   or G_IO_ERROR_CANCELLED
 */
char *numeral_mnist_download_finish (GAsyncResult *result, GError **error);

G_END_DECLS
