/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-trainer.h"
#include "numeral-model.h"
#include "numeral-run-data.h"
#include "numeral-run-files.h"

G_BEGIN_DECLS

/**
 * NumeralSession:
 *
 * One training run, from its first minibatch, or from its checkpoint, to its end: the trainer,
 * early stopping, the best weights so far, the curve, checkpoints and snapshots on the disk, and
 * the card of its models. It has no thread and no main loop of its own: its owner calls
 * numeral_session_step() until numeral_session_get_end() says that the run is over, and does
 * between two minibatches whatever it has to do: obey commands, show figures, write a log.
 *
 *   session = numeral_session_new (&setup, &error);
 *   while (numeral_session_get_end (session) == NUMERAL_SESSION_GOING)
 *     if (!numeral_session_step (session, &step, &error))
 *       break;
 *   numeral_session_finish (session, numeral_session_get_end (session), message, &error);
 *   model = numeral_session_make_model (session, FALSE);
 *
 * The training thread of the window and `numeral-cli train` drive the same session: the same
 * configuration gives the same curve, the same best epoch and the same model file byte for byte.
 * Owned by one thread; a NumeralRunWriter inside it writes the files in another.
 */
typedef struct _NumeralSession NumeralSession;

/* How far a session is, or why it ended. */
typedef enum
{
  NUMERAL_SESSION_GOING,
  NUMERAL_SESSION_FINISHED,    /* all epochs were trained */
  NUMERAL_SESSION_PATIENCE,    /* the validation loss no longer fell */
  NUMERAL_SESSION_DIVERGED,    /* the loss was no longer finite */
  NUMERAL_SESSION_STOPPED,     /* a person stopped it; it can be resumed */
  NUMERAL_SESSION_INTERRUPTED, /* the program ended; it is to be resumed */
} NumeralSessionEnd;

/* "finished", "patience", "diverged", "interrupted" for both others; never translated. */
const char *numeral_session_end_name (NumeralSessionEnd end);

/**
 * NumeralSessionSetup:
 * @config: copied
 * @data: to train on and to measure with
 * @files: (nullable): where the run is kept, and resumed from; %NULL keeps nothing
 * @initial: (nullable): begins with these weights rather than with those of the seed;
 *   needed by numeral_session_new() alone
 * @name: @licence: @more_settings: (nullable): for the card; the record of @files, where it has
 *   one, knows the name
 * @checkpoint_interval: in microseconds: about what a kill may cost
 * @wake: (nullable): called in the writer's thread when numeral_session_keep() may be tried again
 *
 * All of it is borrowed until numeral_session_free().
 */
typedef struct
{
  const NnTrainConfig *config;
  const NumeralRunData *data;
  const NumeralRunFiles *files;
  const NnNetwork *initial;
  const char *name, *licence, *more_settings;
  gint64 checkpoint_interval;
  void (*wake) (gpointer data);
  gpointer wake_data;
} NumeralSessionSetup;

/* Without files, and with a checkpoint every two seconds where there are some. */
void numeral_session_setup_init (NumeralSessionSetup *setup,
                                 const NnTrainConfig *config,
                                 const NumeralRunData *data);

/**
 * NumeralSessionStep:
 * @step: as the trainer says
 * @point: the same on the curve
 * @epoch: (nullable): its figures where the minibatch was the last one of an epoch; valid until the
 *   next one
 * @n_images: of the epoch, trained on in this session
 * @time: that the minibatch took, in microseconds
 */
typedef struct
{
  NnStep step;
  NumeralStepPoint point;
  const NumeralEpochPoint *epoch;
  guint64 n_images;
  gint64 time;
} NumeralSessionStep;

/**
 * NumeralSessionFigures:
 * @step: @n_steps: @steps_per_epoch: minibatches of the whole run that are done, and there are
 * @n_epochs: that were begun
 * @best_epoch: (1-based) whose weights are the best; 0 before the first epoch is over
 * @epoch_seconds: @epoch_images: of the current epoch, in this session
 * @n_images: @seconds: trained on, and spent with that, in this session
 * @seconds_left: from the pace of this session, validation included; NaN before its first minibatch
 * @session_steps: @session_seconds: which that pace is of
 */
typedef struct
{
  guint64 step, n_steps, steps_per_epoch;
  guint n_epochs, best_epoch;
  double epoch_seconds;
  guint64 epoch_images, n_images;
  double seconds, seconds_left;
  guint64 session_steps;
  double session_seconds;
} NumeralSessionFigures;

/**
 * numeral_session_new:
 *
 * Makes the trainer and goes back to the checkpoint, if there is one. Blocks.
 *
 * Returns: (nullable): NN_ERROR_CONFIG, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE; NN_ERROR_FORMAT where
 *   the run cannot be resumed, with the reason; G_IO_ERROR_*
 */
NumeralSession *numeral_session_new (const NumeralSessionSetup *setup, GError **error);
/* Waits for what is being written. */
void numeral_session_free (NumeralSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralSession, numeral_session_free)

/* (transfer full): the whole curve before this session; once. */
NumeralHistory *numeral_session_take_past (NumeralSession *session);
/* Its epochs are all there are; its steps are those of the current epoch alone. */
const NumeralHistory *numeral_session_get_history (const NumeralSession *session);

NumeralSessionEnd numeral_session_get_end (const NumeralSession *session);
guint64 numeral_session_get_step (const NumeralSession *session);
guint64 numeral_session_get_n_steps (const NumeralSession *session);
guint64 numeral_session_get_steps_per_epoch (const NumeralSession *session);
void numeral_session_get_figures (const NumeralSession *session, NumeralSessionFigures *figures);
/* (out): means of the current epoch so far; NaN where nothing of it was trained. Goes through its
 * minibatches. */
void numeral_session_get_means (const NumeralSession *session, double *loss, double *accuracy);
/* (transfer full): the weights of this moment. */
NnNetwork *numeral_session_snapshot (const NumeralSession *session);
/* Scales the learning rate from the next minibatch on; kept with the run. */
void numeral_session_set_learning_rate_scale (NumeralSession *session, double scale);

/**
 * numeral_session_step:
 * @step: (out): of the minibatch
 *
 * Trains one minibatch. At the end of an epoch measures the validation samples and keeps the
 * weights where they are the best; takes a snapshot, and begins a checkpoint, where they are due.
 *
 * Returns: %FALSE with NN_ERROR_VALUE where the loss is no longer finite
 */
gboolean numeral_session_step (NumeralSession *session, NumeralSessionStep *step, GError **error);

/* Begins a checkpoint of this moment, unless there is one. %FALSE where the writer is busy; then
 * @wake says when to try again. */
gboolean numeral_session_keep (NumeralSession *session);
/* (transfer full) (nullable): a message for the person, that a checkpoint could not be written;
 * told once, until one could be written again. */
char *numeral_session_take_warning (NumeralSession *session);

/**
 * numeral_session_finish:
 * @end: why it ends
 * @message: (nullable): why it failed
 *
 * Writes the state of this moment, the best and the last model with their final cards, and the
 * record of the run, and waits until they are on the disk. G_IO_ERROR_*.
 */
gboolean numeral_session_finish (NumeralSession *session,
                                 NumeralSessionEnd end,
                                 const char *message,
                                 GError **error);

/**
 * numeral_session_make_model:
 * @last: the weights of this moment, rather than the best
 *
 * After numeral_session_finish(). The best weights are those of the best epoch; where the run was
 * stopped inside an epoch, those of this moment if they are better.
 *
 * Returns: (transfer full) (nullable): with its card; %NULL where the run diverged before it had
 *   any weights worth keeping
 */
NumeralModel *numeral_session_make_model (NumeralSession *session, gboolean last);

G_END_DECLS
