/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_EXPLAIN_PAGE (numeral_explain_page_get_type ())
G_DECLARE_FINAL_TYPE (NumeralExplainPage, numeral_explain_page, NUMERAL, EXPLAIN_PAGE, NumeralPage)

/**
 * NumeralExplainPage:
 *
 * Explains the digit on the canvas (NumeralExplainDrawing) and the network that reads it
 * (NumeralExplainNetwork). The part that is not visible does nothing.
 */
NumeralExplainPage *numeral_explain_page_new (NumeralLab *lab);

G_END_DECLS
