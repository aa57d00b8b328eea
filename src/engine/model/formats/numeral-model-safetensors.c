/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-safetensors.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-card.h"
#include "numeral-model-layers.h"
#include "numeral-model-novelty.h"
#include "numeral-model-quantized.h"
#include "numeral-safetensors.h"

/* The length of the header, and its first character. */
#define SNIFF_BYTES 9

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

static NumeralModel *
load (GBytes *bytes, GFile *folder, GError **error)
{
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, error);
  g_autoptr (NumeralNovelty) novelty = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = NULL;

  if (file == NULL || !numeral_model_card_check (file->metadata, error) ||
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

/* (transfer full): the tensors of all networks of the model. */
static GArray *
list_tensors (const NumeralModel *model)
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

static gboolean
save (const NumeralModel *model,
      NumeralSaveFlags flags,
      NnWriteFunc write,
      gpointer data,
      GError **error)
{
  g_autoptr (GArray) tensors = list_tensors (model);
  g_autoptr (GHashTable) metadata = numeral_model_card_write (model);

  return numeral_model_card_check (metadata, error) &&
         numeral_safetensors_write ((const NumeralTensorValues *) (void *) tensors->data,
                                    tensors->len, metadata, (flags & NUMERAL_SAVE_HALF) != 0, write,
                                    data, error);
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
