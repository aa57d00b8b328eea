/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-chart.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_FIGURES (numeral_figures_get_type ())
G_DECLARE_FINAL_TYPE (NumeralFigures, numeral_figures, NUMERAL, FIGURES, AdwWindow)

/**
 * NumeralFigures:
 *
 * The figures of a chart as a table of text, for those who cannot see it or want to know exactly:
 * a row for every tenth part of what is seen between two marked samples, and one for each of them,
 * at most some hundreds. As they were when it was opened.
 */
NumeralFigures *numeral_figures_new (GtkWindow *parent, NumeralChart *chart);

/* (transfer none): of GtkStringObject; the cells of a row are separated by tabs. */
GListModel *numeral_figures_get_rows (NumeralFigures *self);

G_END_DECLS
