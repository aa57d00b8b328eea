/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-safetensors.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-card.h"
#include "numeral-model-layers.h"
#include "numeral-model-novelty.h"
#include "numeral-safetensors.h"

/* The length of the header, and its first character. */
#define SNIFF_BYTES 9

/* Names and values of all tensors of a file. */
typedef struct
{
  NumeralTensorValues tensors[4 * NN_MAX_LAYERS];
  char names[4 * NN_MAX_LAYERS][48];
  guint n;
} Tensors;

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
  network = numeral_model_layers_read (file, error);
  if (network == NULL)
    return NULL;
  card = numeral_model_card_read (file->metadata);
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

/* The tensors of all networks of the model. */
static void
add_networks (Tensors *list, const NumeralModel *model)
{
  list->n = 0;
  add_network (list, model->network, "");
  if (model->novelty != NULL)
    add_network (list, model->novelty->network, NUMERAL_NOVELTY_PREFIX);
}

static gboolean
save (const NumeralModel *model,
      NumeralSaveFlags flags,
      NnWriteFunc write,
      gpointer data,
      GError **error)
{
  Tensors list;
  g_autoptr (GHashTable) metadata = numeral_model_card_write (model);

  add_networks (&list, model);
  return numeral_model_card_check (metadata, error) &&
         numeral_safetensors_write (list.tensors, list.n, metadata,
                                    (flags & NUMERAL_SAVE_HALF) != 0, write, data, error);
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
