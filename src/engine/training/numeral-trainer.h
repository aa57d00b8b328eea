/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"
#include "numeral-run.h"

G_BEGIN_DECLS

typedef enum
{
  NUMERAL_TRAINER_IDLE,
  NUMERAL_TRAINER_PREPARING, /* loading or generating data */
  NUMERAL_TRAINER_RUNNING,
  NUMERAL_TRAINER_PAUSED,
} NumeralTrainerState;
GType numeral_trainer_state_get_type (void);
#define NUMERAL_TYPE_TRAINER_STATE (numeral_trainer_state_get_type ())

#define NUMERAL_TYPE_TRAINER (numeral_trainer_get_type ())
G_DECLARE_FINAL_TYPE (NumeralTrainer, numeral_trainer, NUMERAL, TRAINER, GObject)

/**
 * NumeralTrainer:
 *
 * Trains in a thread of its own, which alone owns what changes (NnTrainer).
 * Commands are honoured within one minibatch and never block the caller. What
 * the thread has to say arrives in the main context that was the thread's default
 * at construction, in batches, with at most one idle source pending.
 *
 * Properties (read-only, explicit notify): "state", "progress" (0 to 1), "images-per-second",
 * "seconds-left" (NaN if unknown), "epochs-done" (double, fractional), "run" (NumeralRun, %NULL
 * when idle and none was trained), "learning-rate-scale" (of the run; 1 unless it was turned),
 * "problem" (why the run is not saved at the moment, or %NULL: training goes on, and each
 * checkpoint tries again).
 * "reducing" (boolean): it is preparing and finds principal components.
 * While it is preparing, "progress" is that of the data, or of the components.
 *
 * Signals: "history-added" (): numeral_trainer_get_history() has grown;
 * "snapshot" (): numeral_trainer_get_network() is newer, at most thirty times a second;
 * "finished" (GError *error, nullable): the run came to its end, was stopped, or failed;
 * "unsaved" (NumeralUnsavedRun *run): a run has ended and could not be saved; a handler that takes
 * no reference loses it.
 */
NumeralTrainer *numeral_trainer_new (void);

/* Begins or resumes @run; a run that is going on is stopped and kept first, and no longer told of.
 * One that is finished is not trained again: its curve and last weights come, and "finished". */
void numeral_trainer_start (NumeralTrainer *self, NumeralRun *run, gboolean paused);
void numeral_trainer_pause (NumeralTrainer *self);
void numeral_trainer_resume (NumeralTrainer *self);
/* From pause: trains one minibatch, or to the end of the epoch, and pauses again. */
void numeral_trainer_step_minibatch (NumeralTrainer *self);
void numeral_trainer_step_epoch (NumeralTrainer *self);
/* Stops; the run is kept with a checkpoint and can be resumed. */
void numeral_trainer_stop (NumeralTrainer *self);
/* Times what the schedule says, from the next minibatch on. Kept with the run. */
void numeral_trainer_set_learning_rate_scale (NumeralTrainer *self, double scale);
/* Stops and waits until the run is on disk: for the end of the program. Milliseconds. */
void numeral_trainer_close (NumeralTrainer *self);

/* The values of the properties, as of the last news from the thread. */
NumeralTrainerState numeral_trainer_get_state (NumeralTrainer *self);
/* (transfer none) (nullable) */
NumeralRun *numeral_trainer_get_run (NumeralTrainer *self);
/* (nullable) */
const char *numeral_trainer_get_problem (NumeralTrainer *self);
gboolean numeral_trainer_get_reducing (NumeralTrainer *self);
double numeral_trainer_get_progress (NumeralTrainer *self);
double numeral_trainer_get_images_per_second (NumeralTrainer *self);
double numeral_trainer_get_seconds_left (NumeralTrainer *self);
double numeral_trainer_get_epochs_done (NumeralTrainer *self);

/* (transfer none) (nullable): belongs to the main context's thread; grows before "history-added".
 */
const NumeralHistory *numeral_trainer_get_history (NumeralTrainer *self);
/* (transfer none) (nullable): weights of the last snapshot, never written again. */
NnNetwork *numeral_trainer_get_network (NumeralTrainer *self);
/* Number of samples whose pixels are there from the beginning, even if the data set is lazy. */
#define NUMERAL_TRAINER_N_SHOWN 32
/* (transfer none) (nullable): the data, once loaded. The pixels of its first
 * NUMERAL_TRAINER_N_SHOWN samples may be read, for the grid of samples. */
NnDataset *numeral_trainer_get_train_data (NumeralTrainer *self);
NnDataset *numeral_trainer_get_validation_data (NumeralTrainer *self);

G_END_DECLS
