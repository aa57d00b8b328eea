/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-left-out.h"

#include <glib/gi18n.h>

#include "nn-error.h"
#include "numeral-json.h"
#include "numeral-left-out.h"

/* (nullable) (element-type guint32) */
static GArray *
get_indices (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "mislabelled");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const gint64 index =
          JSON_NODE_HOLDS_OBJECT (element) ?
              json_object_get_int_member_with_default (json_node_get_object (element), "index",
                                                       -1) :
              -1;
      const guint32 valid = (guint32) index;

      if (index < 0 || index > G_MAXUINT32)
        return NULL;
      g_array_append_val (indices, valid);
    }
  return g_steal_pointer (&indices);
}

char *
cli_left_out_load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JsonNode) node = numeral_json_load (file, error);
  g_autoptr (GArray) indices = NULL;
  const char *identity;
  char *text = NULL;

  if (node == NULL)
    return NULL;
  indices = get_indices (json_node_get_object (node));
  identity =
      json_object_get_string_member_with_default (json_node_get_object (node), "identity", NULL);
  if (indices != NULL && identity != NULL && indices->len == 0)
    return NULL;
  if (indices != NULL && identity != NULL)
    text = numeral_left_out_format_known (identity, (const guint32 *) (gpointer) indices->data,
                                          indices->len, NULL);
  if (text == NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                 _ ("%s: not a file of numeral-cli evaluate --mislabelled --json"), path);
  return text;
}
