/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-model.h"

#include <glib/gi18n-lib.h>

#include "numeral-adapt.h"
#include "numeral-digits.h"
#include "numeral-fail.h"
#include "numeral-hand-file.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"

#define FILE_NAME "my-hand.safetensors"
#define VERSION 1

char *
numeral_hand_model_path (void)
{
  return numeral_hand_file_path (FILE_NAME);
}

/* 0 if the card does not have this number. */
static gint64
get_number (const NumeralModel *model, const char *key)
{
  const char *text = numeral_model_get_metadata (model, key);
  gint64 number;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL) ?
             number :
             0;
}

NumeralModel *
numeral_hand_model_new (const NumeralModel *adapted, gint64 newest)
{
  g_autoptr (GHashTable) card = numeral_model_copy_card (adapted);

  g_hash_table_insert (card, g_strdup (NUMERAL_CARD_HAND_VERSION), g_strdup_printf ("%d", VERSION));
  g_hash_table_insert (card, g_strdup (NUMERAL_CARD_HAND_NEWEST),
                       g_strdup_printf ("%" G_GINT64_FORMAT, newest));
  return numeral_model_new (adapted->network, adapted->novelty, card);
}

gboolean
numeral_hand_model_is_adapted (const NumeralModel *model)
{
  return numeral_model_get_metadata (model, NUMERAL_CARD_ADAPTED_FROM) != NULL;
}

gint64
numeral_hand_model_get_newest (const NumeralModel *model)
{
  return get_number (model, NUMERAL_CARD_HAND_NEWEST);
}

gsize
numeral_hand_model_get_n_samples (const NumeralModel *model)
{
  return (gsize) get_number (model, NUMERAL_CARD_ADAPTED_SAMPLES);
}

NumeralModel *
numeral_hand_model_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes =
      numeral_hand_file_read (path, NUMERAL_MODEL_MAX_BYTES, cancellable, error);
  g_autoptr (NumeralModel) model = NULL;

  if (bytes == NULL)
    return NULL;
  model = numeral_model_parse (bytes, path, error);
  if (model == NULL || !numeral_digits_check (model->network, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (get_number (model, NUMERAL_CARD_HAND_VERSION) > VERSION)
    {
      numeral_fail (error, NN_ERROR_FORMAT,
                    _ ("%s: a newer version of Numeral saved this model; update Numeral, or delete "
                       "the file"),
                    path);
      return NULL;
    }
  return g_steal_pointer (&model);
}

/* Nothing is overwritten that a person may still need. */
static gboolean
check_place (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (NumeralModel) old = numeral_hand_model_load (path, NULL, &local);

  if (old != NULL || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local),
                              _ ("the model that was learned before cannot be read and is not "
                                 "overwritten: "));
  return FALSE;
}

gboolean
numeral_hand_model_save (const NumeralModel *model, const char *path, GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  if (!check_place (path, error) || !nn_network_check_finite (model->network, error) ||
      !numeral_model_formats ()[0]->save (model, NUMERAL_SAVE_DEFAULT, nn_write_to_array, array,
                                          error))
    return FALSE;
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  return numeral_hand_file_write (path, bytes, error);
}
