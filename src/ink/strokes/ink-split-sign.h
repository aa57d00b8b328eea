/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/* A punctuation mark or an operator between digits. A slash is not among them, because its shape is
 * that of a 1. */
typedef enum
{
  INK_SIGN_NONE,
  INK_SIGN_POINT,
  INK_SIGN_COMMA,
  INK_SIGN_DASH,
  INK_SIGN_COLON,
  INK_SIGN_PLUS,
} InkSign;

/* "." and the like; 0 for INK_SIGN_NONE. */
char ink_sign_character (InkSign sign);

/**
 * ink_split_get_sign:
 * @parts: (element-type InkDrawing): from ink_split_drawing()
 * @refused: whether it does not look like a digit; a plus is as large as a small digit
 *
 * Whether a part is a sign, by its height and its place on the line of the parts beside it. A part
 * that stands alone is not. Beside a single digit only what is clearly apart from it is a sign.
 */
InkSign ink_split_get_sign (const GPtrArray *parts, guint part, gboolean refused);

G_END_DECLS
