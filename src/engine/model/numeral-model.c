/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model.h"

#include "ink-tensor.h"

/* Keys of the training card that the program uses: the preprocessing of the input, and the
 * temperature. */
#define KEY_PREPROCESSING "preprocessing"
#define KEY_TEMPERATURE "temperature"
#define KEY_SMOOTHING "smoothing"

G_DEFINE_BOXED_TYPE (NumeralModel, numeral_model, numeral_model_ref, numeral_model_unref)

static double
get_number (const NumeralModel *model, const char *key, double fallback)
{
  const char *text = numeral_model_get_metadata (model, key);

  return text != NULL ? g_ascii_strtod (text, NULL) : fallback;
}

static const char *
get_preprocessing (const NumeralModel *model)
{
  const char *text = numeral_model_get_metadata (model, KEY_PREPROCESSING);

  if (text != NULL)
    return text;
  return nn_architecture_n_inputs (&model->network->arch) == INK_TENSOR_SIZE ?
             NUMERAL_PREPROCESSING_MNIST :
             NUMERAL_PREPROCESSING_NONE;
}

NumeralModel *
numeral_model_new (NnNetwork *network, NumeralNovelty *novelty, GHashTable *metadata)
{
  NumeralModel *model = g_new0 (NumeralModel, 1);

  model->network = nn_network_ref (network);
  model->novelty = novelty != NULL ? numeral_novelty_ref (novelty) : NULL;
  model->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  model->ref_count = 1;
  if (metadata != NULL)
    {
      GHashTableIter iter;
      gpointer key, value;

      g_hash_table_iter_init (&iter, metadata);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_insert (model->metadata, g_utf8_make_valid (key, -1),
                             g_utf8_make_valid (value, -1));
    }
  model->preprocessing = get_preprocessing (model);
  model->temperature = get_number (model, KEY_TEMPERATURE, 1);
  model->smoothing = get_number (model, KEY_SMOOTHING, 0);
  return model;
}

NumeralModel *
numeral_model_ref (NumeralModel *model)
{
  g_atomic_int_inc (&model->ref_count);
  return model;
}

void
numeral_model_unref (NumeralModel *model)
{
  if (!g_atomic_int_dec_and_test (&model->ref_count))
    return;
  nn_network_unref (model->network);
  g_clear_pointer (&model->novelty, numeral_novelty_unref);
  g_hash_table_unref (model->metadata);
  g_free (model);
}

GHashTable *
numeral_model_copy_card (const NumeralModel *model)
{
  GHashTable *card = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, model->metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (card, g_strdup (key), g_strdup (value));
  return card;
}

const char *
numeral_model_get_metadata (const NumeralModel *model, const char *key)
{
  return g_hash_table_lookup (model->metadata, key);
}
