/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * cli_explain_counterfactual:
 * @drawing: (nullable): the ink of the digit
 * @tensor: [28, 28] the digit
 *
 * Prints what would make the digit a @target, for people or as JSON: the smallest deformation, and
 * with ink the fewest pieces to leave out. Errors as numeral_counterfactual_find(); that there are
 * no such pieces is none.
 */
gboolean cli_explain_counterfactual (const NumeralModel *model,
                                     const InkDrawing *drawing,
                                     const float *tensor,
                                     guint target,
                                     gboolean json,
                                     GError **error);

G_END_DECLS
