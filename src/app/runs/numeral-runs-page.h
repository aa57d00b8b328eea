/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RUNS_PAGE (numeral_runs_page_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRunsPage, numeral_runs_page, NUMERAL, RUNS_PAGE, NumeralPage)

/**
 * NumeralRunsPage:
 *
 * The list of saved runs. A person can show, compare, rename, resume, delete and restore runs,
 * read with them, export them, make their models smaller, and import runs from files.
 *
 * Actions on the selected runs: "runs.show", "runs.use", "runs.resume", "runs.rename",
 * "runs.export", "runs.shrink", "runs.compare", "runs.delete"; "runs.import", "runs.back" (leaves
 * the comparison), "runs.menu".
 *
 * It requests the page "train" to show the curves of a run.
 */
NumeralRunsPage *numeral_runs_page_new (NumeralLab *lab);

/**
 * numeral_runs_page_export_to:
 * @filter: (nullable): of numeral_model_filter_list(): its format goes before that of the name
 *
 * Exports the best weights of @run, or the last without best ones, in a thread; shows the result in
 * a toast. A file that has got another name because of @filter replaces none.
 */
void numeral_runs_page_export_to (NumeralRunsPage *self,
                                  NumeralRun *run,
                                  GFile *file,
                                  GtkFileFilter *filter);
/* Imports the model in @file as a run and selects it; shows the result in a toast. */
void numeral_runs_page_import_from (NumeralRunsPage *self, GFile *file);

G_END_DECLS
