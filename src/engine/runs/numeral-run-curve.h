/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-history.h"

G_BEGIN_DECLS

/* The curve of a run on the disk: curve.bin, a header and every minibatch, and epochs.jsonl, a
 * line for each epoch. Both are append-only, so that all records but the last are valid whenever
 * they are cut off. A path is a prefix followed by one of these names; the prefix is a folder
 * with its separator, or the beginning of a file name. */
#define NUMERAL_CURVE_FILE "curve.bin"
#define NUMERAL_EPOCHS_FILE "epochs.jsonl"

/**
 * numeral_curve_read:
 * @prefix: of the paths
 *
 * Reads the valid part of the curve: leaves out half-written records at the end, and epochs
 * beyond the last minibatch or after a damaged line. Blocks.
 *
 * Returns: (transfer full): empty if nothing was written yet; NN_ERROR_FORMAT,
 *   NN_ERROR_TOO_LARGE, G_IO_ERROR_*
 */
NumeralHistory *numeral_curve_read (const char *prefix, GError **error);
/* The same for the curve in a folder. @cancellable: (nullable) */
NumeralHistory *
numeral_curve_read_folder (const char *folder, GCancellable *cancellable, GError **error);
/* The same without the minibatches, which are counted and not read. */
NumeralHistory *numeral_curve_read_epochs (const char *folder, GError **error);

/* The open files of a curve that is being written. Owned by one thread. */
typedef struct _NumeralCurve NumeralCurve;

/* Cuts the files back to @history, a result of numeral_curve_read(), or begins new files if it
 * is empty. Blocks. G_IO_ERROR_*. */
NumeralCurve *
numeral_curve_open (const char *prefix, const NumeralHistory *history, GError **error);
void numeral_curve_free (NumeralCurve *curve);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralCurve, numeral_curve_free)

/* Appends minibatches (element-type NumeralStepPoint) and the lines of epochs, and syncs them.
 * On failure nothing is appended. Blocks. G_IO_ERROR_*. */
gboolean numeral_curve_append (NumeralCurve *curve,
                               const GArray *points,
                               const GString *epochs,
                               GError **error);

G_END_DECLS
