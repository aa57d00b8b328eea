/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-compress-card.h"

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
