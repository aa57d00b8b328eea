/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/* Private to the engine: the functions of NumeralRun for the store and the trainer. */

NumeralRun *numeral_run_new (NumeralRunRecord *record);
/* The order of lists: newest first, as numeral_run_folder_compare() has it. */
int numeral_run_compare (NumeralRun *a, NumeralRun *b);
/* Sets the place in this order, for a run whose folder is made now or later: the highest number is
 * first. */
void numeral_run_set_order (NumeralRun *self, guint64 number);
/* (transfer none) */
NumeralRunRecord *numeral_run_get_record (NumeralRun *self);
/* Updates the properties from the record, which other threads write, and notifies. */
void numeral_run_refresh (NumeralRun *self);

G_END_DECLS
