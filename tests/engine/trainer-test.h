/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests of runs and the trainer. */

#include "numeral-run-store.h"
#include "numeral-trainer.h"
#include "numeral-unsaved-run.h"

G_BEGIN_DECLS

/* Writes a folder of IDX files with @n small images in four classes that are quickly learned; its
 * path is for g_free(). */
char *trainer_test_data (const char *folder, guint n);

/* A store in a folder of its own, and small data beside it. */
typedef struct
{
  char *folder;
  char *data; /* of trainer_test_data() */
  NumeralRunStore *store;
} TrainerFixture;

void trainer_fixture_set_up (TrainerFixture *fixture, gconstpointer unused);
void trainer_fixture_tear_down (TrainerFixture *fixture, gconstpointer unused);

/* Small enough that an epoch of 2000 samples takes milliseconds. @data: from trainer_test_data() */
NumeralRunConfig *trainer_test_config (const char *data, guint epochs);

/* The signals of a trainer. */
typedef struct
{
  NumeralTrainer *trainer;
  guint n_finished, n_problems, n_history, n_snapshots;
  GError *error;
  gboolean has_problem;
  char *problem;              /* (nullable): the last one */
  NumeralUnsavedRun *unsaved; /* (nullable) */
} TrainerTest;

/* With a short interval between checkpoints. */
void trainer_test_init (TrainerTest *test, double checkpoint_seconds);
/* Drops the trainer too. */
void trainer_test_clear (TrainerTest *test);
/* Runs the main context until "finished" was said once more. */
void trainer_test_wait_finished (TrainerTest *test);
void trainer_test_wait_state (TrainerTest *test, NumeralTrainerState state);
/* Until the history has @n minibatches at least. */
void trainer_test_wait_steps (TrainerTest *test, guint n);

/* Trains @config from start to end in a store of its own, and gives what is then in curve.bin. */
GBytes *trainer_test_undisturbed (const NumeralRunConfig *config);
GBytes *trainer_test_curve (NumeralRun *run);
/* The figures of the epochs, but for the seconds, which are never the same. */
char *trainer_test_epochs (NumeralRun *run);

/* (transfer full) (nullable): a model file of a run, such as NUMERAL_BEST_FILE. */
NumeralModel *trainer_test_load (NumeralRun *run, const char *name, GError **error);

/* Asserts that a run's folder has everything that is needed to resume the run. */
void trainer_test_check_run (NumeralRun *run);

G_END_DECLS
