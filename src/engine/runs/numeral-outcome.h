/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "numeral-history.h"

G_BEGIN_DECLS

/* What a run that came to its end has learned. */
typedef enum
{
  NUMERAL_OUTCOME_LEARNED,
  NUMERAL_OUTCOME_CHANCE,    /* no better than always naming the most frequent class */
  NUMERAL_OUTCOME_NO_BETTER, /* the validation loss never fell below that of the first epoch */
} NumeralOutcome;

/**
 * numeral_outcome_find:
 * @history: its epochs
 * @measured: the samples that the accuracy of the best epoch was measured on: those for validation,
 *   or without them those for training
 *
 * An accuracy counts as chance if it is at most two standard deviations of a share of @measured
 * above the share of its most frequent class.
 */
NumeralOutcome numeral_outcome_find (const NumeralHistory *history, const NnDataset *measured);

/* The name in files: "chance" or "no-better"; %NULL if the run learned. */
const char *numeral_outcome_name (NumeralOutcome outcome);
/* The inverse; @name: (nullable). An unknown name is that of a run that learned. */
NumeralOutcome numeral_outcome_from_name (const char *name);

/* Translated, such as "no better than guessing"; %NULL if the run learned. */
const char *numeral_outcome_describe (NumeralOutcome outcome);

G_END_DECLS
