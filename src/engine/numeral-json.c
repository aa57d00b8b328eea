/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn-error.h"
#include "numeral-fail.h"
#include "numeral-file.h"

#define MAX_BYTES ((gsize) 1 << 20)
#define MAX_DEPTH 16

static gboolean
check_depth (const char *text, gsize size, GError **error)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < size; i++)
    if (in_string)
      {
        if (text[i] == '\\')
          i++;
        else if (text[i] == '"')
          in_string = FALSE;
      }
    else if (text[i] == '"')
      in_string = TRUE;
    else if (text[i] == '{' || text[i] == '[')
      {
        if (++depth > MAX_DEPTH)
          return numeral_fail (error, NN_ERROR_FORMAT, _ ("it is nested too deeply"));
      }
    else if ((text[i] == '}' || text[i] == ']') && depth > 0)
      depth--;
  return TRUE;
}

JsonNode *
numeral_json_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (size == 0 || !g_utf8_validate_len (text, size, NULL))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("it is not JSON in UTF-8"));
      return NULL;
    }
  if (!check_depth (text, size, error))
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

GBytes *
numeral_json_format (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);
  char *line = g_strconcat (text, "\n", NULL);

  return g_bytes_new_take (line, strlen (line));
}

double
numeral_json_get_double (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) :
                                                              G_TYPE_INVALID;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : NAN;
}

void
numeral_json_set_double (JsonObject *object, const char *member, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}
