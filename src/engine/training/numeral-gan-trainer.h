/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-gan-session.h"
#include "numeral-run-config.h"

G_BEGIN_DECLS

/* Largest number of snapshots that are kept: when there are more, every second one is forgotten and
 * they are taken half as often. */
#define NUMERAL_GAN_MAX_SNAPSHOTS 256

#define NUMERAL_TYPE_GAN_TRAINER (numeral_gan_trainer_get_type ())
G_DECLARE_FINAL_TYPE (NumeralGanTrainer, numeral_gan_trainer, NUMERAL, GAN_TRAINER, GObject)

/**
 * NumeralGanSnapshot:
 * @step: number of steps that were trained before
 * @samples: NUMERAL_GAN_SAMPLES of each class, of the same noise in every snapshot; sample i is of
 *   class i % n_classes
 */
typedef struct
{
  guint64 step;
  NnDataset *samples;
} NumeralGanSnapshot;

/**
 * NumeralGanTrainer:
 *
 * Trains a generator in a thread. Belongs to the main thread, and to the main context in which it
 * was started.
 *
 * Properties, read-only: "running" (boolean): from numeral_gan_trainer_start() to "ended";
 * "paused" (boolean); "progress" (double): share of all steps that is done.
 *
 * Signals, of which there is at most one round a turn of the main loop: "points": there are more
 * steps; "snapshot": there is another snapshot, or fewer, older ones; "epoch" (NumeralGanEpoch *):
 * an epoch has ended; "warning" (string): something goes wrong with the training; "ended" (GError
 * *error, nullable): the run is finished, was stopped, or failed. What was trained until then
 * stays. Disposing it ends the run and waits for its thread.
 */
NumeralGanTrainer *numeral_gan_trainer_new (void);

/**
 * numeral_gan_trainer_start:
 * @config: valid
 * @data: its source is trained on, all of it; its own training settings are not used
 *
 * Forgets the run before, which must have ended, and begins a new one. The data are loaded in the
 * thread.
 */
void numeral_gan_trainer_start (NumeralGanTrainer *self,
                                const NnGanConfig *config,
                                const NumeralRunConfig *data);
/* Holds the run after the present minibatch, or goes on. */
void numeral_gan_trainer_set_paused (NumeralGanTrainer *self, gboolean paused);
/* Ends the run after the present minibatch; "ended" follows. */
void numeral_gan_trainer_stop (NumeralGanTrainer *self);

/* (transfer none) (element-type NnGanStep): of all steps so far */
const GArray *numeral_gan_trainer_get_points (NumeralGanTrainer *self);
/* (transfer none) (element-type NumeralGanSnapshot): the oldest first; valid until the next turn of
 * the main loop */
const GArray *numeral_gan_trainer_get_snapshots (NumeralGanTrainer *self);
/* (transfer none) (nullable): the generator of the last epoch, or of the end of the run. */
NumeralGenerator *numeral_gan_trainer_get_generator (NumeralGanTrainer *self);

G_END_DECLS
