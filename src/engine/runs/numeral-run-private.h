/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/* Private to the engine: the functions of NumeralRun for the store and the trainer. */

NumeralRun *numeral_run_new (NumeralRunRecord *record);
/* (transfer none) */
NumeralRunRecord *numeral_run_get_record (NumeralRun *self);
/* Updates the properties from the record, which the training thread writes, and notifies. */
void numeral_run_refresh (NumeralRun *self);

G_END_DECLS
