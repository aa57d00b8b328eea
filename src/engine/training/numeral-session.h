/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

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
 * numeral_session_step() until numeral_session_get_end() reports the end of the run. Between two
 * minibatches the owner can handle commands, show figures or write a log.
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

/* Whether a session is going on, or why it ended. */
typedef enum
{
  NUMERAL_SESSION_GOING,
  NUMERAL_SESSION_FINISHED,    /* all epochs were trained */
  NUMERAL_SESSION_PATIENCE,    /* the validation loss no longer fell */
  NUMERAL_SESSION_DIVERGED,    /* the loss was no longer finite */
  NUMERAL_SESSION_STOPPED,     /* a person stopped it; it can be resumed */
  NUMERAL_SESSION_INTERRUPTED, /* the program ended; the run should be resumed */
} NumeralSessionEnd;

/* "finished", "patience" or "diverged"; "interrupted" for the other two ends. Never translated. */
const char *numeral_session_end_name (NumeralSessionEnd end);

/**
 * NumeralSessionSetup:
 * @config: copied
 * @data: training and validation samples
 * @files: (nullable): the files that the run is saved to and resumed from; %NULL saves nothing
 * @initial: (nullable): initial weights, instead of those that the seed gives; used by
 *   numeral_session_new() alone
 * @name: @licence: @more_settings: (nullable): for the card; the record of @files, if there is
 *   one, has the name
 * @checkpoint_interval: in microseconds: about how much training is lost if the program is
 *   killed
 * @cancellable: (nullable): for numeral_session_new(), which may take a second to find principal
 *   components
 * @reducing: (nullable): called repeatedly by numeral_session_new() while it finds principal
 *   components, with the share of it that is done
 * @wake: (nullable): called in the writer's thread when numeral_session_keep() can be called
 *   again
 *
 * All members are borrowed until numeral_session_free().
 */
typedef struct
{
  const NnTrainConfig *config;
  const NumeralRunData *data;
  const NumeralRunFiles *files;
  const NnNetwork *initial;
  const char *name, *licence, *more_settings;
  gint64 checkpoint_interval;
  GCancellable *cancellable;
  void (*reducing) (double share, gpointer data);
  gpointer reducing_data;
  void (*wake) (gpointer data);
  gpointer wake_data;
} NumeralSessionSetup;

/* Sets no files, and a checkpoint interval of two seconds. */
void numeral_session_setup_init (NumeralSessionSetup *setup,
                                 const NnTrainConfig *config,
                                 const NumeralRunData *data);

/**
 * NumeralSessionStep:
 * @step: the result of the trainer
 * @point: the same as a point of the curve
 * @epoch: (nullable): the figures of the epoch, if the minibatch was its last one; valid until
 *   the next epoch ends
 * @n_images: samples of the epoch that were trained on in this session
 * @time: duration of the minibatch, in microseconds
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
 * @step: @n_steps: @steps_per_epoch: minibatches that are done, in the whole run and in an epoch
 * @n_epochs: epochs that were begun
 * @best_epoch: (1-based) the epoch with the best weights; 0 before the first epoch is over
 * @epoch_seconds: @epoch_images: time and samples of the current epoch, in this session
 * @n_images: @seconds: samples that were trained on in this session, and the time that this took
 * @seconds_left: estimated from the speed of this session, validation included; NaN before its
 *   first minibatch
 * @session_steps: @session_seconds: steps and time that give this speed
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
 * Creates the trainer and restores the checkpoint, if there is one. Blocks.
 *
 * If the config wants principal components, they are found here, of the training samples alone,
 * which are all computed now if they are lazy. A run that is resumed has those of its checkpoint.
 * The trainer then learns from these few values. All that leaves the session is a network that
 * reads samples (nn-reduction.h): snapshots, models and what is measured with the validation
 * samples.
 *
 * Returns: (nullable): NN_ERROR_CONFIG, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE; NN_ERROR_FORMAT if
 *   the run cannot be resumed, with the reason; G_IO_ERROR_*
 */
NumeralSession *numeral_session_new (const NumeralSessionSetup *setup, GError **error);
/* Waits for the writer. */
void numeral_session_free (NumeralSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralSession, numeral_session_free)

/* (transfer full): the whole curve before this session. Call it once. */
NumeralHistory *numeral_session_take_past (NumeralSession *session);

NumeralSessionEnd numeral_session_get_end (const NumeralSession *session);
/* NUMERAL_OUTCOME_LEARNED until the last epoch, or early stopping, has ended the run. */
NumeralOutcome numeral_session_get_outcome (const NumeralSession *session);
guint64 numeral_session_get_step (const NumeralSession *session);
/* Share of the variance of the training samples that the principal components explain; NaN if the
 * network learns from the samples themselves. */
double numeral_session_get_explained (const NumeralSession *session);
/* What a private run has spent so far; zeros for other runs. */
NnSpent numeral_session_get_spent (const NumeralSession *session, NnConversion conversion);
void numeral_session_get_figures (const NumeralSession *session, NumeralSessionFigures *figures);
/* (out): means of the current epoch so far; NaN before its first minibatch. Takes time in
 * proportion to its minibatches. */
void numeral_session_get_means (const NumeralSession *session, double *loss, double *accuracy);
/* (transfer full): a copy of the current weights. */
NnNetwork *numeral_session_snapshot (const NumeralSession *session);
/* Scales the learning rate from the next minibatch on; saved with the run. */
void numeral_session_set_learning_rate_scale (NumeralSession *session, double scale);

/**
 * numeral_session_step:
 * @step: (out): the figures of the minibatch
 *
 * Trains one minibatch. At the end of an epoch it evaluates the validation samples and copies
 * the weights if they are the best. It takes a snapshot and begins a checkpoint when they are
 * due.
 *
 * Returns: %FALSE with NN_ERROR_VALUE if the loss is no longer finite
 */
gboolean numeral_session_step (NumeralSession *session, NumeralSessionStep *step, GError **error);

/* Begins a checkpoint of the current state, unless it is saved already. One that failed is tried
 * again after the checkpoint interval. %FALSE if the writer is
 * busy; @wake is then called when it is idle. */
gboolean numeral_session_keep (NumeralSession *session);
/* (nullable): why the newest checkpoint could not be written; %NULL if it was. Checkpoints go on,
 * and each tries to write what is missing. Valid until the next call for the session. */
const char *numeral_session_get_problem (const NumeralSession *session);
/* (transfer full) (nullable): a message for the user if a checkpoint could not be written. It is
 * returned once, until a checkpoint succeeds again. */
char *numeral_session_take_warning (NumeralSession *session);

/**
 * numeral_session_finish:
 * @end: why the run ends
 * @message: (nullable): why it failed
 *
 * Writes the current state, the best and the last model with their final cards, and the record
 * of the run, and waits until they are on the disk. G_IO_ERROR_*.
 */
gboolean numeral_session_finish (NumeralSession *session,
                                 NumeralSessionEnd end,
                                 const char *message,
                                 GError **error);

/**
 * numeral_session_make_model:
 * @last: whether to return the current weights instead of the best ones
 *
 * Call it after numeral_session_finish(). The best weights are those of the best epoch, or the
 * current ones if the run was stopped inside an epoch and they are better.
 *
 * Returns: (transfer full) (nullable): the model with its card; %NULL if the run diverged before
 *   the first epoch was over
 */
NumeralModel *numeral_session_make_model (NumeralSession *session, gboolean last);

G_END_DECLS
