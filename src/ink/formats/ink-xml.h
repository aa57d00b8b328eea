/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-error.h"

G_BEGIN_DECLS

/**
 * ink_xml_to_utf8:
 * @bytes: a file that may be XML
 *
 * Converts XML in UTF-16 (with or without a byte order mark), Latin-1, Latin-9 or Windows-1252 to
 * UTF-8, and leaves out its declaration, which names the old encoding (XML 1.0, appendix F).
 * Anything else is returned as it is.
 *
 * Returns: (transfer full) (nullable): INK_ERROR_FORMAT if the text is not in the encoding that it
 *   names
 */
GBytes *ink_xml_to_utf8 (GBytes *bytes, GError **error);

/* Whether this is XML whose root element is @name, with any prefix. */
gboolean ink_xml_has_root (GBytes *bytes, const char *name);

G_END_DECLS
