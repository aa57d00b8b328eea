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
 * The figures of a chart as a table of text, for people who cannot see it or need exact figures.
 * It has a row for each marked sample and ten rows between two of them, some hundred at most,
 * for the visible range. It does not follow changes after it was opened.
 */
NumeralFigures *numeral_figures_new (GtkWindow *parent, NumeralChart *chart);

/* (transfer none): of GtkStringObject; the cells of a row are separated by tabs. */
GListModel *numeral_figures_get_rows (NumeralFigures *self);

G_END_DECLS
