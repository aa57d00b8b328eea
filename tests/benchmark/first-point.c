/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "engine-test.h"
#include "numeral-run-store.h"
#include "numeral-trainer.h"

/* The time from Train to the first point of the curve on generated digits, as on a first start
 * without MNIST: the trainer of the window with its files, in a folder of its own. Prints the
 * median and the longest of some runs, and how long the first epoch takes. */

#define N_RUNS 9
#define N_DIGITS 20000

typedef struct
{
  gint64 start;
  double first, epoch; /* milliseconds, 0 before */
} Times;

static void
on_history (NumeralTrainer *trainer, Times *times)
{
  const NumeralHistory *history = numeral_trainer_get_history (trainer);
  const double now = (double) (g_get_monotonic_time () - times->start) / 1000;

  if (times->first <= 0 && numeral_history_get_n_steps (history) > 0)
    times->first = now;
  if (times->epoch <= 0 && history->epochs->len > 0)
    times->epoch = now;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static void
train (NumeralRunStore *store, NumeralTrainer *trainer, guint64 seed, Times *times)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralRun) run = NULL;

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = N_DIGITS;
  config->train.seed = seed;
  config->train.epochs = 1;
  *times = (Times){ .start = g_get_monotonic_time () };
  run = numeral_run_store_create (store, config, &error);
  g_assert_no_error (error);
  numeral_trainer_start (trainer, run, FALSE);
  while (times->epoch <= 0 || numeral_trainer_get_state (trainer) != NUMERAL_TRAINER_IDLE)
    g_main_context_iteration (NULL, TRUE);
}

int
main (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  g_autoptr (NumeralTrainer) trainer = numeral_trainer_new ();
  double first[N_RUNS], epoch[N_RUNS];
  Times times;

  g_signal_connect (trainer, "history-added", G_CALLBACK (on_history), &times);
  for (guint i = 0; i < N_RUNS; i++)
    {
      train (store, trainer, i, &times);
      first[i] = times.first;
      epoch[i] = times.epoch;
    }
  qsort (first, N_RUNS, sizeof *first, compare);
  qsort (epoch, N_RUNS, sizeof *epoch, compare);
  g_print ("first point of the curve: median %.0f ms, longest %.0f ms; first epoch of %d digits: "
           "median %.0f ms\n",
           first[N_RUNS / 2], first[N_RUNS - 1], N_DIGITS, epoch[N_RUNS / 2]);
  numeral_trainer_close (trainer);
  engine_test_remove (folder);
  return 0;
}
