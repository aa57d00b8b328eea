/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "numeral-fail.h"
#include "numeral-json.h"
#include "numeral-run-settings.h"
#include "numeral-safetensors.h"

/* Every JSON reader handles whole numbers up to this one exactly; larger seeds are written as
 * text. */
#define MAX_JSON_INTEGER ((guint64) 1 << 53)

/* "800,800" as [800, 800], and "none" as []. */
static JsonArray *
widths_to_json (const char *text)
{
  JsonArray *array = json_array_new ();
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL && !g_str_equal (text, "none"); i++)
    json_array_add_int_element (array, (gint64) g_ascii_strtoull (words[i], NULL, 10));
  return array;
}

/* The JSON value of a setting; %NULL where a text is not set. */
static JsonNode *
setting_to_json (const NnSetting *setting, gconstpointer object)
{
  g_autofree char *text = nn_setting_get_text (setting, object);
  JsonNode *node;

  if (text == NULL)
    return NULL;
  node = json_node_alloc ();
  switch (setting->type)
    {
    case NN_SETTING_REAL:
      return json_node_init_double (node, nn_setting_get_number (setting, object));
    case NN_SETTING_COUNT:
      return json_node_init_int (node, (gint64) nn_setting_get_number (setting, object));
    case NN_SETTING_WIDTHS:
      {
        g_autoptr (JsonArray) array = widths_to_json (text);

        return json_node_init_array (node, array);
      }
    case NN_SETTING_SEED:
      {
        const guint64 seed = g_ascii_strtoull (text, NULL, 10);

        return seed <= MAX_JSON_INTEGER ? json_node_init_int (node, (gint64) seed) :
                                          json_node_init_string (node, text);
      }
    case NN_SETTING_CHOICE:
    case NN_SETTING_TEXT:
    default:
      return json_node_init_string (node, text);
    }
}

JsonNode *
numeral_run_config_to_json (const NumeralRunConfig *config)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  guint n;
  const NumeralRunSetting *settings = numeral_run_settings (&n);

  for (guint i = 0; i < n; i++)
    {
      const NnSetting *setting = settings[i].setting;
      JsonNode *value = NULL;

      if (settings[i].top)
        value = setting_to_json (setting, numeral_run_setting_object (&settings[i], config));
      if (value != NULL)
        json_object_set_member (object, setting->name, value);
    }
  json_node_take_object (node, object);
  return node;
}

static gboolean
take_count (JsonNode *node, const char *name, guint *out, GError **error)
{
  gint64 value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("“%s” must be a whole number"), name);
  value = json_node_get_int (node);
  if (value < 0 || value > G_MAXUINT)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("“%s” is %" PRId64 " and must be from 0 to %u"),
                         name, value, G_MAXUINT);
  *out = (guint) value;
  return TRUE;
}

static gboolean
take_double (JsonNode *node, const char *name, double *out, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("“%s” must be a number"), name);
  *out = json_node_get_double (node);
  if (!isfinite (*out))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("“%s” must be a finite number"), name);
  return TRUE;
}

static const char *
take_text (JsonNode *node, const char *name, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  numeral_fail (error, NN_ERROR_CONFIG, _ ("“%s” must be a text in quotes"), name);
  return NULL;
}

static gboolean
take_widths (JsonNode *node, const NnSetting *setting, gpointer object, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("“%s” must be a list of widths"),
                         setting->name);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      guint width;

      if (!take_count (json_array_get_element (array, i), setting->name, &width, error))
        return FALSE;
      g_string_append_printf (text, "%s%u", i > 0 ? "," : "", width);
    }
  return nn_setting_set_text (setting, object, text->len > 0 ? text->str : "none", error);
}

static gboolean
take_seed (JsonNode *node, const NnSetting *setting, gpointer object, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) >= 0)
    {
      g_autofree char *text = g_strdup_printf ("%" PRId64, json_node_get_int (node));

      return nn_setting_set_text (setting, object, text, error);
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      nn_setting_set_text (setting, object, json_node_get_string (node), NULL))
    return TRUE;
  return numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("“%s” must be a whole number from 0 to 2^64 - 1, in quotes if it is "
                          "larger than 2^53"),
                       setting->name);
}

static gboolean
take_text_setting (JsonNode *node, const NnSetting *setting, gpointer object, GError **error)
{
  const char *text = take_text (node, setting->name, error);

  if (text == NULL)
    return FALSE;
  if (nn_setting_set_text (setting, object, text, error))
    return TRUE;
  g_prefix_error (error, "“%s”: ", setting->name);
  return FALSE;
}

static gboolean
take_setting (JsonNode *node, const NnSetting *setting, gpointer object, GError **error)
{
  double real = 0;
  guint count = 0;

  switch (setting->type)
    {
    case NN_SETTING_REAL:
      if (!take_double (node, setting->name, &real, error))
        return FALSE;
      nn_setting_set_number (setting, object, real);
      return TRUE;
    case NN_SETTING_COUNT:
      if (!take_count (node, setting->name, &count, error))
        return FALSE;
      nn_setting_set_number (setting, object, count);
      return TRUE;
    case NN_SETTING_SEED:
      return take_seed (node, setting, object, error);
    case NN_SETTING_WIDTHS:
      return take_widths (node, setting, object, error);
    case NN_SETTING_CHOICE:
    case NN_SETTING_TEXT:
    default:
      return take_text_setting (node, setting, object, error);
    }
}

static gboolean
take_member (NumeralRunConfig *config, const char *name, JsonNode *node, GError **error)
{
  guint n;
  const NumeralRunSetting *settings = numeral_run_settings (&n);
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < n; i++)
    if (settings[i].top && g_str_equal (settings[i].setting->name, name))
      return take_setting (node, settings[i].setting,
                           numeral_run_setting_object (&settings[i], config), error);
  quoted = numeral_tensor_quote (name);
  return numeral_fail (error, NN_ERROR_CONFIG, _ ("there is no setting %s"), quoted);
}

/* Looks for MNIST only if no source is named: there may be very many runs to read. A run of 0.1.0,
 * which names no version of the generator, had the first. */
static NumeralRunConfig *
defaults_for (JsonObject *object)
{
  NumeralRunConfig *config = json_object_has_member (object, "source") ?
                                 numeral_run_config_new_for_source (NUMERAL_SOURCE_MNIST) :
                                 numeral_run_config_new ();

  if (json_object_has_member (object, "source"))
    config->generator = 1;
  return config;
}

NumeralRunConfig *
numeral_run_config_from_json (JsonNode *node, GError **error)
{
  g_autoptr (NumeralRunConfig) config = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("settings are a JSON object, and this is none"));
      return NULL;
    }
  config = defaults_for (json_node_get_object (node));
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &member))
    if (!take_member (config, name, member, error))
      return NULL;
  if (!nn_train_config_validate (&config->train, error))
    return NULL;
  return g_steal_pointer (&config);
}

NumeralRunConfig *
numeral_run_config_load (GFile *file, GError **error)
{
  g_autoptr (JsonNode) node = numeral_json_load (file, error);
  g_autofree char *name = NULL;
  NumeralRunConfig *config;
  JsonNode *settings;

  if (node == NULL)
    return NULL;
  settings = json_object_get_member (json_node_get_object (node), NUMERAL_RUN_SETTINGS);
  config = numeral_run_config_from_json (settings != NULL ? settings : node, error);
  if (config == NULL)
    {
      name = g_file_get_parse_name (file);
      g_prefix_error (error, "%s: ", name);
    }
  return config;
}
