/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-compress-common.h"

#include "nn-lazy.h"
#include "numeral-compress.h"

static const char *const figures[] = { "training_accuracy", "training_loss", "validation_accuracy",
                                       "validation_loss" };

NumeralModel *
numeral_compress_make_model (const NumeralModel *model, NnNetwork *network, const char *how)
{
  g_autoptr (GHashTable) card = numeral_model_copy_card (model);
  const char *before = g_hash_table_lookup (card, NUMERAL_CARD_COMPRESSED);
  char *text = before != NULL ? g_strdup_printf ("%s; %s", before, how) : g_strdup (how);

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    g_hash_table_remove (card, figures[i]);
  g_hash_table_insert (card, g_strdup (NUMERAL_CARD_COMPRESSED), text);
  return numeral_model_new (network, model->novelty, card);
}

NnDataset *
numeral_compress_thin_out (const NnDataset *samples)
{
  const gsize n = MIN (samples->n, NUMERAL_COMPRESS_MAX_SAMPLES);
  g_autofree guint32 *indices = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    indices[i] = (guint32) (i * samples->n / n);
  nn_lazy_write (samples, indices, n, NULL);
  return nn_dataset_subset (samples, indices, n);
}
