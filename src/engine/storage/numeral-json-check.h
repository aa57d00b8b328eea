/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * numeral_json_check:
 * @max_depth: objects and arrays inside each other
 *
 * Whether a text is exactly one JSON value (RFC 8259) in UTF-8. Call it before json-glib reads an
 * untrusted text: that parser calls itself for each bracket, and accepts more than JSON, such as
 * comments, several values, and escapes that give invalid UTF-8.
 *
 * Returns: %FALSE with NN_ERROR_FORMAT
 */
gboolean numeral_json_check (const char *text, gsize size, guint max_depth, GError **error);

G_END_DECLS
