/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-tensors.h"

#include "numeral-model-card.h"
#include "numeral-model-layers.h"
#include "numeral-model-novelty.h"
#include "numeral-model-quantized.h"
#include "numeral-model-sparse.h"

NumeralModel *
numeral_model_tensors_read (NumeralSafetensors *file, const char *architecture, GError **error)
{
  g_autoptr (NumeralNovelty) novelty = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = NULL;

  if (architecture != NULL)
    g_hash_table_replace (file->metadata, g_strdup ("architecture"), g_strdup (architecture));
  if (!numeral_model_card_check (file->metadata, error) ||
      !numeral_model_novelty_read (file, &novelty, error) ||
      !numeral_model_sparse_expand (file, error))
    return NULL;
  network = numeral_model_is_quantized (file) ? numeral_model_quantized_read (file, error) :
                                                numeral_model_layers_read (file, error);
  if (network == NULL)
    return NULL;
  card = numeral_model_card_read (file->metadata);
  return numeral_model_new (network, novelty, card);
}

void
numeral_model_tensors_add (NumeralTensorList *list,
                           const NnNetwork *network,
                           const char *prefix,
                           gboolean sparse)
{
  for (guint i = 0; i < network->n_weights; i++)
    {
      const NnWeights *layer = &network->weights[i];
      g_autofree char *weight_name = g_strdup_printf ("%s" NUMERAL_MODEL_WEIGHT, prefix, i);
      g_autofree char *bias_name = g_strdup_printf ("%s" NUMERAL_MODEL_BIAS, prefix, i);
      NumeralTensorValues weight = { .name = weight_name, .values = layer->weight };
      const NumeralTensorValues bias = {
        .name = bias_name, .n_dims = 1, .dims = { layer->n_out }, .values = layer->bias
      };

      weight.n_dims = numeral_model_weight_dims (&network->arch, layer, weight.dims);
      numeral_model_sparse_add (list, &weight, sparse);
      numeral_tensor_list_add (list, &bias);
    }
}

NumeralTensorList *
numeral_model_tensors_list (const NumeralModel *model, gboolean sparse)
{
  NumeralTensorList *list = numeral_tensor_list_new ();

  if (model->network->quantized != NULL)
    numeral_model_quantized_list (model->network->quantized, sparse, list);
  else
    numeral_model_tensors_add (list, model->network, "", sparse);
  /* Only the weights of the model's own network are expanded. */
  if (model->novelty != NULL)
    numeral_model_tensors_add (list, model->novelty->network, NUMERAL_NOVELTY_PREFIX, FALSE);
  numeral_tensor_list_sort (list);
  return list;
}
