/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "picture-tradeoff.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_TRADEOFF_VIEW (numeral_tradeoff_view_get_type ())
G_DECLARE_FINAL_TYPE (NumeralTradeoffView, numeral_tradeoff_view, NUMERAL, TRADEOFF_VIEW, GtkWidget)

/**
 * NumeralTradeoffView:
 *
 * The accuracy of models against what they cost. The list beside it says the same in words.
 *
 * Signals: "chosen" (guint index): a point was clicked.
 */

/* @models: a list of NumeralShrunk; may be set once. */
void numeral_tradeoff_view_set_models (NumeralTradeoffView *self, GListModel *models);
void numeral_tradeoff_view_set_cost (NumeralTradeoffView *self, PictureCost cost);
/* @index: -1: none */
void numeral_tradeoff_view_set_chosen (NumeralTradeoffView *self, int index);

G_END_DECLS
