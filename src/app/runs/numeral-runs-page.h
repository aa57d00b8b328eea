/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RUNS_PAGE (numeral_runs_page_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRunsPage, numeral_runs_page, NUMERAL, RUNS_PAGE, NumeralPage)

/**
 * NumeralRunsPage:
 *
 * The kept runs: looked at again, compared, renamed, resumed, deleted and brought
 * back, read with, exported, and made from files.
 *
 * Actions, on the picked runs: "runs.show", "runs.use", "runs.resume", "runs.rename",
 * "runs.export", "runs.compare", "runs.delete"; "runs.import", "runs.back" (out of the comparison),
 * "runs.menu".
 *
 * It requests the page "train" when the curves of a run are to be shown.
 */
NumeralRunsPage *numeral_runs_page_new (NumeralLab *lab);

/* Exports the best weights of @run, or the last where there is no best, in a thread; says how that
 * went. */
void numeral_runs_page_export_to (NumeralRunsPage *self, NumeralRun *run, GFile *file);
/* Makes a run of the model in @file and picks it; says how that went. */
void numeral_runs_page_import_from (NumeralRunsPage *self, GFile *file);

G_END_DECLS
