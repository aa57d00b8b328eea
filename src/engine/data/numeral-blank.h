/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-blank.h"

G_BEGIN_DECLS

/* A translated message, short enough for a toast, that says why a picture or a file has no digits
 * and what to do. */
const char *numeral_blank_get_text (InkBlank kind);

/* Sets an INK_BLANK_ERROR with that text. */
void numeral_blank_set_error (GError **error, InkBlank kind);

/* Whether @error says that a file was read, but holds no digit: INK_BLANK_ERROR or
 * INK_ERROR_EMPTY. */
gboolean numeral_blank_matches (const GError *error, InkBlank *kind);

G_END_DECLS
