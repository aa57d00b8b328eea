/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_TEXT (numeral_text_get_type ())
G_DECLARE_FINAL_TYPE (NumeralText, numeral_text, NUMERAL, TEXT, GtkWidget)

/**
 * NumeralText:
 *
 * A line of text that may change in every frame. Each change of a GtkLabel causes a layout of
 * the whole window, and on X11 the window then sends half a dozen requests to the server before
 * it draws. This widget asks only its parent for a new allocation, and only if its size has
 * changed. So it requests no size itself: the parent allocates the size from
 * numeral_text_get_size(), or less with a transform that scales it down.
 *
 * All digits have the same width. Properties: "min-chars" and "max-chars", the minimum width and
 * the width at which lines break, in digits; 0 for no bound.
 */
void numeral_text_set_text (NumeralText *self, const char *text);
const char *numeral_text_get_text (NumeralText *self);

/* Size in pixels; 0 by 0 without text, and then the font is not loaded. */
void numeral_text_get_size (NumeralText *self, int *width, int *height);

G_END_DECLS
