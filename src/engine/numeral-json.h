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
JsonNode *
numeral_json_parse (GBytes *bytes, GError **error);

/* The same of a file of at most 1 MiB; the message names the file. Blocks. */
JsonNode *
numeral_json_load (GFile *file, GError **error);

/* In lines, as people read it, with a new line at its end. */
GBytes *
numeral_json_format (JsonNode *node);

/* A number, or NaN where it is null, absent or no number. */
double
numeral_json_get_double (JsonObject *object, const char *member);
/* null where it is not finite. */
void
numeral_json_set_double (JsonObject *object, const char *member, double value);

G_END_DECLS
