/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-page-kind.h"

#include <glib/gi18n.h>

#include "numeral-explain-page.h"
#include "numeral-results-page.h"
#include "numeral-runs-page.h"
#include "numeral-samples-page.h"
#include "numeral-train-page.h"

static const NumeralPageKind kinds[] = {
  { "train", N_ ("Train"), "media-playback-start-symbolic", numeral_train_page_get_type },
  { "runs", N_ ("Runs"), "view-list-symbolic", numeral_runs_page_get_type },
  { "samples", N_ ("Samples"), "view-grid-symbolic", numeral_samples_page_get_type },
  { "results", N_ ("Results"), "numeral-results-symbolic", numeral_results_page_get_type },
  { "explain", N_ ("Explain"), "view-reveal-symbolic", numeral_explain_page_get_type },
};

const NumeralPageKind *
numeral_page_kinds_get (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}
