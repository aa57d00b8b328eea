/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/* What becomes of a sample when one network takes the place of another. */
typedef enum
{
  NN_CHANGE_BOTH_RIGHT,
  NN_CHANGE_MENDED, /* only the new one is right */
  NN_CHANGE_BROKEN, /* only the old one was right */
  NN_CHANGE_BOTH_WRONG,
  NN_N_CHANGES
} NnChange;

/**
 * NnComparison:
 * @count: number of samples
 * @n: how many samples there are of each #NnChange
 * @changes: [count] #NnChange of each sample
 * @p: of McNemar's exact test: see nn_mcnemar_exact()
 *
 * Two networks on the same samples. Immutable.
 */
typedef struct
{
  gsize count;
  gsize n[NN_N_CHANGES];
  guint8 *changes;
  double p;
} NnComparison;

/**
 * nn_compare_answers:
 * @old_answers: @new_answers: [dataset->n] the class that each network gives, of any number
 */
NnComparison *
nn_compare_answers (const NnDataset *dataset, const guint8 *old_answers, const guint8 *new_answers);
void nn_comparison_free (NnComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnComparison, nn_comparison_free)

G_END_DECLS
