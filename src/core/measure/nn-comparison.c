/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-comparison.h"

#include "nn-statistics.h"

NnComparison *
nn_compare_answers (const NnDataset *dataset, const guint8 *old_answers, const guint8 *new_answers)
{
  NnComparison *comparison = g_new0 (NnComparison, 1);

  comparison->count = dataset->n;
  comparison->changes = g_new (guint8, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    {
      const gboolean was = old_answers[i] == dataset->labels[i];
      const gboolean is = new_answers[i] == dataset->labels[i];
      const NnChange change = was ? (is ? NN_CHANGE_BOTH_RIGHT : NN_CHANGE_BROKEN) :
                              is  ? NN_CHANGE_MENDED :
                                    NN_CHANGE_BOTH_WRONG;

      comparison->changes[i] = (guint8) change;
      comparison->n[change]++;
    }
  comparison->p =
      nn_mcnemar_exact (comparison->n[NN_CHANGE_BROKEN], comparison->n[NN_CHANGE_MENDED]);
  return comparison;
}

void
nn_comparison_free (NnComparison *comparison)
{
  g_free (comparison->changes);
  g_free (comparison);
}
