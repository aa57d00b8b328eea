/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-error.h"

G_BEGIN_DECLS

/* Labels of a drawing that is not labelled as a digit: without a label, or with another one. */
#define INK_LABEL_NONE (-1)
#define INK_LABEL_OTHER (-2)

/**
 * InkSample:
 * @label: 0 to 9, or INK_LABEL_NONE or INK_LABEL_OTHER
 * @writer: from the file's comment "label writer index", 0 if it has none
 * @number: of the sample where it is kept, from 1; 0 for that of a file
 */
typedef struct
{
  InkDrawing *drawing;
  int label;
  guint writer;
  gint64 number;
} InkSample;

void ink_sample_free (InkSample *sample);

/**
 * ink_unipen_parse:
 * @n_rejected: (out) (optional): number of segments that were left out because they are damaged or
 * have no points
 *
 * Parses the part of UNIPEN 1.0 (Guyon et al. 1994) that isolated characters need:
 * .SEGMENT with its label, .PEN_DOWN, .PEN_UP, .DT, coordinates with y upwards
 * (turned downwards here), .COMMENT of the pen digits. Other key words are ignored.
 *
 * Returns: (transfer full) (element-type InkSample) (nullable): INK_ERROR_*
 */
GPtrArray *ink_unipen_parse (GBytes *bytes, guint *n_rejected, GError **error);

/* (transfer full): a segment for each sample, with X and Y, and pressure (P) and time in
 * milliseconds (T) if ink_drawing_has_motion() of any. UNIPEN has no width of the pen; all else is
 * parsed as the same. @samples: [n], labelled digits */
GBytes *ink_unipen_format (InkSample *const *samples, guint n);

G_END_DECLS
