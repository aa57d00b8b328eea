/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-safetensors.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-layers.h"
#include "numeral-model-novelty.h"
#include "numeral-safetensors.h"

#define FORMAT "numeral-1"
/* The length of the header, and its first character. */
#define SNIFF_BYTES 9

/* The keys that describe the networks; written from the model, never from the card. */
static const char *const described[] = { "format", "architecture", "activation", "loss" };

/* Names and values of all tensors of a file. */
typedef struct
{
  NumeralTensorValues tensors[4 * NN_MAX_LAYERS];
  char names[4 * NN_MAX_LAYERS][48];
  guint n;
} Tensors;

static gboolean
is_described (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (described); i++)
    if (g_str_equal (key, described[i]))
      return TRUE;
  return g_str_has_prefix (key, NUMERAL_NOVELTY_PREFIX);
}

static gboolean
sniff (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint64 header;

  if (size < SNIFF_BYTES)
    return FALSE;
  memcpy (&header, data, sizeof header);
  header = GUINT64_FROM_LE (header);
  return header > 0 && header <= NUMERAL_SAFETENSORS_MAX_HEADER && data[sizeof header] == '{';
}

/* A model works only with the preprocessing of its training data. */
static gboolean
check_metadata (GHashTable *metadata, GError **error)
{
  const char *format = g_hash_table_lookup (metadata, "format");
  const char *preprocessing = g_hash_table_lookup (metadata, "preprocessing");

  if (format != NULL && g_str_has_prefix (format, "numeral-") && !g_str_equal (format, FORMAT))
    {
      g_autofree char *quoted = numeral_tensor_quote (format);

      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("the model has the format %s; a newer Numeral is needed to read it"), quoted);
      return FALSE;
    }
  if (preprocessing != NULL && !g_str_equal (preprocessing, NUMERAL_PREPROCESSING_MNIST) &&
      !g_str_equal (preprocessing, NUMERAL_PREPROCESSING_NONE))
    {
      g_autofree char *quoted = numeral_tensor_quote (preprocessing);

      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("the model wants its input prepared as %s; only “%s” and “%s” are known"),
                   quoted, NUMERAL_PREPROCESSING_MNIST, NUMERAL_PREPROCESSING_NONE);
      return FALSE;
    }
  return TRUE;
}

/* (transfer full): @metadata without the keys that describe the networks. */
static GHashTable *
card_of (GHashTable *metadata)
{
  GHashTable *card = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!is_described (key))
      g_hash_table_insert (card, key, value);
  return card;
}

static NumeralModel *
load (GBytes *bytes, GError **error)
{
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, error);
  g_autoptr (NumeralNovelty) novelty = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = NULL;

  if (file == NULL || !check_metadata (file->metadata, error) ||
      !numeral_model_novelty_read (file, &novelty, error))
    return NULL;
  network = numeral_model_layers_read (file, error);
  if (network == NULL)
    return NULL;
  card = card_of (file->metadata);
  return numeral_model_new (network, novelty, card);
}

static void
add_network (Tensors *list, const NnNetwork *network, const char *prefix)
{
  for (guint i = 0; i < network->n_weights; i++)
    {
      const NnWeights *layer = &network->weights[i];
      const guint at = list->n;

      g_snprintf (list->names[at], sizeof list->names[0], "%s" NUMERAL_MODEL_WEIGHT, prefix, i);
      g_snprintf (list->names[at + 1], sizeof list->names[0], "%s" NUMERAL_MODEL_BIAS, prefix, i);
      list->tensors[at] = (NumeralTensorValues){
        .name = list->names[at],
        .values = layer->weight,
      };
      list->tensors[at].n_dims =
          numeral_model_weight_dims (&network->arch, layer, list->tensors[at].dims);
      list->tensors[at + 1] = (NumeralTensorValues){
        .name = list->names[at + 1],
        .n_dims = 1,
        .dims = { layer->n_out },
        .values = layer->bias,
      };
      list->n += 2;
    }
}

/* (transfer full): the metadata of the file; its tensors go to @list. */
static GHashTable *
describe (const NumeralModel *model, Tensors *list)
{
  const NnNetwork *network = model->network;
  const NnArchitecture *arch = &network->arch;
  GHashTable *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, model->metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!is_described (key))
      g_hash_table_insert (metadata, g_strdup (key), g_strdup (value));
  g_hash_table_insert (metadata, g_strdup ("preprocessing"), g_strdup (model->preprocessing));
  g_hash_table_insert (metadata, g_strdup ("format"), g_strdup (FORMAT));
  g_hash_table_insert (metadata, g_strdup ("architecture"), nn_architecture_to_string (arch));
  g_hash_table_insert (metadata, g_strdup ("activation"),
                       g_strdup (nn_activation_name (nn_architecture_get_activation (arch))));
  g_hash_table_insert (metadata, g_strdup ("loss"), g_strdup (nn_loss_name (arch->loss)));

  list->n = 0;
  add_network (list, network, "");
  if (model->novelty != NULL)
    {
      add_network (list, model->novelty->network, NUMERAL_NOVELTY_PREFIX);
      numeral_model_novelty_describe (model->novelty, metadata);
    }
  return metadata;
}

static gboolean
save (const NumeralModel *model, gboolean half, NnWriteFunc write, gpointer data, GError **error)
{
  Tensors list;
  g_autoptr (GHashTable) metadata = describe (model, &list);

  return check_metadata (metadata, error) &&
         numeral_safetensors_write (list.tensors, list.n, metadata, half, write, data, error);
}

static const char *const suffixes[] = { "safetensors", NULL };

const NumeralModelFormat numeral_model_safetensors = {
  .name = "safetensors",
  .suffixes = suffixes,
  .content_type = "application/x-safetensors",
  .sniff = sniff,
  .load = load,
  .save = save,
};
