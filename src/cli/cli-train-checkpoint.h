/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-trainer.h"

G_BEGIN_DECLS

/**
 * CliCheckpoint:
 *
 * A run that can be taken up again: the trainer's state in the file of --checkpoint, and beside it,
 * under the same name and ".best.safetensors", the best network so far. Either is replaced as a
 * whole, so that a run that is killed while it writes finds the one before.
 */
typedef struct _CliCheckpoint CliCheckpoint;

CliCheckpoint *cli_checkpoint_new (const char *path);
void cli_checkpoint_free (CliCheckpoint *checkpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliCheckpoint, cli_checkpoint_free)

/**
 * cli_checkpoint_resume:
 * @best: (out) (nullable) (transfer full): the best network so far; %NULL where there is no
 * checkpoint
 * @best_epoch: (out): 1-based
 *
 * Takes the trainer to where the checkpoint left it; where there is none, it stays at the start.
 * Returns: %FALSE where the files are there and cannot be used: NN_ERROR_*, G_IO_ERROR_*
 */
gboolean cli_checkpoint_resume (CliCheckpoint *checkpoint,
                                NnTrainer *trainer,
                                NnNetwork **best,
                                guint *best_epoch,
                                GError **error);

/* Writes what is due after an epoch: @best where it is another than before, and the state where
 * some time went by since it was written last, or @now. */
gboolean cli_checkpoint_save (CliCheckpoint *checkpoint,
                              NnTrainer *trainer,
                              NnNetwork *best,
                              guint best_epoch,
                              gboolean now,
                              GError **error);

G_END_DECLS
