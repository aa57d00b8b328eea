/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-safetensors.h"

#include <string.h>

#include "numeral-model-card.h"
#include "numeral-model-tensors.h"

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
load_as (GBytes *bytes, const char *architecture, GError **error)
{
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, error);

  return file != NULL ? numeral_model_tensors_read (file, architecture, error) : NULL;
}

static NumeralModel *
load (GBytes *bytes, GFile *folder, GError **error)
{
  return load_as (bytes, NULL, error);
}

static gboolean
save (const NumeralModel *model,
      NumeralSaveFlags flags,
      NnWriteFunc write,
      gpointer data,
      GError **error)
{
  g_autoptr (NumeralTensorList) list = numeral_model_tensors_list (model, TRUE);
  g_autoptr (GHashTable) metadata = numeral_model_card_write (model);

  return numeral_model_card_check (metadata, error) &&
         numeral_safetensors_write ((const NumeralTensorValues *) (void *) list->tensors->data,
                                    list->tensors->len, metadata, (flags & NUMERAL_SAVE_HALF) != 0,
                                    write, data, error);
}

static const char *const suffixes[] = { "safetensors", NULL };

const NumeralModelFormat numeral_model_safetensors = {
  .name = "safetensors",
  .suffixes = suffixes,
  .content_type = "application/x-safetensors",
  .kept = { [NUMERAL_PART_FLOAT32] = NUMERAL_KEPT_EXACTLY,
            [NUMERAL_PART_HALF] = NUMERAL_KEPT_ROUNDED,
            [NUMERAL_PART_INT8] = NUMERAL_KEPT_EXACTLY,
            [NUMERAL_PART_ARCHITECTURE] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_CARD] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_LOSS] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_NOVELTY] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_VECTOR] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_READ] = NUMERAL_KEPT_YES },
  .sniff = sniff,
  .load = load,
  .load_as = load_as,
  .save = save,
};
