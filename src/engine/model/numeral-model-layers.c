/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-layers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "numeral-fail.h"

/* The tensors of one layer; @bias may be %NULL. */
typedef struct
{
  char *name;
  const NumeralTensor *weight, *bias;
} Layer;

static void
layer_free (Layer *layer)
{
  g_free (layer->name);
  g_free (layer);
}

/* "784-128-10" */
static gboolean
parse_architecture (const char *text, NnArchitecture *arch, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", NN_MAX_LAYERS + 3);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n && n >= 2 && n <= NN_MAX_LAYERS + 1; i++)
    {
      guint64 width;

      if (!g_ascii_string_to_unsigned (parts[i], 10, 1, NN_MAX_WIDTH, &width, NULL))
        break;
      arch->widths[i] = (guint) width;
      arch->n_layers = i;
    }
  if (n < 2 || arch->n_layers != n - 1)
    {
      g_autofree char *quoted = numeral_tensor_quote (text);

      return numeral_fail (error, NN_ERROR_FORMAT,
                           _ ("the architecture %s is not widths such as 784-128-10, at most %u "
                              "layers of "
                              "at most %u"),
                           quoted, NN_MAX_LAYERS, NN_MAX_WIDTH);
    }
  return TRUE;
}

static gboolean
find_layers (const NumeralSafetensors *file,
             const NnArchitecture *arch,
             GPtrArray *layers,
             GError **error)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < arch->n_layers; i++)
    {
      g_autofree char *weight = g_strdup_printf (NUMERAL_MODEL_WEIGHT, i);
      g_autofree char *bias = g_strdup_printf (NUMERAL_MODEL_BIAS, i);
      Layer *layer = g_new0 (Layer, 1);

      g_ptr_array_add (layers, layer);
      layer->name = g_strdup_printf ("layers.%u", i);
      layer->weight = numeral_safetensors_find (file, weight);
      layer->bias = numeral_safetensors_find (file, bias);
      if (layer->weight == NULL || layer->bias == NULL)
        return numeral_fail (error, NN_ERROR_FORMAT, _ ("tensor “%s” is missing"),
                             layer->weight == NULL ? weight : bias);
      g_hash_table_add (used, (gpointer) layer->weight);
      g_hash_table_add (used, (gpointer) layer->bias);
    }
  for (guint i = 0; i < file->tensors->len; i++)
    {
      const NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);

      if (!g_hash_table_contains (used, tensor))
        {
          g_autofree char *quoted = numeral_tensor_quote (tensor->name);

          return numeral_fail (error, NN_ERROR_FORMAT,
                               _ ("tensor %s is not part of the architecture"), quoted);
        }
    }
  return TRUE;
}

/* "fc2" before "fc10": runs of digits compare as numbers. */
static int
compare_natural (gconstpointer a, gconstpointer b)
{
  const char *x = (*(Layer *const *) a)->name, *y = (*(Layer *const *) b)->name;

  while (*x != '\0' && *y != '\0')
    if (g_ascii_isdigit (*x) && g_ascii_isdigit (*y))
      {
        gsize n, m;

        while (x[0] == '0' && g_ascii_isdigit (x[1]))
          x++;
        while (y[0] == '0' && g_ascii_isdigit (y[1]))
          y++;
        n = strspn (x, "0123456789");
        m = strspn (y, "0123456789");
        if (n != m)
          return n < m ? -1 : 1;
        for (; n > 0; n--, x++, y++)
          if (*x != *y)
            return *x < *y ? -1 : 1;
      }
    else if (*x != *y)
      return *x < *y ? -1 : 1;
    else
      {
        x++;
        y++;
      }
  return (*x != '\0') - (*y != '\0');
}

static Layer *
get_layer (GPtrArray *layers, GHashTable *by_name, const char *tensor_name, gsize suffix)
{
  gsize length = strlen (tensor_name) - suffix;
  /* "fc1.weight" is of the layer "fc1"; a lone layer may be just "weight". */
  g_autofree char *name =
      g_strndup (tensor_name, length > 0 && tensor_name[length - 1] == '.' ? length - 1 : length);
  Layer *layer = g_hash_table_lookup (by_name, name);

  if (layer == NULL)
    {
      layer = g_new0 (Layer, 1);
      layer->name = g_steal_pointer (&name);
      g_hash_table_insert (by_name, layer->name, layer);
      g_ptr_array_add (layers, layer);
    }
  return layer;
}

static gboolean
infer_layers (const NumeralSafetensors *file,
              GPtrArray *layers,
              NnArchitecture *arch,
              GError **error)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < file->tensors->len; i++)
    {
      const NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);
      gboolean weight = g_str_has_suffix (tensor->name, "weight");
      gboolean bias = g_str_has_suffix (tensor->name, "bias");
      g_autofree char *quoted = numeral_tensor_quote (tensor->name);

      if ((!weight && !bias) || tensor->n_dims != (weight ? 2 : 1))
        return numeral_fail (error, NN_ERROR_SHAPE,
                             _ ("tensor %s is neither a weight of two dimensions nor a bias of "
                                "one; only "
                                "fully connected layers can be read"),
                             quoted);
      if (weight)
        get_layer (layers, by_name, tensor->name, strlen ("weight"))->weight = tensor;
      else
        get_layer (layers, by_name, tensor->name, strlen ("bias"))->bias = tensor;
    }
  g_ptr_array_sort (layers, compare_natural);

  if (layers->len == 0)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("the file holds no tensors"));
  if (layers->len > NN_MAX_LAYERS)
    return numeral_fail (error, NN_ERROR_TOO_LARGE,
                         _ ("the file holds %u layers; at most %u can be read"), layers->len,
                         NN_MAX_LAYERS);
  arch->n_layers = layers->len;
  for (guint i = 0; i < layers->len; i++)
    {
      const Layer *layer = g_ptr_array_index (layers, i);
      g_autofree char *quoted = numeral_tensor_quote (layer->name);
      const gsize *dims;

      if (layer->weight == NULL)
        return numeral_fail (error, NN_ERROR_FORMAT, _ ("layer %s has a bias but no weight"),
                             quoted);
      dims = layer->weight->dims;
      if (dims[0] > NN_MAX_WIDTH || dims[1] > NN_MAX_WIDTH)
        return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("layer %s is wider than %u"), quoted,
                             NN_MAX_WIDTH);
      if (i > 0 && dims[1] != arch->widths[i])
        return numeral_fail (error, NN_ERROR_SHAPE,
                             _ ("layer %s takes %u inputs, but the layer before it gives %u; name "
                                "layers "
                                "in their order"),
                             quoted, (guint) dims[1], arch->widths[i]);
      arch->widths[i] = (guint) dims[1];
      arch->widths[i + 1] = (guint) dims[0];
    }
  return TRUE;
}

static gboolean
check_shape (const Layer *layer, const NnLayer *view, GError **error)
{
  const NumeralTensor *weight = layer->weight, *bias = layer->bias;

  if (weight->n_dims != 2 || weight->dims[0] != view->n_out || weight->dims[1] != view->n_in)
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("the weight of layer “%s” is not %u by %u"),
                         layer->name, view->n_out, view->n_in);
  if (bias != NULL && (bias->n_dims != 1 || bias->dims[0] != view->n_out))
    {
      g_autofree char *quoted = numeral_tensor_quote (layer->name);

      return numeral_fail (error, NN_ERROR_SHAPE,
                           _ ("the bias of layer %s does not have %u values"), quoted, view->n_out);
    }
  return TRUE;
}

NnNetwork *
numeral_model_layers_read (const NumeralSafetensors *file, GError **error)
{
  const char *architecture = g_hash_table_lookup (file->metadata, "architecture");
  const char *activation = g_hash_table_lookup (file->metadata, "activation");
  const char *loss = g_hash_table_lookup (file->metadata, "loss");
  NnArchitecture arch = { .activation = NN_ACTIVATION_RELU, .loss = NN_LOSS_CROSS_ENTROPY };
  g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func ((GDestroyNotify) layer_free);
  g_autoptr (NnNetwork) network = NULL;

  /* The names come from a file: they are quoted here before they reach a message. */
  if (activation != NULL && !nn_activation_from_name (activation, &arch.activation, NULL))
    {
      g_autofree char *quoted = numeral_tensor_quote (activation);

      numeral_fail (error, NN_ERROR_CONFIG,
                    _ ("the model wants the activation %s, which is not known"), quoted);
      return NULL;
    }
  if (loss != NULL && !nn_loss_from_name (loss, &arch.loss, NULL))
    {
      g_autofree char *quoted = numeral_tensor_quote (loss);

      numeral_fail (error, NN_ERROR_CONFIG, _ ("the model wants the loss %s, which is not known"),
                    quoted);
      return NULL;
    }
  if (architecture != NULL)
    {
      if (!parse_architecture (architecture, &arch, error) ||
          !find_layers (file, &arch, layers, error))
        return NULL;
    }
  else if (!infer_layers (file, layers, &arch, error))
    return NULL;

  /* The shapes must fit before memory is asked for: then it cannot be more than the file holds
   * (twice that for float16), whatever the file claims. */
  if (!nn_architecture_validate (&arch, error))
    return NULL;
  for (guint i = 0; i < arch.n_layers; i++)
    {
      NnLayer view = { .n_in = arch.widths[i], .n_out = arch.widths[i + 1] };

      if (!check_shape (g_ptr_array_index (layers, i), &view, error))
        return NULL;
    }
  network = nn_network_new (&arch, error);
  if (network == NULL)
    return NULL;
  for (guint i = 0; i < arch.n_layers; i++)
    {
      const Layer *layer = g_ptr_array_index (layers, i);

      if (!numeral_tensor_read (layer->weight, network->layers[i].weight, error) ||
          (layer->bias != NULL &&
           !numeral_tensor_read (layer->bias, network->layers[i].bias, error)))
        return NULL;
    }
  return g_steal_pointer (&network);
}
