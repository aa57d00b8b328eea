/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-error.h"

G_BEGIN_DECLS

/**
 * ink_inkml_parse:
 *
 * Reads InkML (W3C Recommendation, 20 September 2011): traces with any order
 * of channels of the trace format, explicit, first- and second-difference
 * values, prefixes, and traces inside trace groups and definitions.
 *
 * Returns: (transfer full) (nullable): INK_ERROR_*
 */
InkDrawing *ink_inkml_parse (GBytes *bytes, GError **error);

/**
 * ink_inkml_parse_labelled:
 * @truth: (out) (optional) (nullable) (transfer full): the annotation of type "truth" of the ink
 *   element, as CROHME has it, without the white space around it
 *
 * The same, with what is written.
 */
InkDrawing *ink_inkml_parse_labelled (GBytes *bytes, char **truth, GError **error);

/* The digit that @truth names, also in the dollar signs or brackets of LaTeX: "3", "$3$" or
 * "\(3\)"; -1 if it is anything else. */
int ink_inkml_truth_digit (const char *truth);

/* (transfer full): writes X and Y, F (force) and T (time, milliseconds) if
 * ink_drawing_has_motion(), and the width of the pen as a brush property. Parsing it gives the same
 * drawing. */
GBytes *ink_inkml_format (const InkDrawing *drawing);

/* (transfer full): the same, with what is written, as ink_inkml_parse_labelled() reads it.
 * @truth: (nullable) */
GBytes *ink_inkml_format_labelled (const InkDrawing *drawing, const char *truth);

G_END_DECLS
