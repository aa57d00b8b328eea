/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/* The lock of a run's folder, flock(2). Every process holds it while it trains, moves or renames
 * the run. It ends with the process. All functions block. */

/* Makes the folder if it does not exist yet. Returns the lock for numeral_run_record_unlock(), or
 * -1 with G_IO_ERROR_BUSY or another G_IO_ERROR_*. */
int numeral_run_record_lock (NumeralRunRecord *record, GError **error);
void numeral_run_record_unlock (NumeralRunRecord *record, int lock);
/* Whether this record holds the lock: the run is trained in this window. Does not block. */
gboolean numeral_run_record_is_held (NumeralRunRecord *record);

/* Writes run.json with a new name. Keeps the figures that another program wrote. */
gboolean numeral_run_record_save_name (NumeralRunRecord *record, GError **error);

/* Whether any process holds the lock of @folder. Takes a shared lock for a moment, which
 * numeral_run_record_lock() waits for. */
gboolean numeral_run_folder_is_locked (const char *folder);

/* Finds out whether another window trains the run, and reads the progress that it made. */
void numeral_run_record_check (NumeralRunRecord *record);
/* Whether the last check found that another window trains the run. Does not block. */
gboolean numeral_run_record_is_elsewhere (NumeralRunRecord *record);
void numeral_run_record_set_elsewhere (NumeralRunRecord *record, gboolean elsewhere);

G_END_DECLS
