/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-history.h"
#include "numeral-outcome.h"
#include "numeral-model.h"
#include "numeral-run-config.h"

G_BEGIN_DECLS

typedef enum
{
  NUMERAL_RUN_UNFINISHED, /* training, or interrupted: the program was closed or killed */
  NUMERAL_RUN_FINISHED,
  NUMERAL_RUN_FAILED,     /* diverged */
  NUMERAL_RUN_STOPPED,    /* stopped by the user */
  NUMERAL_RUN_UNREADABLE, /* the folder of a run whose run.json cannot be read */
  NUMERAL_RUN_LOCKED,     /* the same, because it is encrypted and locked */
} NumeralRunStatus;
GType numeral_run_status_get_type (void);
#define NUMERAL_TYPE_RUN_STATUS (numeral_run_status_get_type ())

/* "784-128-10, Adam, 5 epochs"; free with g_free(). */
char *numeral_run_config_summary (const NumeralRunConfig *config);

#define NUMERAL_TYPE_RUN (numeral_run_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRun, numeral_run, NUMERAL, RUN, GObject)

/**
 * NumeralRun:
 *
 * One run, stored in a folder of its own: run.json (settings, name, times, status, figures),
 * curve.bin (every minibatch, appended), epochs.jsonl, checkpoint (nn_trainer_write_state(),
 * replaced atomically), best.safetensors, last.safetensors, snapshots/STEP.safetensors (float16,
 * at most 32, spread over the run). If the program is killed at any time, the run is still
 * listed and can be resumed: the curve is cut back to the checkpoint.
 *
 * Properties: "id", "name", "status" (NumeralRunStatus), "message" (why it failed or cannot be
 * read, or %NULL), "elsewhere" (boolean: whether another window trains it), "created" (GDateTime,
 * local time), "epochs-done" (double, fractional), "summary" (a line like "784-128-10, Adam, 5
 * epochs"), "best-accuracy" (double, of the best epoch's validation, or training where there is
 * none; NaN if unknown). Progress of the training thread appears here when the news of its
 * NumeralTrainer arrive. Used by one thread.
 *
 * A folder whose run.json cannot be read is a run with the status NUMERAL_RUN_UNREADABLE. Its name
 * is that of the folder, its settings are the defaults, and it cannot be trained or renamed. A run
 * on one's own handwriting that is encrypted and locked is one with the status NUMERAL_RUN_LOCKED,
 * and has no name of its own.
 */
/* (nullable): NULL until its folder is made */
const char *numeral_run_get_id (NumeralRun *self);
const char *numeral_run_get_name (NumeralRun *self);
/* The name changes at once, and is saved in a thread; if that fails the old name returns.
 * NN_ERROR_CONFIG if the name is not valid or the run cannot be read, G_IO_ERROR_BUSY if another
 * window trains it, G_IO_ERROR_*. */
void numeral_run_set_name_async (NumeralRun *self,
                                 const char *name,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean numeral_run_set_name_finish (NumeralRun *self, GAsyncResult *result, GError **error);
NumeralRunStatus numeral_run_get_status (NumeralRun *self);
/* Whether it is neither unreadable nor locked. */
gboolean numeral_run_is_readable (NumeralRun *self);
/* Whether another window trains the run, as of the last numeral_run_check_async(). */
gboolean numeral_run_get_elsewhere (NumeralRun *self);
/* (nullable): why the run failed or cannot be read. */
const char *numeral_run_get_message (NumeralRun *self);
double numeral_run_get_epochs_done (NumeralRun *self);
/* NaN if unknown. */
double numeral_run_get_best_accuracy (NumeralRun *self);
/* Constant once the run is finished. */
NumeralOutcome numeral_run_get_outcome (NumeralRun *self);
/* Whether the run is not finished: interrupted and stopped runs can both be resumed, unless another
 * window trains them. */
gboolean numeral_run_can_resume (NumeralRun *self);
const NumeralRunConfig *numeral_run_get_config (NumeralRun *self);
/* (transfer none) (nullable): NULL until it is made */
GFile *numeral_run_get_folder (NumeralRun *self);

/* Finds out in a thread which of @runs (element-type NumeralRun) another window trains, and reads
 * the progress that it made. The properties of the runs change before @callback, which has nothing
 * to finish. */
void numeral_run_check_async (GPtrArray *runs, GAsyncReadyCallback callback, gpointer user_data);

/* Read the curve, the best model or a snapshot in a thread. */
void numeral_run_load_history_async (NumeralRun *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
NumeralHistory *numeral_run_load_history_finish (GAsyncResult *result, GError **error);
void numeral_run_load_best_async (NumeralRun *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void numeral_run_load_snapshot_async (NumeralRun *self,
                                      guint64 step,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Ends both of the above. */
NumeralModel *numeral_run_load_model_finish (GAsyncResult *result, GError **error);
/* Lists the snapshots in a thread. */
void numeral_run_list_snapshots_async (NumeralRun *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* (transfer full) (element-type guint64): steps that have a snapshot, ascending */
GArray *numeral_run_list_snapshots_finish (GAsyncResult *result, GError **error);

G_END_DECLS
