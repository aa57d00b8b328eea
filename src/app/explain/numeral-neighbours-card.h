/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-insight.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_NEIGHBOURS_CARD (numeral_neighbours_card_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralNeighboursCard, numeral_neighbours_card, NUMERAL, NEIGHBOURS_CARD, AdwBin)

/**
 * NumeralNeighboursCard:
 *
 * The training samples that the network sees as most alike.
 */

/* @insight: (nullable) */
void numeral_neighbours_card_set_insight (NumeralNeighboursCard *self,
                                          const NumeralInsight *insight);

/* Shows that the samples are being compared. @share: that is done; below 0: they are not */
void numeral_neighbours_card_set_progress (NumeralNeighboursCard *self, double share);

/* Says why there are no samples. @missing: whether MNIST could be downloaded */
void numeral_neighbours_card_set_message (NumeralNeighboursCard *self,
                                          const char *text,
                                          gboolean missing);

G_END_DECLS
