/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_HAND_VIEW (numeral_hand_view_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandView, numeral_hand_view, NUMERAL, HAND_VIEW, AdwBin)

/**
 * NumeralHandView:
 *
 * One's own handwriting: what was learned from it, how many samples of each digit there are, and
 * the samples themselves, newest first, to open on the canvas, to give another label and to delete.
 * Nothing is loaded before numeral_hand_view_refresh().
 *
 * Actions: "hand.open", "hand.label" (i: a digit, 10 for something that is not a digit) and
 * "hand.delete" for the selected samples, with the keys 0 to 9 and Delete; "hand.retry";
 * "hand.import-file", "hand.import-folder", "hand.export" (s: a format of
 * numeral_hand_format_parse(), or "anonymous"), "hand.cancel" for these.
 *
 * Signals: "counted": numeral_hand_view_get_counts() has changed. "sample-activated" (const float
 * *tensor [28, 28], InkDrawing *drawing, both valid during the signal): a sample is to be put on
 * the canvas.
 */

/* Set once. */
void numeral_hand_view_set_lab (NumeralHandView *self, NumeralLab *lab);
/* Shows the samples of one label alone, or all of them: -1. */
void numeral_hand_view_set_label (NumeralHandView *self, int label);
/* Counts the samples, and with @list loads those that are shown. */
void numeral_hand_view_refresh (NumeralHandView *self, gboolean list);
const NumeralHandCounts *numeral_hand_view_get_counts (NumeralHandView *self);

G_END_DECLS
