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
 * @message: (nullable): why it failed
 * @best_accuracy: of the best epoch: validation, or training where there is none; NaN before
 *
 * How far a run is: what run.json says besides the settings and the name.
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
 * @folder: @id: @created: @config: never change
 * @name: changed by the thread of the NumeralRun alone
 *
 * A run as both its NumeralRun and the thread that trains it know it: what is in
 * run.json, and where. Reference-counted (atomic).
 */
typedef struct
{
  char *folder, *id;
  gint64 created; /* microseconds since 1970, UTC */
  NumeralRunConfig *config;
  /*< private >*/
  char *name;
  NumeralRunFigures figures;
  pthread_mutex_t mutex;      /* of the two above */
  pthread_mutex_t save_mutex; /* one writes run.json at a time */
  int ref_count;
} NumeralRunRecord;

/* @folder: its last part is the id */
NumeralRunRecord *
numeral_run_record_new (const char *folder, const NumeralRunConfig *config, const char *name);
/* Where it is after it was made; before anybody shares it. */
void numeral_run_record_set_folder (NumeralRunRecord *record, const char *folder);
/* Hostile until checked. Blocks. NN_ERROR_*, G_IO_ERROR_*. */
NumeralRunRecord *numeral_run_record_load (const char *folder, GError **error);
NumeralRunRecord *numeral_run_record_ref (NumeralRunRecord *record);
void numeral_run_record_unref (NumeralRunRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunRecord, numeral_run_record_unref)

/* Writes run.json into a folder that nobody else can see yet, and waits for no disk:
 * numeral_run_record_save() or _save_async() is to follow. G_FILE_ERROR_*. */
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

/* The one who trains or moves a run holds its lock, in this process or any other; it goes away with
 * the process. Returns a file descriptor to close, or -1 and G_IO_ERROR_BUSY, G_IO_ERROR_*. */
int numeral_run_record_lock (const NumeralRunRecord *record, GError **error);

G_END_DECLS
