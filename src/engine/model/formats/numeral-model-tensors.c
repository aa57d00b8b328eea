/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-tensors.h"

#include "numeral-model-card.h"
#include "numeral-model-layers.h"
#include "numeral-model-novelty.h"
#include "numeral-model-quantized.h"

NumeralModel *
numeral_model_tensors_read (NumeralSafetensors *file, GError **error)
{
  g_autoptr (NumeralNovelty) novelty = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = NULL;

  if (!numeral_model_card_check (file->metadata, error) ||
      !numeral_model_novelty_read (file, &novelty, error))
    return NULL;
  network = numeral_model_is_quantized (file) ? numeral_model_quantized_read (file, error) :
                                                numeral_model_layers_read (file, error);
  if (network == NULL)
    return NULL;
  card = numeral_model_card_read (file->metadata);
  return numeral_model_new (network, novelty, card);
}

static void
clear_tensor (gpointer data)
{
  NumeralTensorValues *tensor = data;

  g_free ((char *) tensor->name);
}

static void
add_network (GArray *tensors, const NnNetwork *network, const char *prefix)
{
  for (guint i = 0; i < network->n_weights; i++)
    {
      const NnWeights *layer = &network->weights[i];
      NumeralTensorValues weight = {
        .name = g_strdup_printf ("%s" NUMERAL_MODEL_WEIGHT, prefix, i),
        .values = layer->weight,
      };
      const NumeralTensorValues bias = {
        .name = g_strdup_printf ("%s" NUMERAL_MODEL_BIAS, prefix, i),
        .n_dims = 1,
        .dims = { layer->n_out },
        .values = layer->bias,
      };

      weight.n_dims = numeral_model_weight_dims (&network->arch, layer, weight.dims);
      g_array_append_val (tensors, weight);
      g_array_append_val (tensors, bias);
    }
}

GArray *
numeral_model_tensors_list (const NumeralModel *model)
{
  GArray *tensors = g_array_new (FALSE, FALSE, sizeof (NumeralTensorValues));

  g_array_set_clear_func (tensors, clear_tensor);
  if (model->network->quantized != NULL)
    numeral_model_quantized_list (model->network->quantized, FALSE, tensors);
  else
    add_network (tensors, model->network, "");
  if (model->novelty != NULL)
    add_network (tensors, model->novelty->network, NUMERAL_NOVELTY_PREFIX);
  if (model->network->quantized != NULL)
    numeral_model_quantized_list (model->network->quantized, TRUE, tensors);
  return tensors;
}
