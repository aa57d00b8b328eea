/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-evaluation.h"

G_BEGIN_DECLS

/* Draws the samples that are read wrongly into a PNG at @path, the most confident mistakes first:
 * the tensor with the answer and the label, to look for the cause. NN_ERROR_SHAPE if the samples
 * are not images of 28x28 pixels, G_IO_ERROR_*. */
gboolean
cli_evaluate_mistakes (const NumeralEvaluation *evaluation, const char *path, GError **error);

G_END_DECLS
