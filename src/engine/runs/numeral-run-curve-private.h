/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-curve.h"

G_BEGIN_DECLS

/* Private to numeral-run-curve*.c: the header of curve.bin, which NumeralStepPoint records follow.
 */

#define NUMERAL_CURVE_MAGIC "NUMCURVE"
#define NUMERAL_CURVE_VERSION 1

/* In host byte order like the checkpoint: a run continues to the same curve only on the machine
 * that wrote it. A machine of the other byte order rejects the version. */
typedef struct
{
  char magic[8];
  guint32 version;
  guint32 record_size;
  guint64 steps_per_epoch;
} NumeralCurveHeader;

G_END_DECLS
