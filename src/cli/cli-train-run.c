/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-run.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli-interrupt.h"
#include "cli-output.h"
#include "nn-evaluate.h"

typedef struct
{
  NnTrainer *trainer;
  const NnDataset *validation;
  CliCheckpoint *checkpoint;
  gboolean checkpoint_failed; /* and was told */
  CliProgress *progress;
  CliLog *log;
  CliTrainResult *result;
  NnStep step; /* the last one */
  /* Of the epoch that is running. */
  double loss_sum;
  guint64 n_correct, n_seen;
  gint64 epoch_time; /* in minibatches, microseconds */
  guint64 epoch_first_step;
  guint64 first_step; /* of this session */
  /* Of the whole run. */
  double best_loss;
  double validation_loss, validation_accuracy; /* NaN before the first */
  gint64 started, train_time;
} Run;

const char *
cli_stop_name (CliStop stop)
{
  static const char *const names[] = { "finished", "patience", "interrupted", "diverged" };

  return names[stop];
}

void
cli_train_result_clear (CliTrainResult *result)
{
  g_clear_pointer (&result->network, nn_network_unref);
}

static double
epoch_loss (const Run *run)
{
  return run->loss_sum / (double) run->n_seen;
}

static double
epoch_accuracy (const Run *run)
{
  return (double) run->n_correct / (double) run->n_seen;
}

static void
show (Run *run, gint64 now)
{
  const NnTrainConfig *config = nn_trainer_get_config (run->trainer);
  guint64 per_epoch = nn_trainer_get_steps_per_epoch (run->trainer);
  guint64 done = run->result->n_steps, total = config->epochs * per_epoch;
  CliProgressLine line = {
    .epoch = run->step.epoch + 1,
    .epoch_share =
        run->step.epoch_done ? 1 : (double) (done - run->epoch_first_step) / (double) per_epoch,
    .loss = epoch_loss (run),
    .accuracy = epoch_accuracy (run),
    .validation_loss = run->validation_loss,
    .validation_accuracy = run->validation_accuracy,
    .images_per_second = (double) run->n_seen * G_USEC_PER_SEC / (double) MAX (run->epoch_time, 1),
    /* Validation included: that much of the rest will be validation too. */
    .seconds_left = (double) (now - run->started) / G_USEC_PER_SEC /
                    (double) (done - run->first_step) * (double) (total - MIN (done, total)),
  };

  if (run->step.epoch_done)
    cli_progress_epoch (run->progress, &line);
  else
    cli_progress_update (run->progress, &line);
}

/* Keeps the weights of this moment where they are the best so far. */
static void
keep_if_best (Run *run)
{
  CliTrainResult *result = run->result;

  if (run->validation != NULL)
    {
      nn_trainer_measure (run->trainer, run->validation, &run->validation_loss,
                          &run->validation_accuracy);
      if (result->network != NULL && !(run->validation_loss < run->best_loss))
        return;
      run->best_loss = isnan (run->validation_loss) ? INFINITY : run->validation_loss;
    }
  g_clear_pointer (&result->network, nn_network_unref);
  result->network = nn_trainer_snapshot (run->trainer);
  result->best_epoch = run->step.epoch + 1;
}

static void
keep_checkpoint (Run *run, gboolean now)
{
  g_autoptr (GError) error = NULL;

  if (run->checkpoint == NULL || run->checkpoint_failed ||
      cli_checkpoint_save (run->checkpoint, run->trainer, run->result->network,
                           run->result->best_epoch, now, &error))
    return;
  run->checkpoint_failed = TRUE;
  cli_error (_ ("the run cannot be kept, and goes on all the same: %s"), error->message);
}

static void
end_epoch (Run *run)
{
  keep_if_best (run);
  show (run, g_get_monotonic_time ());
  if (run->log != NULL)
    {
      CliLogEpoch epoch = {
        .loss = epoch_loss (run),
        .accuracy = epoch_accuracy (run),
        .validation_loss = run->validation_loss,
        .validation_accuracy = run->validation_accuracy,
        .seconds = (double) run->epoch_time / G_USEC_PER_SEC,
        .images_per_second =
            (double) run->n_seen * G_USEC_PER_SEC / (double) MAX (run->epoch_time, 1),
      };

      cli_log_epoch (run->log, &run->step, &epoch);
    }
  run->loss_sum = 0;
  run->n_correct = run->n_seen = 0;
  run->epoch_time = 0;
  run->epoch_first_step = run->result->n_steps;
  keep_checkpoint (run, FALSE);
}

/* Goes on where the checkpoint took the trainer to. */
static gboolean
resume (Run *run, GError **error)
{
  CliTrainResult *result = run->result;
  guint64 per_epoch = nn_trainer_get_steps_per_epoch (run->trainer);
  double accuracy;

  result->network = cli_checkpoint_get_best (run->checkpoint, &result->best_epoch);
  if (result->network != NULL)
    nn_network_ref (result->network);
  result->n_steps = nn_trainer_get_step (run->trainer);
  result->n_epochs = (guint) (result->n_steps / per_epoch);
  run->first_step = result->n_steps;
  run->epoch_first_step = result->n_epochs * per_epoch;
  if (run->validation != NULL && result->network != NULL)
    {
      g_autoptr (NnEvaluation) evaluation = nn_evaluate (result->network, run->validation, error);

      if (evaluation == NULL)
        return FALSE;
      run->best_loss = evaluation->loss;
      nn_trainer_measure (run->trainer, run->validation, &run->validation_loss, &accuracy);
    }
  return TRUE;
}

/* Trains one minibatch and books it. */
static gboolean
turn (Run *run, GError **error)
{
  gint64 before = g_get_monotonic_time (), now;
  NnStep step;

  if (!nn_trainer_step (run->trainer, &step, error))
    return FALSE;
  now = g_get_monotonic_time ();
  run->step = step;
  run->loss_sum += step.loss * step.n;
  run->n_correct += step.n_correct;
  run->n_seen += step.n;
  run->epoch_time += now - before;
  run->train_time += now - before;
  run->result->n_steps++;
  run->result->n_images += step.n;
  run->result->n_epochs = step.epoch + 1;
  if (run->log != NULL)
    cli_log_step (run->log, &step, now);
  if (step.epoch_done)
    end_epoch (run);
  else if (cli_progress_is_due (run->progress, now))
    show (run, now);
  return TRUE;
}

gboolean
cli_train_run (NnTrainer *trainer,
               const NnDataset *validation,
               CliCheckpoint *checkpoint,
               gboolean keep_last,
               CliProgress *progress,
               CliLog *log,
               CliTrainResult *result,
               GError **error)
{
  const NnTrainConfig *config = nn_trainer_get_config (trainer);
  gboolean running = TRUE;
  Run run = {
    .trainer = trainer,
    .validation = validation,
    .checkpoint = checkpoint,
    .progress = progress,
    .log = log,
    .result = result,
    .validation_loss = NAN,
    .validation_accuracy = NAN,
    .started = g_get_monotonic_time (),
  };

  *result = (CliTrainResult){ .stop = CLI_STOP_FINISHED };
  if (checkpoint != NULL && !resume (&run, error))
    return FALSE;
  running = nn_trainer_get_step (trainer) <
            (guint64) config->epochs * nn_trainer_get_steps_per_epoch (trainer);
  while (running)
    {
      if (cli_interrupted ())
        {
          result->stop = CLI_STOP_INTERRUPTED;
          /* The curve goes on from exactly here, with the best that it had. */
          keep_checkpoint (&run, TRUE);
          /* What was learned in an epoch that did not end may be the best. */
          if (run.n_seen > 0 || result->network == NULL)
            keep_if_best (&run);
          break;
        }
      if (!turn (&run, error))
        {
          result->stop = CLI_STOP_DIVERGED;
          result->n_epochs =
              (guint) (result->n_steps / nn_trainer_get_steps_per_epoch (trainer)) + 1;
          break;
        }
      running = !run.step.run_done;
      if (running && run.step.epoch_done && validation != NULL && config->patience > 0 &&
          run.step.epoch + 1 - result->best_epoch >= config->patience)
        {
          result->stop = CLI_STOP_PATIENCE;
          running = FALSE;
        }
    }
  if (result->stop == CLI_STOP_FINISHED || result->stop == CLI_STOP_PATIENCE)
    keep_checkpoint (&run, TRUE);
  /* Where the learning rate came down to nothing, the last weights read best, though the loss of
   * the best before them may have been lower: they are surer of their mistakes, which calibration
   * mends.
   */
  if (keep_last && result->stop != CLI_STOP_DIVERGED)
    {
      g_clear_pointer (&result->network, nn_network_unref);
      result->network = nn_trainer_snapshot (trainer);
      result->best_epoch = result->n_epochs;
    }
  cli_progress_end (progress);
  result->seconds = (double) run.train_time / G_USEC_PER_SEC;
  return result->stop != CLI_STOP_DIVERGED;
}
