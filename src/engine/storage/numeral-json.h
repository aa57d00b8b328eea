/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * numeral_json_parse:
 *
 * Parses JSON from an untrusted source: exactly one object, checked by numeral_json_check()
 * before.
 *
 * Returns: (transfer full): an object; NN_ERROR_FORMAT
 */
JsonNode *numeral_json_parse (GBytes *bytes, GError **error);

/* The same for a file of at most 1 MiB; the message names the file. Blocks. */
JsonNode *numeral_json_load (GFile *file, GError **error);

/* The text of @node, on several lines for people. The generator of json-glib is not used because
 * it writes small numbers as invalid JSON ("1e-08.0"). */
GBytes *numeral_json_format (JsonNode *node);
/* Appends a string with its quotation marks. File names and messages with file names may be no
 * UTF-8; a text that is written is. (json-glib 1.6 leaves U+001F as it is, which is not JSON.) */
void numeral_json_append_text (GString *out, const char *text);
/* Appends the fewest digits that read back as the same number; null if it is not finite. */
void numeral_json_append_double (GString *out, double value);

/* A number; NaN if the member is null, absent or not a number. */
double numeral_json_get_double (JsonObject *object, const char *member);
/* The same for a number in [0, 1]; NaN if it is none, for it then means nothing. */
double numeral_json_get_share (JsonObject *object, const char *member);
/* Sets null if the number is not finite. */
void numeral_json_set_double (JsonObject *object, const char *member, double value);

G_END_DECLS
