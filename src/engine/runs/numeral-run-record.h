/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>

#include "numeral-run.h"

G_BEGIN_DECLS

#define NUMERAL_RECORD_FILE "run.json"
#define NUMERAL_CHECKPOINT_FILE "checkpoint"
#define NUMERAL_BEST_FILE "best.safetensors"
#define NUMERAL_LAST_FILE "last.safetensors"

/**
 * NumeralRunFigures:
 * @message: (nullable): why the run failed
 * @best_accuracy: accuracy of the best epoch, on the validation samples or, without them, on the
 *   training samples; NaN before the first epoch is over
 *
 * The progress of a run: the members of run.json other than the settings and the name.
 */
typedef struct
{
  NumeralRunStatus status;
  char *message;
  guint64 step;
  double epochs_done;
  double best_accuracy;
  double learning_rate_scale;
} NumeralRunFigures;

/**
 * NumeralRunRecord:
 * @folder: @id: @created: @config: constant
 * @name: changed only by the thread of the NumeralRun
 *
 * The contents of run.json and the folder of a run, shared by its NumeralRun and the thread that
 * trains it. Reference-counted (atomic).
 */
typedef struct
{
  char *folder, *id;
  gint64 created; /* microseconds since 1970, UTC */
  NumeralRunConfig *config;
  /*< private >*/
  char *name;
  NumeralRunFigures figures;
  pthread_mutex_t mutex;      /* protects the two above */
  pthread_mutex_t save_mutex; /* serialises writing run.json */
  int ref_count;
} NumeralRunRecord;

/* @folder: its last component is the id */
NumeralRunRecord *
numeral_run_record_new (const char *folder, const NumeralRunConfig *config, const char *name);
/* Sets the final folder of a new run, before the record is shared. */
void numeral_run_record_set_folder (NumeralRunRecord *record, const char *folder);
/* Reads run.json, which is untrusted input. Blocks. NN_ERROR_*, G_IO_ERROR_*. */
NumeralRunRecord *numeral_run_record_load (const char *folder, GError **error);
NumeralRunRecord *numeral_run_record_ref (NumeralRunRecord *record);
void numeral_run_record_unref (NumeralRunRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunRecord, numeral_run_record_unref)

/* Writes run.json into a new folder that is not published yet. Does not sync: call
 * numeral_run_record_save() or _save_async() afterwards. G_FILE_ERROR_*. */
gboolean numeral_run_record_begin (NumeralRunRecord *record, GError **error);
/* Writes run.json atomically, and syncs it. Blocks. G_IO_ERROR_*. */
gboolean numeral_run_record_save (NumeralRunRecord *record, GError **error);

/* The same in the thread of numeral_write_queue_run(). */
void numeral_run_record_save_async (NumeralRunRecord *record,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean numeral_run_record_save_finish (GAsyncResult *result, GError **error);

void numeral_run_record_set_name (NumeralRunRecord *record, const char *name);
/* (transfer full) */
char *numeral_run_record_dup_name (NumeralRunRecord *record);
/* Copies. Clear with numeral_run_figures_clear(). */
void numeral_run_record_get_figures (NumeralRunRecord *record, NumeralRunFigures *figures);
void numeral_run_record_set_figures (NumeralRunRecord *record, const NumeralRunFigures *figures);
void numeral_run_figures_clear (NumeralRunFigures *figures);

/* (transfer full) */
GFile *numeral_run_record_get_file (const NumeralRunRecord *record, const char *name);

/* Takes the lock of a run, which every process must hold to train or move the run. It ends with
 * the process. Returns a file descriptor to close, or -1 with G_IO_ERROR_BUSY or another
 * G_IO_ERROR_*. */
int numeral_run_record_lock (const NumeralRunRecord *record, GError **error);

G_END_DECLS
