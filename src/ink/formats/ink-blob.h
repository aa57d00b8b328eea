/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-error.h"

G_BEGIN_DECLS

/* A drawing in few bytes, for databases: "Ink1", the number of strokes, and for each stroke its
 * number of points, its width, and x, y, pressure and time of each point. All numbers are 32 bits,
 * little-endian: unsigned integers, and floats of IEEE 754. 16 bytes a point. */

/* (transfer full): parsing it gives the same drawing, bit for bit. */
GBytes *ink_blob_format (const InkDrawing *drawing);

/**
 * ink_blob_parse:
 * @bytes: untrusted
 *
 * Checks every number against the size before it allocates anything of that size.
 *
 * Returns: (transfer full) (nullable): a drawing with at least one stroke; INK_ERROR_*
 */
InkDrawing *ink_blob_parse (GBytes *bytes, GError **error);

G_END_DECLS
