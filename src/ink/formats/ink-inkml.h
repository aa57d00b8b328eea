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

/* (transfer full): writes X, Y, F (force) and T (time, milliseconds), and the width of the pen as a
 * brush property. Parsing it gives the same drawing. */
GBytes *ink_inkml_format (const InkDrawing *drawing);

G_END_DECLS
