/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-json.h"

#include <math.h>

#include "cli-output.h"

void
cli_json_init (CliJson *json)
{
  json->text = g_string_new (NULL);
  json->need_comma = FALSE;
}

void
cli_json_clear (CliJson *json)
{
  if (json->text != NULL)
    g_string_free (json->text, TRUE);
  json->text = NULL;
}

static void
append_value (CliJson *json, const char *text)
{
  if (json->need_comma)
    g_string_append_c (json->text, ',');
  g_string_append (json->text, text);
  json->need_comma = TRUE;
}

static void
begin (CliJson *json, const char *bracket)
{
  append_value (json, bracket);
  json->need_comma = FALSE;
}

static void
end (CliJson *json, char bracket)
{
  g_string_append_c (json->text, bracket);
  json->need_comma = TRUE;
}

void
cli_json_begin_object (CliJson *json)
{
  begin (json, "{");
}

void
cli_json_end_object (CliJson *json)
{
  end (json, '}');
}

void
cli_json_begin_array (CliJson *json)
{
  begin (json, "[");
}

void
cli_json_end_array (CliJson *json)
{
  end (json, ']');
}

void
cli_json_key (CliJson *json, const char *key)
{
  cli_json_string (json, key);
  g_string_append_c (json->text, ':');
  json->need_comma = FALSE;
}

void
cli_json_null (CliJson *json)
{
  append_value (json, "null");
}

void
cli_json_boolean (CliJson *json, gboolean value)
{
  append_value (json, value ? "true" : "false");
}

void
cli_json_uint (CliJson *json, guint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, value);
  append_value (json, text);
}

void
cli_json_double (CliJson *json, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      cli_json_null (json);
      return;
    }
  g_ascii_formatd (text, sizeof text, "%.15g", value);
  if (g_ascii_strtod (text, NULL) != value)
    g_ascii_formatd (text, sizeof text, "%.17g", value);
  append_value (json, text);
}

void
cli_json_float (CliJson *json, float value)
{
  static const char *const formats[] = { "%.6g", "%.7g", "%.8g", "%.9g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      cli_json_null (json);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], (double) value);
      if ((float) g_ascii_strtod (text, NULL) == value)
        break;
    }
  append_value (json, text);
}

void
cli_json_string (CliJson *json, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *c = valid; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (quoted, "\\%c", *c);
    else if (g_ascii_iscntrl (*c))
      g_string_append_printf (quoted, "\\u%04x", (guint) (guchar) *c);
    else
      g_string_append_c (quoted, *c);
  g_string_append_c (quoted, '"');
  append_value (json, quoted->str);
}

static void
put_member (JsonObject *object, const char *name, JsonNode *node, gpointer json)
{
  cli_json_key (json, name);
  cli_json_node (json, node);
}

static void
put_element (JsonArray *array, guint index, JsonNode *node, gpointer json)
{
  cli_json_node (json, node);
}

static void
put_value (CliJson *json, JsonNode *node)
{
  const GType type = json_node_get_value_type (node);

  if (type == G_TYPE_INT64)
    cli_json_uint (json, (guint64) json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    cli_json_boolean (json, json_node_get_boolean (node));
  else if (type == G_TYPE_DOUBLE)
    cli_json_double (json, json_node_get_double (node));
  else
    cli_json_string (json, json_node_get_string (node));
}

void
cli_json_node (CliJson *json, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      cli_json_begin_object (json);
      json_object_foreach_member (json_node_get_object (node), put_member, json);
      cli_json_end_object (json);
      break;
    case JSON_NODE_ARRAY:
      cli_json_begin_array (json);
      json_array_foreach_element (json_node_get_array (node), put_element, json);
      cli_json_end_array (json);
      break;
    case JSON_NODE_VALUE:
      put_value (json, node);
      break;
    case JSON_NODE_NULL:
    default:
      cli_json_null (json);
    }
}

void
cli_json_take_members (CliJson *json, JsonObject *object)
{
  json_object_foreach_member (object, put_member, json);
  json_object_unref (object);
}

static void
reset (CliJson *json)
{
  g_string_truncate (json->text, 0);
  json->need_comma = FALSE;
}

void
cli_json_append_line (CliJson *json, GString *text)
{
  g_string_append_len (text, json->text->str, (gssize) json->text->len);
  g_string_append_c (text, '\n');
  reset (json);
}

void
cli_json_print_line (CliJson *json)
{
  cli_print ("%s\n", json->text->str);
  reset (json);
}
