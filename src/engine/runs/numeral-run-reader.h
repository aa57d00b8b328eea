/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-root.h"

G_BEGIN_DECLS

/**
 * NumeralRunReader:
 *
 * Reads the runs of a folder in a thread, newest first. It tells of them in batches that are small
 * enough for a frame. Then it removes what processes that ended left behind. Runs that this
 * process creates meanwhile are left out.
 */
typedef struct _NumeralRunReader NumeralRunReader;

/* @records: (element-type NumeralRunRecord): in the order of numeral_run_folder_compare()
 * @done: whether these are the last ones
 * @error: (nullable): why the folder could not be read; with @done */
typedef void (*NumeralRunReadFunc) (GPtrArray *records,
                                    gboolean done,
                                    const GError *error,
                                    gpointer data);

/* Calls @func in the thread-default main context. */
NumeralRunReader *
numeral_run_reader_start (NumeralRunRoot *root, NumeralRunReadFunc func, gpointer data);
/* A reader that is paused begins nothing more. */
void numeral_run_reader_set_paused (NumeralRunReader *reader, gboolean paused);
/* Ends the reading without waiting for the thread; @func is not called any more. */
void numeral_run_reader_stop (NumeralRunReader *reader);

G_END_DECLS
