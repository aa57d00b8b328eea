/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-robustness.h"

G_BEGIN_DECLS

/* Reads "rotation,size". NN_ERROR_CONFIG */
gboolean cli_robustness_parse (const char *text, NumeralRobustnessConfig *config, GError **error);

/* Prints the map of answers, for people or as JSON. @drawing: (nullable); @tensor: [28, 28]; errors
 * as numeral_robustness_new() */
gboolean cli_explain_robustness (const NumeralModel *model,
                                 const InkDrawing *drawing,
                                 const float *tensor,
                                 const NumeralRobustnessConfig *config,
                                 gboolean json,
                                 GError **error);

G_END_DECLS
