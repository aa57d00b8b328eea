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
 * Runs side by side, a column each: how far they came, the figures of their best
 * epoch, and those settings that are not the same. The best figure of a line is bold.
 */

/* @runs: (element-type NumeralRun): none empties the table. What stands on the disk is read in a
 * thread, and appears when it is there. */
void numeral_runs_table_set_runs (NumeralRunsTable *self, GPtrArray *runs, NumeralTrainer *trainer);

G_END_DECLS
