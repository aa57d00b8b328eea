/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-config.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_AUGMENT_ROW (numeral_augment_row_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralAugmentRow, numeral_augment_row, NUMERAL, AUGMENT_ROW, AdwPreferencesRow)

typedef enum
{
  NUMERAL_AUGMENT_PICTURE,
  NUMERAL_AUGMENT_INK
} NumeralAugmentStrip;

#define NUMERAL_N_AUGMENT_STRIPS 2

/**
 * NumeralAugmentRow:
 *
 * Shows the effect of augmentation on a sample, as a picture and as pen strokes: the sample
 * itself, and some augmented views.
 */
NumeralAugmentRow *numeral_augment_row_new (void);

/* Computes the views again if they change. */
void numeral_augment_row_set_augment (NumeralAugmentRow *self, const NnAugment *augment);

/* (transfer none) (nullable): [28, 28] of view @i; view 0 is the sample itself. %NULL until the
 * row is visible for the first time. */
const float *
numeral_augment_row_get_look (NumeralAugmentRow *self, NumeralAugmentStrip strip, guint i);

G_END_DECLS
