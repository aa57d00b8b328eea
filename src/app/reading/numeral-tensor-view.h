/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-prediction.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_TENSOR_VIEW (numeral_tensor_view_get_type ())
G_DECLARE_FINAL_TYPE (NumeralTensorView, numeral_tensor_view, NUMERAL, TENSOR_VIEW, GtkWidget)

/**
 * NumeralTensorView:
 *
 * The 28x28 field as the network reads it.
 *
 * Properties: "prediction" (NumeralPrediction, boxed, nullable), "chosen" (which digit of it is
 * shown; where it has no such digit, none).
 */
NumeralTensorView *numeral_tensor_view_new (void);

/* (nullable) (transfer none) */
NumeralPrediction *numeral_tensor_view_get_prediction (NumeralTensorView *self);
void numeral_tensor_view_set_prediction (NumeralTensorView *self, NumeralPrediction *prediction);

guint numeral_tensor_view_get_chosen (NumeralTensorView *self);
void numeral_tensor_view_set_chosen (NumeralTensorView *self, guint chosen);

G_END_DECLS
