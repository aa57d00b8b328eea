/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-reading-view.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_TENSOR_VIEW (numeral_tensor_view_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralTensorView, numeral_tensor_view, NUMERAL, TENSOR_VIEW, NumeralReadingView)

/**
 * NumeralTensorView:
 *
 * The 28x28 tensor that the network reads, for the chosen digit of a prediction.
 */
NumeralTensorView *numeral_tensor_view_new (void);

G_END_DECLS
