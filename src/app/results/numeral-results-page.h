/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-dataset-load.h"
#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RESULTS_PAGE (numeral_results_page_get_type ())
G_DECLARE_FINAL_TYPE (NumeralResultsPage, numeral_results_page, NUMERAL, RESULTS_PAGE, NumeralPage)

/**
 * NumeralResultsPage:
 *
 * Measures a model on a data set: figures, confusion matrix, reliability diagram, and the samples
 * that are read wrongly, the most confident mistakes first; compares it with another model on the
 * same samples; and finds samples whose labels are probably wrong. Nothing is loaded before it is
 * asked for.
 *
 * Properties: "show" (string): the samples that are shown: "all" mistakes, "cell" (those of the
 * chosen cell of the matrix), "mended", "broken", "both" (both wrong), "suspects".
 *
 * Actions: "results.measure", "results.cancel", "results.find-mislabelled", "results.cancel-find",
 * "results.leave-out", "results.show" (s), "results.more", "results.open-model",
 * "results.open-other", "results.open-file", "results.open-folder", "results.get-mnist" (goes to
 * the page of the samples), "results.export" (s: "json", "csv", "confusion.png", "confusion.svg",
 * "reliability.png", "reliability.svg"), and for the tile with the focus or the menu:
 * "results.open-sample", "results.menu", "results.label" (i: of a sample of one's own).
 *
 * It emits "sample-activated" when a sample is activated.
 */
NumeralResultsPage *numeral_results_page_new (NumeralLab *lab);

/* Chooses other data; @path: of NUMERAL_BROWSE_TEST_PATH. */
void numeral_results_page_browse (NumeralResultsPage *self, NumeralBrowse what, const char *path);

G_END_DECLS
