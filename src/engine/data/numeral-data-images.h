/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/**
 * numeral_data_from_images:
 * @path: a folder of pictures and ink
 * @request: all of it but lazy
 * @report: gets what was left out, and why
 *
 * Every file of the split in @path and the folders below becomes 28x28 pixels as
 * numeral_document_load() reads it, in the order of the paths, on as many threads as there are
 * processors. What an InkML or a UNIPEN file says that is written in it is its label; otherwise
 * numeral_labels_find() says it. Blocks.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_NOT_FOUND if there are no samples of this split;
 *   INK_ERROR_FORMAT if there is no picture or ink at all; INK_ERROR_EMPTY if none is a digit with
 *   a label, with what is in the report; NN_ERROR_TOO_LARGE, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_data_from_images (const char *path,
                                     const NumeralDataRequest *request,
                                     NumeralDataReport *report,
                                     GError **error);

G_END_DECLS
