/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"
#include "numeral-hand-db.h"

G_BEGIN_DECLS

/* What an InkML file says that is written in it, for a sample that is not a digit. */
#define NUMERAL_HAND_TRUTH_NOT_A_DIGIT "not a digit"

/**
 * NumeralHandTransfer:
 * @cancellable: (nullable)
 * @progress: (nullable): called repeatedly in the calling thread
 *
 * How a caller follows an import or an export.
 */
typedef struct
{
  GCancellable *cancellable;
  NumeralDataProgress progress;
  gpointer user_data;
} NumeralHandTransfer;

/**
 * numeral_hand_import:
 * @path: a file of ink, InkML with its label or UNIPEN, or a folder of such files, also in folders
 *   below
 * @label: the label of all samples; -1 for those in the files
 * @n_added: (out): number of new samples
 * @n_left_out: (out): number of those without a label or ink, and of files that are no ink
 *
 * Adds the samples in one change, or none after an error. Pictures have no strokes and cannot be
 * imported. Blocks.
 *
 * Returns: %FALSE with INK_ERROR_EMPTY if there is no sample to add, or why a single file cannot be
 *   read; NUMERAL_HAND_ERROR_*, NN_ERROR_*, G_IO_ERROR_*, G_IO_ERROR_CANCELLED
 */
gboolean numeral_hand_import (NumeralHandDb *db,
                              const char *path,
                              int label,
                              const NumeralHandTransfer *transfer,
                              gsize *n_added,
                              gsize *n_left_out,
                              GError **error);

G_END_DECLS
