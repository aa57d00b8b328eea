/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-hand-db.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_HAND_BARS (numeral_hand_bars_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandBars, numeral_hand_bars, NUMERAL, HAND_BARS, GtkWidget)

/* How many samples of each digit there are, and how many of them are new. */
void numeral_hand_bars_set_counts (NumeralHandBars *self,
                                   const NumeralHandCounts *counts,
                                   const NumeralHandCounts *fresh);

G_END_DECLS
