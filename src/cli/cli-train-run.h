/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-log.h"
#include "cli-progress.h"
#include "cli-train-checkpoint.h"
#include "nn-trainer.h"

G_BEGIN_DECLS

typedef enum
{
  CLI_STOP_FINISHED,    /* all epochs were trained */
  CLI_STOP_PATIENCE,    /* the validation loss no longer fell */
  CLI_STOP_INTERRUPTED, /* somebody asked for it */
  CLI_STOP_DIVERGED,    /* the loss was no longer finite */
} CliStop;

/* "finished", "patience", "interrupted", "diverged" */
const char *cli_stop_name (CliStop stop);

/**
 * CliTrainResult:
 * @network: (nullable): the best by validation loss, the last where there is no
 *   validation; %NULL only where the run diverged before there was any
 * @best_epoch: 1-based: the epoch in which, or at whose end, @network was taken
 * @n_epochs: that were begun
 * @seconds: spent in minibatches, without validation
 */
typedef struct
{
  NnNetwork *network;
  CliStop stop;
  guint best_epoch, n_epochs;
  guint64 n_steps, n_images;
  double seconds;
} CliTrainResult;

void cli_train_result_clear (CliTrainResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTrainResult, cli_train_result_clear)

/**
 * cli_train_run:
 * @validation: (nullable)
 * @checkpoint: (nullable): where the run is kept, and was taken up from; a failure to keep it is
 * told on the standard error output once and training goes on
 * @keep_last: result->network is the last one and not the best
 * @log: (nullable)
 *
 * Turns the trainer's crank to the end, or until cli_interrupted(). %FALSE with
 * @error set where the loss is no longer finite, @result being still what is best
 * so far, or where the network of the checkpoint does not fit the data.
 */
gboolean cli_train_run (NnTrainer *trainer,
                        const NnDataset *validation,
                        CliCheckpoint *checkpoint,
                        gboolean keep_last,
                        CliProgress *progress,
                        CliLog *log,
                        CliTrainResult *result,
                        GError **error);

G_END_DECLS
