/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-comparison.h"
#include "nn-statistics.h"

static void
test_changes (void)
{
  static const guint8 labels[] = { 0, 1, 2, 3, 4, 5 };
  static const guint8 before[] = { 0, 2, 1, 3, 9, 0 };
  static const guint8 after[] = { 0, 1, 0, 2, 4, 5 };
  static const NnChange changes[] = { NN_CHANGE_BOTH_RIGHT, NN_CHANGE_MENDED, NN_CHANGE_BOTH_WRONG,
                                      NN_CHANGE_BROKEN,     NN_CHANGE_MENDED, NN_CHANGE_MENDED };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) dataset = nn_dataset_new_values (6, 1, 10, &error);
  g_autoptr (NnComparison) comparison = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < 6; i++)
    dataset->labels[i] = labels[i];
  comparison = nn_compare_answers (dataset, before, after);
  g_assert_cmpuint (comparison->count, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (comparison->changes[i], ==, changes[i]);
  g_assert_cmpuint (comparison->n[NN_CHANGE_BOTH_RIGHT], ==, 1);
  g_assert_cmpuint (comparison->n[NN_CHANGE_MENDED], ==, 3);
  g_assert_cmpuint (comparison->n[NN_CHANGE_BROKEN], ==, 1);
  g_assert_cmpuint (comparison->n[NN_CHANGE_BOTH_WRONG], ==, 1);
  g_assert_cmpfloat (comparison->p, ==, nn_mcnemar_exact (1, 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/changes", test_changes);
  return g_test_run ();
}
