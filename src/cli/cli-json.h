/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CliJson:
 *
 * Writes one JSON value on one line, with members in the order of the calls.
 * Numbers get the fewest digits that read back as the same number, which
 * json-glib's generator does not offer. NaN and infinity become null, because
 * JSON does not have them.
 */
typedef struct
{
  GString *text;
  gboolean need_comma;
} CliJson;

void cli_json_init (CliJson *json);
void cli_json_clear (CliJson *json);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliJson, cli_json_clear)

void cli_json_begin_object (CliJson *json);
void cli_json_end_object (CliJson *json);
void cli_json_begin_array (CliJson *json);
void cli_json_end_array (CliJson *json);
/* Before each value inside an object. */
void cli_json_key (CliJson *json, const char *key);

void cli_json_null (CliJson *json);
void cli_json_boolean (CliJson *json, gboolean value);
void cli_json_uint (CliJson *json, guint64 value);
void cli_json_double (CliJson *json, double value);
void cli_json_float (CliJson *json, float value);
/* Bytes that are not UTF-8, which occur in file names, become U+FFFD. */
void cli_json_string (CliJson *json, const char *value);

/* A value that other code made, with its members in their order. */
void cli_json_node (CliJson *json, JsonNode *node);
/* The members of an object that other code made. Takes ownership of @object. */
void cli_json_take_members (CliJson *json, JsonObject *object);

/* Adds the value to @text as a line and resets @json. */
void cli_json_append_line (CliJson *json, GString *text);
/* Prints the value as a line on the standard output and resets @json. */
void cli_json_print_line (CliJson *json);

G_END_DECLS
