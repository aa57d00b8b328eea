/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-config.h"

G_BEGIN_DECLS

/* The settings of the next run, between two sessions. */

/* (transfer full): as they were saved; those of a first start if there are none, or if the file
 * cannot be read. */
NumeralRunConfig *numeral_next_run_load (void);

/* (transfer full): what is written to the file. */
GBytes *numeral_next_run_format (const NumeralRunConfig *config);

/* Writes numeral_next_run_format(). For the thread of the write queue. G_IO_ERROR */
gboolean numeral_next_run_save (gpointer bytes, GError **error);

G_END_DECLS
