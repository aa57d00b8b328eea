/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-insight.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_STEPS_CARD (numeral_steps_card_get_type ())
G_DECLARE_FINAL_TYPE (NumeralStepsCard, numeral_steps_card, NUMERAL, STEPS_CARD, AdwBin)

/**
 * NumeralStepsCard:
 *
 * The steps from strokes to tensor, with what each one gives; each can be switched off to see what
 * the answer becomes.
 */

/* @insight: (nullable) */
void numeral_steps_card_set_insight (NumeralStepsCard *self, const NumeralInsight *insight);

G_END_DECLS
