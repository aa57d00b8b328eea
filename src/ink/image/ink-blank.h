/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InkBlank:
 * @INK_BLANK_PLAIN: nothing differs from the background, but for noise and specks
 * @INK_BLANK_FAINT: something does, with too little contrast
 * @INK_BLANK_FRAME: only straight lines do: a frame, ruled paper, a grid, axes; or a pointer
 * @INK_BLANK_LOW_BITS: the file has 16-bit values of which only the lowest bits are used; found by
 *   the decoder
 * @INK_BLANK_NO_STROKES: a file of ink without any; found by the parser
 *
 * Why there is no digit in a picture or a file.
 */
typedef enum
{
  INK_BLANK_PLAIN,
  INK_BLANK_FAINT,
  INK_BLANK_FRAME,
  INK_BLANK_LOW_BITS,
  INK_BLANK_NO_STROKES,
  INK_N_BLANKS,
} InkBlank;

/* The domain of errors whose code is an InkBlank. */
#define INK_BLANK_ERROR (ink_blank_error_quark ())
GQuark ink_blank_error_quark (void);

/* A name for machines, such as "faint"; it never changes. */
const char *ink_blank_get_name (InkBlank kind);

G_END_DECLS
