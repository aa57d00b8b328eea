/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-insight.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_COUNTERFACTUAL_CARD (numeral_counterfactual_card_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralCounterfactualCard, numeral_counterfactual_card, NUMERAL, COUNTERFACTUAL_CARD, AdwBin)

/**
 * NumeralCounterfactualCard:
 *
 * What would make the digit another one: a deformation with a slider between both digits, and the
 * pieces of stroke that could be left out.
 *
 * Actions, which the parent has: "explain.search", "explain.stop-search".
 */

/* @insight: (nullable) */
void numeral_counterfactual_card_set_insight (NumeralCounterfactualCard *self,
                                              const NumeralInsight *insight);

G_END_DECLS
