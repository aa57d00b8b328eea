/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-card.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-model-novelty.h"
#include "numeral-model-quantized.h"
#include "numeral-safetensors.h"

#define FORMAT "numeral-1"

/* The keys that describe the networks; written from the model, never from the card. */
static const char *const described[] = { "format", "architecture", "activation", "loss",
                                         NUMERAL_QUANTIZATION_KEY };

static gboolean
is_described (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (described); i++)
    if (g_str_equal (key, described[i]))
      return TRUE;
  return g_str_has_prefix (key, NUMERAL_NOVELTY_PREFIX);
}

gboolean
numeral_model_card_check (GHashTable *metadata, GError **error)
{
  const char *format = g_hash_table_lookup (metadata, "format");
  const char *preprocessing = g_hash_table_lookup (metadata, "preprocessing");

  if (g_strcmp0 (format, NUMERAL_GENERATOR_FORMAT) == 0)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("the file has a generator, which makes digits and reads none; the data "
                            "set gan:FILE:N has digits that it makes"));
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

GHashTable *
numeral_model_card_read (GHashTable *metadata)
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

GHashTable *
numeral_model_card_write (const NumeralModel *model)
{
  const NnArchitecture *arch = &model->network->arch;
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
  if (model->network->quantized != NULL)
    g_hash_table_insert (metadata, g_strdup (NUMERAL_QUANTIZATION_KEY),
                         g_strdup (NUMERAL_QUANTIZATION_INT8));
  if (model->novelty != NULL)
    numeral_model_novelty_describe (model->novelty, metadata);
  return metadata;
}
