/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-insight.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_ROBUSTNESS_CARD (numeral_robustness_card_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralRobustnessCard, numeral_robustness_card, NUMERAL, ROBUSTNESS_CARD, AdwBin)

/**
 * NumeralRobustnessCard:
 *
 * How far the digit can be changed in two ways before the answer is another one.
 *
 * Signals: "changed" (): other changes were chosen.
 */

/* @insight: (nullable) */
void numeral_robustness_card_set_insight (NumeralRobustnessCard *self,
                                          const NumeralInsight *insight);

/* The two changes that are chosen, which are never the same. */
void numeral_robustness_card_get_changes (NumeralRobustnessCard *self,
                                          NumeralChange *across,
                                          NumeralChange *down);

G_END_DECLS
