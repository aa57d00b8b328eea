/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/* Private to the engine: what stores and trainers do with a NumeralRun. */

NumeralRun *numeral_run_new (NumeralRunRecord *record);
/* (transfer none) */
NumeralRunRecord *numeral_run_get_record (NumeralRun *self);
/* Takes over what the training thread wrote into the record, and notifies of what changed. */
void numeral_run_refresh (NumeralRun *self);

G_END_DECLS
