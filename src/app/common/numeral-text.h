/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_TEXT (numeral_text_get_type ())
G_DECLARE_FINAL_TYPE (NumeralText, numeral_text, NUMERAL, TEXT, GtkWidget)

/**
 * NumeralText:
 *
 * A line of text that may be another in every frame. A GtkLabel asks with each
 * change for the layout of the whole window, and on X11 the window then asks the
 * server half a dozen things before it draws; this one asks its parent to be placed
 * anew, and only where its size is another. So it has no size of its own: the parent gives it
 * the one that numeral_text_get_size() says, or a smaller one by a transform.
 *
 * Digits are all equally wide. Properties: "min-chars", "max-chars": as wide as so
 * many digits at least, and broken into lines that are no wider; 0 for no bound.
 */
void numeral_text_set_text (NumeralText *self, const char *text);
const char *numeral_text_get_text (NumeralText *self);

/* In pixels; 0 by 0 without text, which then needs no font either. */
void numeral_text_get_size (NumeralText *self, int *width, int *height);

G_END_DECLS
