/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_EXPLAIN_DRAWING (numeral_explain_drawing_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralExplainDrawing, numeral_explain_drawing, NUMERAL, EXPLAIN_DRAWING, NumeralPage)

/**
 * NumeralExplainDrawing:
 *
 * Why the digit on the canvas is read as it is. A part of NumeralExplainPage; nothing is computed
 * while it is not shown.
 */

G_END_DECLS
