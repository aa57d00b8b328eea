/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-explanation.h"

G_BEGIN_DECLS

/* Print an explanation for people, and as one JSON object on a line. */
void cli_explanation_text (const NumeralExplanation *explanation);
void cli_explanation_json (const NumeralExplanation *explanation);

G_END_DECLS
