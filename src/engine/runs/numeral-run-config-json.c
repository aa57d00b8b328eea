/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-json.h"
#include "numeral-run-config.h"
#include "numeral-safetensors.h"

/* Whole numbers up to here are numbers to every reader of JSON; larger seeds are written as text.
 */
#define MAX_JSON_INTEGER ((guint64) 1 << 53)

static const char *const source_names[] = { "mnist", "generated", "path" };

/* Every member by its name; each field of the configuration stands in one of these tables, or with
 * the enumerations. */
typedef struct
{
  const char *name;
  gsize offset;
} Field;

#define TRAIN(name, field)                       \
  {                                              \
    name, G_STRUCT_OFFSET (NnTrainConfig, field) \
  }

static const Field doubles[] = {
  TRAIN ("learning-rate", learning_rate),
  TRAIN ("momentum", momentum),
  TRAIN ("beta1", beta1),
  TRAIN ("beta2", beta2),
  TRAIN ("epsilon", epsilon),
  TRAIN ("weight-decay", weight_decay),
  TRAIN ("dropout", dropout),
  TRAIN ("label-smoothing", label_smoothing),
  TRAIN ("step-factor", step_factor),
  TRAIN ("warmup", warmup_epochs),
  TRAIN ("validation", validation),
};

static const Field counts[] = {
  TRAIN ("step-epochs", step_epochs), TRAIN ("batch-size", batch_size), TRAIN ("epochs", epochs),
  TRAIN ("patience", patience),       TRAIN ("threads", threads),
};

/* Enumerations, which core knows by name; all are of the size of an int. */
typedef struct
{
  const char *name;
  gsize offset;
  const char *(*to_name) (int value);
  gboolean (*from_name) (const char *name, int *out, GError **error);
} Choice;

#define CHOICE(Type, prefix)                                                  \
  static const char *prefix##_to_name (int value)                             \
  {                                                                           \
    return nn_##prefix##_name ((Type) value);                                 \
  }                                                                           \
                                                                              \
  static gboolean prefix##_parse (const char *name, int *out, GError **error) \
  {                                                                           \
    Type value;                                                               \
                                                                              \
    if (!nn_##prefix##_from_name (name, &value, error))                       \
      return FALSE;                                                           \
    *out = (int) value;                                                       \
    return TRUE;                                                              \
  }

CHOICE (NnActivation, activation)
CHOICE (NnInit, init)
CHOICE (NnLoss, loss)
CHOICE (NnOptimizer, optimizer)
CHOICE (NnSchedule, schedule)
CHOICE (NnBalance, balance)

G_STATIC_ASSERT (sizeof (NnActivation) == sizeof (int) && sizeof (NnInit) == sizeof (int) &&
                 sizeof (NnLoss) == sizeof (int) && sizeof (NnOptimizer) == sizeof (int) &&
                 sizeof (NnSchedule) == sizeof (int) && sizeof (NnBalance) == sizeof (int));

#define TRAIN_CHOICE(field)                                                       \
  {                                                                               \
#field, G_STRUCT_OFFSET(NnTrainConfig, field), field##_to_name, field##_parse \
  }

static const Choice choices[] = {
  TRAIN_CHOICE (activation), TRAIN_CHOICE (init),     TRAIN_CHOICE (loss),
  TRAIN_CHOICE (optimizer),  TRAIN_CHOICE (schedule), TRAIN_CHOICE (balance),
};

JsonNode *
numeral_run_config_to_json (const NumeralRunConfig *config)
{
  const NnTrainConfig *train = &config->train;
  JsonObject *object = json_object_new ();
  JsonArray *hidden = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *augment = nn_augment_to_string (&train->augment);

  json_object_set_string_member (object, "source", source_names[config->source]);
  if (config->path != NULL)
    json_object_set_string_member (object, "path", config->path);
  json_object_set_int_member (object, "generated", config->generated);
  for (guint l = 0; l < train->n_hidden; l++)
    json_array_add_int_element (hidden, train->hidden[l]);
  json_object_set_array_member (object, "hidden", hidden);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    json_object_set_string_member (object, choices[i].name,
                                   choices[i].to_name (
                                       G_STRUCT_MEMBER (int, train, choices[i].offset)));
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    json_object_set_double_member (object, doubles[i].name,
                                   G_STRUCT_MEMBER (double, train, doubles[i].offset));
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    json_object_set_int_member (object, counts[i].name,
                                G_STRUCT_MEMBER (guint, train, counts[i].offset));
  json_object_set_string_member (object, "augment", augment);
  if (train->seed <= MAX_JSON_INTEGER)
    json_object_set_int_member (object, "seed", (gint64) train->seed);
  else
    {
      g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, train->seed);

      json_object_set_string_member (object, "seed", seed);
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
take_hidden (JsonNode *node, NnTrainConfig *train, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("“hidden” must be a list of widths"));
  array = json_node_get_array (node);
  if (json_array_get_length (array) > NN_MAX_HIDDEN)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("“hidden” has %u layers; there may be at most %d"),
                         json_array_get_length (array), NN_MAX_HIDDEN);
  train->n_hidden = json_array_get_length (array);
  memset (train->hidden, 0, sizeof train->hidden);
  for (guint l = 0; l < train->n_hidden; l++)
    if (!take_count (json_array_get_element (array, l), "hidden", &train->hidden[l], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_seed (JsonNode *node, NnTrainConfig *train, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) >= 0)
    {
      train->seed = (guint64) json_node_get_int (node);
      return TRUE;
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      g_ascii_string_to_unsigned (json_node_get_string (node), 10, 0, G_MAXUINT64, &train->seed,
                                  NULL))
    return TRUE;
  return numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("“seed” must be a whole number from 0 to 2^64 - 1, in quotes where it is "
                          "larger than 2^53"));
}

static gboolean
take_augment (JsonNode *node, NnTrainConfig *train, GError **error)
{
  const char *text = take_text (node, "augment", error);

  return text != NULL && nn_augment_from_string (text, &train->augment, error);
}

static gboolean
take_source (JsonNode *node, NumeralRunConfig *config, GError **error)
{
  const char *name = take_text (node, "source", error);
  g_autofree char *quoted = NULL;

  if (name == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (source_names); i++)
    if (g_str_equal (name, source_names[i]))
      {
        config->source = (NumeralSource) i;
        return TRUE;
      }
  quoted = numeral_tensor_quote (name);
  return numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("“source” is %s; it may be mnist, generated or path"), quoted);
}

static gboolean
take_choice (JsonNode *node, const Choice *choice, NnTrainConfig *train, GError **error)
{
  const char *name = take_text (node, choice->name, error);

  if (name == NULL)
    return FALSE;
  if (choice->from_name (name, &G_STRUCT_MEMBER (int, train, choice->offset), error))
    return TRUE;
  g_prefix_error (error, "“%s”: ", choice->name);
  return FALSE;
}

static gboolean
take_member (NumeralRunConfig *config, const char *name, JsonNode *node, GError **error)
{
  NnTrainConfig *train = &config->train;
  g_autofree char *quoted = NULL;

  if (g_str_equal (name, "source"))
    return take_source (node, config, error);
  if (g_str_equal (name, "path"))
    {
      const char *path = take_text (node, name, error);

      g_free (config->path);
      config->path = g_strdup (path);
      return path != NULL;
    }
  if (g_str_equal (name, "generated"))
    return take_count (node, name, &config->generated, error);
  if (g_str_equal (name, "hidden"))
    return take_hidden (node, train, error);
  if (g_str_equal (name, "augment"))
    return take_augment (node, train, error);
  if (g_str_equal (name, "seed"))
    return take_seed (node, train, error);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_str_equal (name, choices[i].name))
      return take_choice (node, &choices[i], train, error);
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    if (g_str_equal (name, doubles[i].name))
      return take_double (node, name, &G_STRUCT_MEMBER (double, train, doubles[i].offset), error);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (g_str_equal (name, counts[i].name))
      return take_count (node, name, &G_STRUCT_MEMBER (guint, train, counts[i].offset), error);
  quoted = numeral_tensor_quote (name);
  return numeral_fail (error, NN_ERROR_CONFIG, _ ("there is no setting %s"), quoted);
}

NumeralRunConfig *
numeral_run_config_from_json (JsonNode *node, GError **error)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("settings are a JSON object, and this is none"));
      return NULL;
    }
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
