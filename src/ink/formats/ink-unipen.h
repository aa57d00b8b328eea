/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-error.h"

G_BEGIN_DECLS

/**
 * InkSample:
 * @label: 0 to 9, or -1 where the file does not say
 * @writer: from the file's comment "label writer index", 0 where it does not say
 */
typedef struct
{
  InkDrawing *drawing;
  int label;
  guint writer;
} InkSample;

void ink_sample_free (InkSample *sample);

/**
 * ink_unipen_parse:
 * @n_rejected: (out) (optional): segments left out because they held no point or damage
 *
 * Reads UNIPEN 1.0 (Guyon et al. 1994) as far as isolated characters need it:
 * .SEGMENT with its label, .PEN_DOWN, .PEN_UP, .DT, coordinates with y upwards
 * (turned downwards here), .COMMENT of the pen digits. Other key words are
 * passed over.
 *
 * Returns: (transfer full) (element-type InkSample) (nullable): INK_ERROR_*
 */
GPtrArray *ink_unipen_parse (GBytes *bytes, guint *n_rejected, GError **error);

G_END_DECLS
