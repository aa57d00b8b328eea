/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "engine-test.h"
#include "numeral-outcome.h"

#define N_SAMPLES 1000

/* Samples of which the first @n_first have the class 0, and the others 1 to 9 in turn. */
static NnDataset *
make_data (gsize n_first)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_pixels (N_SAMPLES, 2, 2, 10, &error);

  g_assert_no_error (error);
  for (gsize i = n_first; i < N_SAMPLES; i++)
    dataset->labels[i] = (guint8) (1 + i % 9);
  return dataset;
}

/* @losses: of validation, ended by 0; NaN without validation */
static NumeralOutcome
outcome_of (const double *losses, double accuracy, gsize n_first)
{
  g_autoptr (NumeralHistory) history = numeral_history_new (1);
  g_autoptr (NnDataset) dataset = make_data (n_first);

  for (guint i = 0; losses[i] != 0; i++)
    {
      const NumeralEpochPoint point = {
        .epoch = i,
        .step = i + 1,
        .train_loss = 1,
        .train_accuracy = accuracy,
        .validation_loss = losses[i],
        .validation_accuracy = isnan (losses[i]) ? (double) NAN : accuracy,
      };

      numeral_history_add_epoch (history, &point);
    }
  return numeral_outcome_find (history, dataset);
}

static void
test_find (void)
{
  static const double falls[] = { 3, 2, 1, 2, 0 }, rises[] = { 1, 2, 3, 0 }, two[] = { 1, 2, 0 };
  static const double none[] = { 0 };
  const double alone[] = { NAN, NAN, NAN, 0 };

  g_assert_cmpint (outcome_of (falls, 0.9, 100), ==, NUMERAL_OUTCOME_LEARNED);
  g_assert_cmpint (outcome_of (rises, 0.9, 100), ==, NUMERAL_OUTCOME_NO_BETTER);
  g_assert_cmpint (outcome_of (two, 0.9, 100), ==, NUMERAL_OUTCOME_LEARNED);
  g_assert_cmpint (outcome_of (none, 0.1, 100), ==, NUMERAL_OUTCOME_LEARNED);
  /* A share of 0.1 of 1000 samples has a deviation of 0.0095. */
  g_assert_cmpint (outcome_of (falls, 0.11, 100), ==, NUMERAL_OUTCOME_CHANCE);
  g_assert_cmpint (outcome_of (falls, 0.13, 100), ==, NUMERAL_OUTCOME_LEARNED);
  g_assert_cmpint (outcome_of (alone, 0.11, 100), ==, NUMERAL_OUTCOME_CHANCE);
  g_assert_cmpint (outcome_of (alone, 0.9, 100), ==, NUMERAL_OUTCOME_LEARNED);
  /* Nine in ten are of one class. */
  g_assert_cmpint (outcome_of (falls, 0.9, 900), ==, NUMERAL_OUTCOME_CHANCE);
  g_assert_cmpint (outcome_of (falls, 0.95, 900), ==, NUMERAL_OUTCOME_LEARNED);
  /* There is one class alone. */
  g_assert_cmpint (outcome_of (falls, 1, N_SAMPLES), ==, NUMERAL_OUTCOME_LEARNED);
}

static void
test_names (void)
{
  for (NumeralOutcome i = NUMERAL_OUTCOME_LEARNED; i <= NUMERAL_OUTCOME_NO_BETTER; i++)
    {
      g_assert_cmpint (numeral_outcome_from_name (numeral_outcome_name (i)), ==, i);
      g_assert_true ((numeral_outcome_describe (i) == NULL) == (i == NUMERAL_OUTCOME_LEARNED));
    }
  g_assert_cmpint (numeral_outcome_from_name ("of a newer version"), ==, NUMERAL_OUTCOME_LEARNED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/outcome/find", test_find);
  g_test_add_func ("/engine/outcome/names", test_names);
  return g_test_run ();
}
