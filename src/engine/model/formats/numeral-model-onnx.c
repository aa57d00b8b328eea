/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-onnx.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-model-card.h"
#include "numeral-model-file.h"
#include "numeral-model-novelty.h"
#include "numeral-onnx-reader.h"
#include "numeral-onnx-writer.h"

#define PROBABILITIES "probabilities"
#define NOVELTY "novelty"
/* Texts of a file: a card has a few dozens. */
#define MAX_ENTRIES 1024
#define MAX_TEXT 65536

/* The first member of a file is its version: the field 1, a small number. */
static gboolean
sniff (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size > 2 && data[0] == 0x08 && data[1] >= 1 && data[1] < 0x20;
}

/* (transfer full) (nullable): refers to the texts of @file. */
static GHashTable *
read_metadata (const NumeralOnnxModel *file, GError **error)
{
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < file->n_metadata_props; i++)
    {
      const char *key = numeral_onnx_text (file->metadata_props[i]->key);
      const char *value = numeral_onnx_text (file->metadata_props[i]->value);

      if (i == MAX_ENTRIES || strnlen (value, MAX_TEXT) == MAX_TEXT ||
          strnlen (key, MAX_TEXT) == MAX_TEXT)
        {
          numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("its metadata is too large"));
          return NULL;
        }
      if (!g_utf8_validate (key, -1, NULL) || !g_utf8_validate (value, -1, NULL))
        {
          numeral_fail (error, NN_ERROR_FORMAT, _ ("its metadata is not UTF-8 text"));
          return NULL;
        }
      g_hash_table_insert (metadata, (gpointer) key, (gpointer) value);
    }
  return numeral_model_card_check (metadata, error) ? g_steal_pointer (&metadata) : NULL;
}

/* Both losses with sigmoid outputs give the same answers; the metadata remembers which it was.
 * @network is new: nobody has seen it. */
static void
take_loss (NnNetwork *network, GHashTable *metadata, const char *key)
{
  const char *name = g_hash_table_lookup (metadata, key);
  NnLoss loss;

  if (name != NULL && network->arch.loss != NN_LOSS_CROSS_ENTROPY &&
      nn_loss_from_name (name, &loss, NULL) && loss != NN_LOSS_CROSS_ENTROPY)
    network->arch.loss = loss;
}

/* @novelty: (out) (nullable): the detector, if Numeral wrote one. */
static gboolean
read_novelty (const NumeralOnnxModel *file,
              GFile *folder,
              GHashTable *metadata,
              NumeralNovelty **novelty,
              GError **error)
{
  g_autoptr (NnNetwork) network = NULL;
  double threshold;

  *novelty = NULL;
  if (!g_hash_table_contains (metadata, NUMERAL_NOVELTY_THRESHOLD_KEY))
    return TRUE;
  if (!numeral_model_novelty_read_threshold (metadata, &threshold, error))
    return FALSE;
  network = numeral_onnx_read_network (file, folder, NOVELTY, error);
  if (network == NULL)
    return FALSE;
  take_loss (network, metadata, NUMERAL_NOVELTY_PREFIX "loss");
  *novelty = numeral_novelty_new (network, threshold, error);
  return *novelty != NULL;
}

static NumeralModel *
load (GBytes *bytes, GFile *folder, GError **error)
{
  g_autoptr (NumeralOnnxModel) file = numeral_onnx_model_unpack (bytes, error);
  g_autoptr (GHashTable) metadata = file != NULL ? read_metadata (file, error) : NULL;
  g_autoptr (NumeralNovelty) novelty = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = NULL;

  if (metadata == NULL)
    return NULL;
  network = numeral_onnx_read_network (file, folder, NULL, error);
  if (network == NULL || !read_novelty (file, folder, metadata, &novelty, error))
    return NULL;
  take_loss (network, metadata, "loss");
  card = numeral_model_card_read (metadata);
  return numeral_model_new (network, novelty, card);
}

static gboolean
save (const NumeralModel *model,
      NumeralSaveFlags flags,
      NnWriteFunc write,
      gpointer data,
      GError **error)
{
  g_autoptr (GHashTable) metadata = numeral_model_card_write (model);
  NumeralOnnxPart parts[] = { { model->network, "", PROBABILITIES }, { NULL } };
  const gboolean half = (flags & NUMERAL_SAVE_HALF) != 0;
  guint n_parts = 1;

  if (model->novelty != NULL)
    parts[n_parts++] =
        (NumeralOnnxPart){ model->novelty->network, NUMERAL_NOVELTY_PREFIX, NOVELTY };
  return numeral_model_card_check (metadata, error) &&
         numeral_onnx_write (parts, n_parts, metadata, half, NUMERAL_MODEL_MAX_BYTES, write, data,
                             error);
}

static const char *const suffixes[] = { "onnx", NULL };

const NumeralModelFormat numeral_model_onnx = {
  .name = "ONNX",
  .suffixes = suffixes,
  .content_type = "application/onnx",
  .kept = { [NUMERAL_PART_FLOAT32] = NUMERAL_KEPT_EXACTLY,
            [NUMERAL_PART_HALF] = NUMERAL_KEPT_ROUNDED,
            [NUMERAL_PART_INT8] = NUMERAL_KEPT_AS_FLOAT32,
            [NUMERAL_PART_ARCHITECTURE] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_CARD] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_LOSS] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_NOVELTY] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_VECTOR] = NUMERAL_KEPT_NO,
            [NUMERAL_PART_READ] = NUMERAL_KEPT_YES },
  .sniff = sniff,
  .load = load,
  .save = save,
};
