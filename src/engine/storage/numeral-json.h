/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * numeral_json_parse:
 *
 * The JSON in @bytes, hostile until checked: its nesting is bounded before the
 * parser, which is recursive, gets to see it.
 *
 * Returns: (transfer full): an object; NN_ERROR_FORMAT
 */
JsonNode *numeral_json_parse (GBytes *bytes, GError **error);

/* The same of a file of at most 1 MiB; the message names the file. Blocks. */
JsonNode *numeral_json_load (GFile *file, GError **error);

/* Text of @node, in lines, as people read it, and in one line without a new line at its end.
 * json-glib's own generator writes small numbers in a way that cannot be read back ("1e-08.0"). */
GBytes *numeral_json_format (JsonNode *node);
char *numeral_json_to_line (JsonNode *node);
/* The fewest digits that read back as the same number; null where it is not finite. */
void numeral_json_append_double (GString *out, double value);

/* A number, or NaN where it is null, absent or no number. */
double numeral_json_get_double (JsonObject *object, const char *member);
/* null where it is not finite. */
void numeral_json_set_double (JsonObject *object, const char *member, double value);

G_END_DECLS
