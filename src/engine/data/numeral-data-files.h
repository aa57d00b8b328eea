/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-data-report.h"

G_BEGIN_DECLS

/* A folder with more files is not one of digits. */
#define NUMERAL_DATA_MAX_FILES 1000000

/**
 * numeral_data_list_files:
 * @skip: (nullable): names of folders in @folder to leave out
 * @report: gets what cannot be read: folders without permission, pipes, devices, dangling links
 *
 * All regular files in @folder and the folders below it. Hidden files and folders are left out.
 * Symbolic links are followed, and each folder is listed once, so that a loop of links ends.
 *
 * Returns: (transfer full) (element-type utf8): paths relative to @folder, sorted by strcmp();
 *   NN_ERROR_TOO_LARGE, G_IO_ERROR_CANCELLED
 */
GPtrArray *numeral_data_list_files (const char *folder,
                                    const char *const *skip,
                                    NumeralDataReport *report,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
