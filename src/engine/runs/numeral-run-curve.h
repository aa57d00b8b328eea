/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-history.h"

G_BEGIN_DECLS

/* The curve of a run on the disk: curve.bin, a header and every minibatch, and epochs.jsonl, a
 * line for each epoch. Both only ever grow, so that all but the last record is good at whatever
 * moment they are cut off. Their paths are a prefix, a folder with its separator or the beginning
 * of a name, and these names. */
#define NUMERAL_CURVE_FILE "curve.bin"
#define NUMERAL_EPOCHS_FILE "epochs.jsonl"

/**
 * numeral_curve_read:
 * @prefix: of the paths
 *
 * Reads the curve as far as it is good: leaves out half-written records at the end, and epochs
 * beyond the last minibatch or after a damaged line. Blocks.
 *
 * Returns: (transfer full): empty where nothing was written yet; NN_ERROR_FORMAT,
 *   NN_ERROR_TOO_LARGE, G_IO_ERROR_*
 */
NumeralHistory *numeral_curve_read (const char *prefix, GError **error);
/* The same for the curve in a folder. */
NumeralHistory *numeral_curve_read_folder (const char *folder, GError **error);

/* Where a curve is written to. Owned by one thread. */
typedef struct _NumeralCurve NumeralCurve;

/* Cuts the files back to @history, which numeral_curve_read() gave, or begins anew
 * where it is empty. Blocks. G_IO_ERROR_*. */
NumeralCurve *
numeral_curve_open (const char *prefix, const NumeralHistory *history, GError **error);
void numeral_curve_free (NumeralCurve *curve);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralCurve, numeral_curve_free)

/* Adds minibatches (element-type NumeralStepPoint) and the lines of epochs, and waits until they
 * are on the disk. Where that fails nothing is added. Blocks. G_IO_ERROR_*. */
gboolean numeral_curve_append (NumeralCurve *curve,
                               const GArray *points,
                               const GString *epochs,
                               GError **error);

G_END_DECLS
