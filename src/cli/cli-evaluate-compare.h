/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-evaluation.h"

G_BEGIN_DECLS

/* @other: of the model that @comparison is with */
void cli_comparison_print (const NnComparison *comparison, const NumeralEvaluation *other);

G_END_DECLS
