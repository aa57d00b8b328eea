/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-hand-sample.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_HAND_ITEM (numeral_hand_item_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandItem, numeral_hand_item, NUMERAL, HAND_ITEM, GObject)

/**
 * NumeralHandItem:
 *
 * A sample of one's own handwriting in a list.
 *
 * Signals: "changed": it has another label, or was damaged.
 */
NumeralHandItem *numeral_hand_item_new (NumeralHandSample *sample);

/* (transfer none) */
const NumeralHandSample *numeral_hand_item_get_sample (NumeralHandItem *self);
/* Replaces it with the same sample, read again. */
void numeral_hand_item_set_sample (NumeralHandItem *self, NumeralHandSample *sample);
/* The tensor that a network reads; %FALSE for a damaged sample. @tensor: [28, 28] */
gboolean numeral_hand_item_get_tensor (NumeralHandItem *self, float *tensor);

G_END_DECLS
