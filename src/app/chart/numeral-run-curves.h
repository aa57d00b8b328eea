/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-chart.h"
#include "numeral-history.h"

G_BEGIN_DECLS

/**
 * NumeralRunCurves:
 *
 * Shows the history of a run in the charts, without a copy.
 */
typedef struct _NumeralRunCurves NumeralRunCurves;

/* Borrows the charts, which must live longer. @epsilon: of differential privacy */
NumeralRunCurves *numeral_run_curves_new (NumeralChart *loss,
                                          NumeralChart *accuracy,
                                          NumeralChart *rate,
                                          NumeralChart *epsilon);
void numeral_run_curves_free (NumeralRunCurves *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunCurves, numeral_run_curves_free)

/* Begins another run: empties the charts. @epochs: its planned number of epochs, 0 if unknown. */
void numeral_run_curves_begin (NumeralRunCurves *self, guint epochs);
/* Shows @history, from its first to its newest samples. Call it again when it has changed. The
 * charts keep its series alive, and @history itself is not used later. */
void numeral_run_curves_update (NumeralRunCurves *self, const NumeralHistory *history);
/* @name: @history: (nullable): a run for comparison; %NULL for none. @history is not used later. */
void numeral_run_curves_set_earlier (NumeralRunCurves *self,
                                     const char *name,
                                     const NumeralHistory *history);

G_END_DECLS
