/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-error.h"

G_BEGIN_DECLS

/**
 * ink_xournal_parse:
 * @bytes: an untrusted file of Xournal or Xournal++ (.xoj, .xopp), unpacked
 *
 * Reads the strokes of the pen on each page: `<stroke tool="pen" width="W W1 W2 ...">x y x y
 * ...</stroke>`, in points, y downwards. The first width is that of the pen, the others are those
 * of the segments, as the pressure made them. Highlighters, erasers, texts and pictures are left
 * out. Source: https://xournal.sourceforge.net/manual.html, "File format", and what Xournal++ 1.1
 * writes.
 *
 * Returns: (transfer full) (nullable) (element-type InkDrawing): a drawing for each page that has
 *   ink; INK_ERROR_FORMAT, INK_ERROR_TRUNCATED, INK_ERROR_VALUE, INK_ERROR_EMPTY,
 *   INK_ERROR_TOO_LARGE
 */
GPtrArray *ink_xournal_parse (GBytes *bytes, GError **error);

G_END_DECLS
