/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-novelty.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-layers.h"

#define PREFIX NUMERAL_NOVELTY_PREFIX

static const char *const described[] = { "architecture", "activation", "loss" };

gboolean
numeral_model_novelty_read_threshold (GHashTable *metadata, double *threshold, GError **error)
{
  const char *text = g_hash_table_lookup (metadata, NUMERAL_NOVELTY_THRESHOLD_KEY);
  char *end;

  *threshold = NUMERAL_NOVELTY_THRESHOLD;
  if (text == NULL)
    return TRUE;
  *threshold = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0')
    return TRUE;
  return numeral_fail (error, NN_ERROR_FORMAT, _ ("the threshold of novelty is not a number"));
}

/* The metadata of the novelty detector, without the prefix. */
static GHashTable *
own_metadata (GHashTable *metadata)
{
  GHashTable *own = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (described); i++)
    {
      g_autofree char *key = g_strconcat (PREFIX, described[i], NULL);
      const char *value = g_hash_table_lookup (metadata, key);

      if (value != NULL)
        g_hash_table_insert (own, (gpointer) described[i], (gpointer) value);
    }
  return own;
}

gboolean
numeral_model_novelty_read (NumeralSafetensors *file, NumeralNovelty **novelty, GError **error)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();
  g_autoptr (GHashTable) metadata = own_metadata (file->metadata);
  NumeralSafetensors part = { file->bytes, tensors, metadata };
  g_autoptr (NnNetwork) network = NULL;
  gboolean ok = TRUE;
  double threshold;

  *novelty = NULL;
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
  if (tensors->len == 0)
    return TRUE;

  network = numeral_model_layers_read (&part, error);
  ok = network != NULL && numeral_model_novelty_read_threshold (file->metadata, &threshold, error);
  if (ok)
    *novelty = numeral_novelty_new (network, threshold, error);
  /* The tensors were read: move them to a place where they are freed, as they are not part of
   * the model's network. */
  for (guint i = 0; i < tensors->len; i++)
    numeral_tensor_free (g_ptr_array_index (tensors, i));
  return *novelty != NULL;
}

void
numeral_model_novelty_describe (const NumeralNovelty *novelty, GHashTable *metadata)
{
  const NnArchitecture *arch = &novelty->network->arch;
  char threshold[G_ASCII_DTOSTR_BUF_SIZE];

  g_hash_table_insert (metadata, g_strdup (PREFIX "architecture"),
                       nn_architecture_to_string (arch));
  g_hash_table_insert (metadata, g_strdup (PREFIX "activation"),
                       g_strdup (nn_activation_name (nn_architecture_get_activation (arch))));
  g_hash_table_insert (metadata, g_strdup (PREFIX "loss"), g_strdup (nn_loss_name (arch->loss)));
  g_hash_table_insert (metadata, g_strdup (NUMERAL_NOVELTY_THRESHOLD_KEY),
                       g_strdup (g_ascii_dtostr (threshold, sizeof threshold, novelty->threshold)));
}
