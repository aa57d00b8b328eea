/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-insight.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_METHOD_LIST (numeral_method_list_get_type ())
G_DECLARE_FINAL_TYPE (NumeralMethodList, numeral_method_list, NUMERAL, METHOD_LIST, AdwBin)

/* Integrated gradients, Shapley values (expected gradients of a picture), LIME, occlusion. */
#define NUMERAL_N_LISTED_METHODS 4

/**
 * NumeralMethodList:
 *
 * The methods, each with the picture of its explanation and how faithful it is, to choose one of:
 * below each other, or in a narrow window side by side and without words.
 *
 * Properties: "chosen" (uint): place of the chosen method, below NUMERAL_N_LISTED_METHODS.
 */

/* Shows what is known. @insight: (nullable) */
void numeral_method_list_set_insight (NumeralMethodList *self, const NumeralInsight *insight);

guint numeral_method_list_get_chosen (NumeralMethodList *self);

/* (nullable) (transfer none): the explanation in this place of the list. */
NumeralExplanation *numeral_method_list_find (const NumeralInsight *insight, guint place);

G_END_DECLS
