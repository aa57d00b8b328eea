/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RUN_STORE (numeral_run_store_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRunStore, numeral_run_store, NUMERAL, RUN_STORE, GObject)

/**
 * NumeralRunStore:
 *
 * The runs of a folder, newest first; a GListModel of NumeralRun. They are read in a thread and
 * added in batches. A deleted run is moved to a backup folder, and can be restored until the store
 * is closed. No function blocks; writes are done in order in the thread of the write queue.
 *
 * Properties (read-only, explicit notify): "loading" (boolean: whether runs are still being read),
 * "problem" (string, nullable: why the folder cannot be read).
 *
 * Signals: "lost" (NumeralRun *run, GError *error): the folder of a new run could not be made, and
 * the run is not in the list any more.
 */
/* @folder: (nullable): numeral/runs in the user's data directory where %NULL */
NumeralRunStore *numeral_run_store_new (GFile *folder);
gboolean numeral_run_store_get_loading (NumeralRunStore *self);
/* Reading that is paused goes on later, so that something else is done first. */
void numeral_run_store_set_paused (NumeralRunStore *self, gboolean paused);
/* (nullable) */
const char *numeral_run_store_get_problem (NumeralRunStore *self);
/* Reads the folder again, and adds the runs that are not in the list. */
void numeral_run_store_reload (NumeralRunStore *self);
/* Reads the runs on one's own handwriting again, after it was locked or unlocked; one that is being
 * trained here stays. */
void numeral_run_store_reload_own (NumeralRunStore *self);
/* Whether @run is in the list; @at: (out) (optional): its position. */
gboolean numeral_run_store_find (NumeralRunStore *self, NumeralRun *run, guint *at);

/* (transfer full): creates a run with its settings at the front of the list. Its folder is made in
 * a thread; if that fails, "lost" is emitted and the training of the run fails. NN_ERROR_CONFIG. */
NumeralRun *
numeral_run_store_create (NumeralRunStore *self, const NumeralRunConfig *config, GError **error);

/* Creates a run in a thread from a model file. It has weights and no curve. */
void numeral_run_store_import_async (NumeralRunStore *self,
                                     GFile *model,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* The same with the bytes of a file. @name: of the run; @config: of the run whose model it was made
 * of. */
void numeral_run_store_add_model_async (NumeralRunStore *self,
                                        GBytes *model,
                                        const char *name,
                                        const NumeralRunConfig *config,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Ends both. */
NumeralRun *
numeral_run_store_import_finish (NumeralRunStore *self, GAsyncResult *result, GError **error);

/**
 * numeral_run_store_delete_async:
 * @runs: (element-type NumeralRun)
 *
 * Removes the runs from the list at once, and moves their folders to the backup in a thread. Those
 * that could not be moved come back into the list.
 */
void numeral_run_store_delete_async (NumeralRunStore *self,
                                     GPtrArray *runs,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Adds the runs back to the list at once, and moves their folders back in a thread. Those that
 * could not be moved leave the list again. */
void numeral_run_store_undelete_async (NumeralRunStore *self,
                                       GPtrArray *runs,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/**
 * numeral_run_store_move_finish:
 * @failed: (out) (optional) (transfer container): the runs that could not be moved
 *
 * Ends both of the above.
 *
 * Returns: %FALSE with the error of the first of them: G_IO_ERROR_BUSY if it is being trained: stop
 *   it first; G_IO_ERROR_*
 */
gboolean numeral_run_store_move_finish (NumeralRunStore *self,
                                        GAsyncResult *result,
                                        GPtrArray **failed,
                                        GError **error);

G_END_DECLS
