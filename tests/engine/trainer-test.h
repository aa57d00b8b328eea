/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests of runs and the trainer. */

#include "numeral-trainer.h"

G_BEGIN_DECLS

/* (transfer full): the path of a new folder of IDX files, with @n small images in four classes that
 * a network learns quickly. */
char *trainer_test_data (const char *folder, guint n);

/* A configuration so small that an epoch of 2000 samples takes milliseconds. @data: from
 * trainer_test_data() */
NumeralRunConfig *trainer_test_config (const char *data, guint epochs);

/* The signals of a trainer. */
typedef struct
{
  NumeralTrainer *trainer;
  guint n_finished, n_warnings, n_history, n_snapshots;
  GError *error;
  char *warning;
} TrainerTest;

/* Makes a trainer with a short interval between checkpoints. */
void trainer_test_init (TrainerTest *test, double checkpoint_seconds);
/* Releases the trainer too. */
void trainer_test_clear (TrainerTest *test);
/* Runs the main context until "finished" is emitted once more. */
void trainer_test_wait_finished (TrainerTest *test);
void trainer_test_wait_state (TrainerTest *test, NumeralTrainerState state);
/* Runs the main context until the history has at least @n minibatches. */
void trainer_test_wait_steps (TrainerTest *test, guint n);

/* Trains @config from start to end in a separate store, and returns the contents of curve.bin. */
GBytes *trainer_test_undisturbed (const NumeralRunConfig *config);
GBytes *trainer_test_curve (NumeralRun *run);
/* The figures of the epochs without the times, which always differ. */
char *trainer_test_epochs (NumeralRun *run);

/* (transfer full) (nullable): a model file of a run, such as NUMERAL_BEST_FILE. */
NumeralModel *trainer_test_load (NumeralRun *run, const char *name, GError **error);

/* Asserts that a run's folder has everything that is needed to resume the run. */
void trainer_test_check_run (NumeralRun *run);

G_END_DECLS
