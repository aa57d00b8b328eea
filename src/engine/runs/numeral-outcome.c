/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-outcome.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Fewer epochs tell nothing about a loss that does not fall. */
#define MIN_EPOCHS 3
#define DEVIATIONS 2.0

static const struct
{
  const char *name, *description;
} outcomes[] = {
  [NUMERAL_OUTCOME_LEARNED] = { NULL, NULL },
  [NUMERAL_OUTCOME_CHANCE] = { "chance", N_ ("no better than guessing") },
  [NUMERAL_OUTCOME_NO_BETTER] = { "no-better",
                                  N_ ("the validation loss never fell after the first epoch") },
};

/* The share of the most frequent class; 0 if there is no other, because then nothing is guessed. */
static double
largest_share (const NnDataset *dataset)
{
  g_autofree gsize *counts = g_new0 (gsize, dataset->n_classes);
  gsize largest = 0;

  nn_dataset_count_classes (dataset, counts);
  for (guint i = 0; i < dataset->n_classes; i++)
    largest = MAX (largest, counts[i]);
  return largest < dataset->n ? (double) largest / (double) dataset->n : 0;
}

NumeralOutcome
numeral_outcome_find (const NumeralHistory *history, const NnDataset *measured)
{
  const NumeralEpochPoint *best = numeral_history_get_best (history);
  const double share = largest_share (measured);
  const double deviation = sqrt (share * (1 - share) / (double) MAX (measured->n, 1));
  gboolean validated;

  if (best == NULL)
    return NUMERAL_OUTCOME_LEARNED;
  validated = !isnan (best->validation_loss);
  if (share > 0 && (validated ? best->validation_accuracy : best->train_accuracy) <=
                       share + DEVIATIONS * deviation)
    return NUMERAL_OUTCOME_CHANCE;
  if (validated && history->epochs->len >= MIN_EPOCHS && history->best_epoch == 0)
    return NUMERAL_OUTCOME_NO_BETTER;
  return NUMERAL_OUTCOME_LEARNED;
}

const char *
numeral_outcome_name (NumeralOutcome outcome)
{
  return outcomes[outcome].name;
}

NumeralOutcome
numeral_outcome_from_name (const char *name)
{
  for (guint i = NUMERAL_OUTCOME_CHANCE; i < G_N_ELEMENTS (outcomes); i++)
    if (g_strcmp0 (name, outcomes[i].name) == 0)
      return (NumeralOutcome) i;
  return NUMERAL_OUTCOME_LEARNED;
}

const char *
numeral_outcome_describe (NumeralOutcome outcome)
{
  const char *description = outcomes[outcome].description;

  return description != NULL ? _ (description) : NULL;
}
