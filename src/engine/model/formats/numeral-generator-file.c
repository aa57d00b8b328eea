/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-generator-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-draft.h"
#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-model-card.h"
#include "numeral-model-file.h"
#include "numeral-model-layers.h"
#include "numeral-model-onnx.h"
#include "numeral-model-safetensors.h"
#include "numeral-model-tensors.h"
#include "numeral-onnx-writer.h"

#define PREFIX "discriminator."
#define IMAGE "image"

/* The keys that describe the networks; written from the generator, never from its card. */
static const char *const described[] = {
  "format", "architecture",        "activation",        IMAGE,
  "noise",  PREFIX "architecture", PREFIX "activation",
};

static gboolean
is_described (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (described); i++)
    if (g_str_equal (key, described[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_generator (const NumeralSafetensors *file)
{
  return g_strcmp0 (g_hash_table_lookup (file->metadata, "format"), NUMERAL_GENERATOR_FORMAT) == 0;
}

gboolean
numeral_generator_is_file (GFile *file)
{
  g_autoptr (GBytes) bytes = numeral_file_read (file, NUMERAL_MODEL_MAX_BYTES, NULL, NULL);
  g_autoptr (NumeralSafetensors) tensors = NULL;

  if (bytes == NULL || !numeral_model_safetensors.sniff (bytes))
    return FALSE;
  tensors = numeral_safetensors_parse (bytes, NULL);
  return tensors != NULL && is_generator (tensors);
}

/* "28x28": width and height */
static gboolean
read_image (const NumeralSafetensors *file, guint *width, guint *height)
{
  const char *text = g_hash_table_lookup (file->metadata, IMAGE);

  return text != NULL && nn_layer_parse_number (&text, height) && *text++ == 'x' &&
         nn_layer_parse_number (&text, width) && *text == '\0';
}

static gboolean
read_noise (const NumeralSafetensors *file, guint *n_noise)
{
  const char *text = g_hash_table_lookup (file->metadata, "noise");

  return text != NULL && nn_layer_parse_number (&text, n_noise) && *text == '\0';
}

/* Moves the tensors of the discriminator to @tensors, without their prefix. */
static void
take_discriminator (NumeralSafetensors *file, GPtrArray *tensors)
{
  for (guint i = 0; i < file->tensors->len;)
    {
      NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);

      if (g_str_has_prefix (tensor->name, PREFIX))
        {
          memmove (tensor->name, tensor->name + strlen (PREFIX),
                   strlen (tensor->name + strlen (PREFIX)) + 1);
          g_ptr_array_add (tensors, g_ptr_array_steal_index (file->tensors, i));
        }
      else
        i++;
    }
}

/* @discriminator: (out) (nullable): if the file has one */
static gboolean
read_discriminator (NumeralSafetensors *file, NnNetwork **discriminator, GError **error)
{
  g_autoptr (GPtrArray) tensors =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_tensor_free);
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  const NumeralSafetensors part = { file->bytes, tensors, metadata };
  gpointer architecture = g_hash_table_lookup (file->metadata, PREFIX "architecture");
  gpointer activation = g_hash_table_lookup (file->metadata, PREFIX "activation");

  *discriminator = NULL;
  take_discriminator (file, tensors);
  if (tensors->len == 0)
    return TRUE;
  if (architecture != NULL)
    g_hash_table_insert (metadata, (gpointer) "architecture", architecture);
  if (activation != NULL)
    g_hash_table_insert (metadata, (gpointer) "activation", activation);
  *discriminator = numeral_model_layers_read_map (&part, error);
  return *discriminator != NULL;
}

static GHashTable *
read_card (GHashTable *metadata)
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

NumeralGenerator *
numeral_generator_parse (GBytes *bytes, GError **error)
{
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, error);
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NnNetwork) discriminator = NULL;
  g_autoptr (GHashTable) card = NULL;
  guint width, height, n_noise;

  if (file == NULL)
    return NULL;
  if (!is_generator (file))
    {
      numeral_fail (error, NN_ERROR_FORMAT,
                    _ ("this file has no generator of digits; “numeral-cli train --generative gan” "
                       "writes one"));
      return NULL;
    }
  if (!read_image (file, &width, &height) || !read_noise (file, &n_noise))
    {
      numeral_fail (error, NN_ERROR_FORMAT,
                    _ ("the file does not say the size of its images or of its noise"));
      return NULL;
    }
  if (!read_discriminator (file, &discriminator, error))
    return NULL;
  network = numeral_model_layers_read_map (file, error);
  if (network == NULL)
    return NULL;
  if (n_noise >= nn_architecture_n_inputs (&network->arch))
    {
      numeral_fail (error, NN_ERROR_SHAPE,
                    _ ("the generator reads no class beside %u values of "
                       "noise"),
                    n_noise);
      return NULL;
    }
  card = read_card (file->metadata);
  return numeral_generator_new (network, discriminator, width, height,
                                nn_architecture_n_inputs (&network->arch) - n_noise, card, error);
}

NumeralGenerator *
numeral_generator_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = numeral_file_read (file, NUMERAL_MODEL_MAX_BYTES, cancellable, error);
  NumeralGenerator *generator;

  if (bytes == NULL)
    return NULL;
  generator = numeral_generator_parse (bytes, error);
  if (generator == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_prefix_error (error, "%s: ", name);
    }
  return generator;
}

static void
describe (GHashTable *metadata, const char *prefix, const NnArchitecture *arch)
{
  g_hash_table_insert (metadata, g_strconcat (prefix, "architecture", NULL),
                       nn_architecture_to_string (arch));
  g_hash_table_insert (metadata, g_strconcat (prefix, "activation", NULL),
                       g_strdup (nn_activation_name (nn_architecture_get_activation (arch))));
}

/* (transfer full) */
static GHashTable *
write_card (const NumeralGenerator *generator, gboolean discriminator)
{
  GHashTable *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, generator->metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!is_described (key))
      g_hash_table_insert (metadata, g_strdup (key), g_strdup (value));
  g_hash_table_insert (metadata, g_strdup ("format"), g_strdup (NUMERAL_GENERATOR_FORMAT));
  g_hash_table_insert (metadata, g_strdup (IMAGE),
                       g_strdup_printf ("%ux%u", generator->height, generator->width));
  g_hash_table_insert (metadata, g_strdup ("noise"), g_strdup_printf ("%u", generator->n_noise));
  describe (metadata, "", &generator->network->arch);
  if (discriminator && generator->discriminator != NULL)
    describe (metadata, PREFIX, &generator->discriminator->arch);
  return metadata;
}

static gboolean
write_safetensors (const NumeralGenerator *generator,
                   NumeralSaveFlags flags,
                   NumeralDraft *draft,
                   GError **error)
{
  g_autoptr (NumeralTensorList) list = numeral_tensor_list_new ();
  g_autoptr (GHashTable) metadata = write_card (generator, TRUE);

  numeral_model_tensors_add (list, generator->network, "", FALSE);
  if (generator->discriminator != NULL)
    numeral_model_tensors_add (list, generator->discriminator, PREFIX, FALSE);
  numeral_tensor_list_sort (list);
  return numeral_safetensors_write ((const NumeralTensorValues *) (void *) list->tensors->data,
                                    list->tensors->len, metadata, (flags & NUMERAL_SAVE_HALF) != 0,
                                    numeral_draft_write, draft, error);
}

static gboolean
write_onnx (const NumeralGenerator *generator,
            NumeralSaveFlags flags,
            NumeralDraft *draft,
            GError **error)
{
  const NumeralOnnxPart part = { generator->network, "", IMAGE };
  g_autoptr (GHashTable) metadata = write_card (generator, FALSE);

  return numeral_onnx_write (&part, 1, metadata, (flags & NUMERAL_SAVE_HALF) != 0,
                             NUMERAL_MODEL_MAX_BYTES, numeral_draft_write, draft, error);
}

gboolean
numeral_generator_save (const NumeralGenerator *generator,
                        GFile *file,
                        NumeralSaveFlags flags,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  const NumeralModelFormat *format = base != NULL ? numeral_model_format_for_name (base) : NULL;
  g_autoptr (NumeralDraft) draft = NULL;

  if (format != NULL && format != &numeral_model_safetensors && format != &numeral_model_onnx)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("%s: a generator is written as safetensors or ONNX, not as %s"), base,
                         format->name);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  draft = numeral_draft_new (file, error);
  return draft != NULL &&
         (format == &numeral_model_onnx ? write_onnx : write_safetensors) (generator, flags, draft,
                                                                           error) &&
         numeral_draft_commit (draft, cancellable, error);
}
