/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-chart.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_CHART_CARD (numeral_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (NumeralChartCard, numeral_chart_card, NUMERAL, CHART_CARD, GtkWidget)

/**
 * NumeralChartCard:
 *
 * A chart with its title and controls: logarithmic axes, smoothing, zoom, the table of figures
 * and export.
 *
 * Properties: "title" (string).
 */
NumeralChartCard *numeral_chart_card_new (void);

/* (transfer none) */
NumeralChart *numeral_chart_card_get_chart (NumeralChartCard *self);

G_END_DECLS
