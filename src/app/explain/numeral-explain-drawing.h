/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_EXPLAIN_DRAWING (numeral_explain_drawing_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralExplainDrawing, numeral_explain_drawing, NUMERAL, EXPLAIN_DRAWING, AdwBin)

/**
 * NumeralExplainDrawing:
 *
 * Why the digit on the canvas is read as it is.
 *
 * Properties: "lab" (NumeralLab, nullable, set once); "shown" (boolean): it is visible; nothing is
 * computed while it is not.
 */

G_END_DECLS
