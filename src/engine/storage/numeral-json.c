/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-error.h"
#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-json-check.h"

#define MAX_BYTES ((gsize) 1 << 20)
#define MAX_DEPTH 16

JsonNode *
numeral_json_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (!numeral_json_check (text, size, MAX_DEPTH, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, (gssize) size, &local))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("it is not JSON: %s"), local->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("it is not a JSON object"));
      return NULL;
    }
  return json_parser_steal_root (parser);
}

JsonNode *
numeral_json_load (GFile *file, GError **error)
{
  g_autoptr (GBytes) bytes = numeral_file_read (file, MAX_BYTES, NULL, error);
  g_autofree char *name = NULL;
  JsonNode *node;

  if (bytes == NULL)
    return NULL;
  node = numeral_json_parse (bytes, error);
  if (node == NULL)
    {
      name = g_file_get_parse_name (file);
      g_prefix_error (error, "%s: ", name);
    }
  return node;
}

void
numeral_json_append_text (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if (g_ascii_iscntrl (*p))
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '"');
}

void
numeral_json_append_double (GString *out, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (out, "null");
      return;
    }
  for (int precision = 15; precision <= 17; precision++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", precision);

      g_ascii_formatd (digits, sizeof digits, format, value);
      if (g_ascii_strtod (digits, NULL) == value)
        break;
    }
  g_string_append (out, digits);
  /* json-glib reads "-0" as an integer, which has no sign. */
  if (value == 0 && signbit (value))
    g_string_append (out, ".0");
}

static void
append_value (GString *out, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      numeral_json_append_text (out, json_node_get_string (node));
      break;
    case G_TYPE_DOUBLE:
      numeral_json_append_double (out, json_node_get_double (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    default:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
    }
}

/* Appends a newline and the indentation of @depth, or a space if the text is a single line. */
static void
append_break (GString *out, int depth)
{
  g_string_append_c (out, '\n');
  for (int i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

static void
append_node (GString *out, JsonNode *node, int depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      {
        JsonObjectIter iter;
        const char *name, *comma = "";
        JsonNode *member;

        g_string_append_c (out, '{');
        json_object_iter_init_ordered (&iter, json_node_get_object (node));
        while (json_object_iter_next_ordered (&iter, &name, &member))
          {
            g_string_append (out, comma);
            append_break (out, depth + 1);
            numeral_json_append_text (out, name);
            g_string_append (out, ": ");
            append_node (out, member, depth + 1);
            comma = ",";
          }
        append_break (out, depth);
        g_string_append_c (out, '}');
        break;
      }
    case JSON_NODE_ARRAY:
      {
        JsonArray *array = json_node_get_array (node);

        g_string_append_c (out, '[');
        for (guint i = 0; i < json_array_get_length (array); i++)
          {
            g_string_append (out, i > 0 ? ", " : "");
            append_node (out, json_array_get_element (array, i), depth + 1);
          }
        g_string_append_c (out, ']');
        break;
      }
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
    }
}

GBytes *
numeral_json_format (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  append_node (out, node, 0);
  g_string_append_c (out, '\n');
  return g_string_free_to_bytes (out);
}

double
numeral_json_get_double (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) :
                                                              G_TYPE_INVALID;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : NAN;
}

double
numeral_json_get_share (JsonObject *object, const char *member)
{
  const double value = numeral_json_get_double (object, member);

  return value >= 0 && value <= 1 ? value : (double) NAN;
}

void
numeral_json_set_double (JsonObject *object, const char *member, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}
