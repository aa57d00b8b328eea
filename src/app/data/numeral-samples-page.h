/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-dataset-load.h"
#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SAMPLES_PAGE (numeral_samples_page_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSamplesPage, numeral_samples_page, NUMERAL, SAMPLES_PAGE, NumeralPage)

/**
 * NumeralSamplesPage:
 *
 * Shows a data set as a grid of samples with their labels: all samples, or those of one digit.
 * Nothing is loaded before the page is visible. A digit key shows that digit alone, A all of
 * them.
 *
 * Actions: "samples.class" (i: a digit, -1 for all), "samples.open-file", "samples.open-folder",
 * "samples.generate", "samples.download" (MNIST), "samples.retry", "samples.cancel".
 *
 * It emits "sample-activated" when a sample is activated.
 */
NumeralSamplesPage *numeral_samples_page_new (NumeralLab *lab);

/* Loads other data; @path: of NUMERAL_BROWSE_PATH. */
void numeral_samples_page_browse (NumeralSamplesPage *self, NumeralBrowse what, const char *path);

G_END_DECLS
