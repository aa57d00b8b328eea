/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-explanation.h"
#include "numeral-figure.h"
#include "numeral-insight.h"

G_BEGIN_DECLS

/* What the figures of an explanation show. Each forgets the figure if there is no @explanation. */

/* The ink, or the pixels of a picture, in colours and with signs. @drawing: (nullable) */
void numeral_explain_figure_ink (NumeralFigure *figure,
                                 NumeralExplanation *explanation,
                                 InkDrawing *drawing);
/* The 28x28 pixels. */
void numeral_explain_figure_cells (NumeralFigure *figure, NumeralExplanation *explanation);
/* The curves of its faithfulness; nothing if it was not measured. */
void numeral_explain_figure_curves (NumeralFigure *figure, NumeralExplanation *explanation);
/* A tensor as the network sees it. */
void numeral_explain_figure_tensor (NumeralFigure *figure, const float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
