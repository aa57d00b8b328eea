/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-trainer.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RUNS_TABLE (numeral_runs_table_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRunsTable, numeral_runs_table, NUMERAL, RUNS_TABLE, GtkWidget)

/**
 * NumeralRunsTable:
 *
 * Compares runs, one in each column: their progress, the figures of their best epoch, and the
 * settings in which they differ. The best figure of a row is bold.
 */

/* @runs: (element-type NumeralRun): no runs empty the table. Figures from the disk are read in a
 *   thread and appear later. */
void numeral_runs_table_set_runs (NumeralRunsTable *self, GPtrArray *runs, NumeralTrainer *trainer);

G_END_DECLS
