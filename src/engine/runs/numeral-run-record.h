/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>

#include "numeral-run-names.h"
#include "numeral-run.h"
#include "numeral-upright.h"

G_BEGIN_DECLS

#define NUMERAL_CHECKPOINT_FILE "checkpoint"
#define NUMERAL_BEST_FILE "best.safetensors"
#define NUMERAL_LAST_FILE "last.safetensors"

/**
 * NumeralRunFigures:
 * @message: (nullable): why the run failed
 * @best_accuracy: accuracy of the best epoch, on the validation samples or, without them, on the
 *   training samples; NaN before the first epoch is over
 * @outcome: what a finished run has learned
 * @input_scale: what the values of a table are divided by (NnDataset); 0 if that is not known yet
 * @turn: whether digits are turned upright
 * @explained: share of the variance of the training samples that the principal components explain;
 *   0 if they are not known yet, or the network learns from the samples themselves
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
  NumeralOutcome outcome;
  float input_scale;
  NumeralTurn turn;
  double explained;
} NumeralRunFigures;

typedef struct _NumeralRunRecord NumeralRunRecord;

/* Creates the folder of @record, and sets it with numeral_run_record_set_folder(). Blocks. */
typedef gboolean (*NumeralRunMakeFunc) (NumeralRunRecord *record, gpointer data, GError **error);

/**
 * NumeralRunRecord:
 * @folder: @id: constant from the time when the folder is made; read them after
 *   numeral_run_record_make() or numeral_run_record_is_made() returned %TRUE
 * @created: @config: constant
 *
 * The contents of run.json and the folder of a run, shared by its NumeralRun and the thread that
 * trains it. Reference-counted (atomic).
 */
struct _NumeralRunRecord
{
  char *folder, *id;
  gint64 created; /* microseconds since 1970, UTC */
  NumeralRunConfig *config;
  /*< private >*/
  char *name;
  NumeralRunFigures figures;
  gboolean made;              /* whether the folder exists */
  gboolean elsewhere;         /* whether another window trains the run */
  guint held;                 /* locks of the run that this record holds */
  pthread_mutex_t mutex;      /* protects the five above */
  pthread_mutex_t save_mutex; /* serialises writing run.json */
  pthread_mutex_t lock_mutex; /* serialises attempts to lock the run */
  NumeralRunMakeFunc make;    /* (nullable): NULL once it was called */
  gpointer make_data;
  GDestroyNotify make_free;
  GError *make_error;         /* (nullable): why the folder could not be made */
  pthread_mutex_t make_mutex; /* protects the four above; held while the folder is made */
  int ref_count;
};

/* @folder: its last component is the id */
NumeralRunRecord *
numeral_run_record_new (const char *folder, const NumeralRunConfig *config, const char *name);
/**
 * numeral_run_record_new_later:
 * @make: called once, in a thread
 * @data: for @make; freed with @destroy
 *
 * Returns: the record of a run whose folder does not exist yet
 */
NumeralRunRecord *numeral_run_record_new_later (const NumeralRunConfig *config,
                                                const char *name,
                                                NumeralRunMakeFunc make,
                                                gpointer data,
                                                GDestroyNotify destroy);
/* The record of a folder whose run.json cannot be read, for @reason. It has the default settings
 * and is never written. */
NumeralRunRecord *numeral_run_record_new_unreadable (const char *folder, const GError *reason);
/* Sets the folder of a new run while it is made. */
void numeral_run_record_set_folder (NumeralRunRecord *record, const char *folder);
/* Creates the folder of the run unless it exists. May be called in several threads: one makes the
 * folder, the others wait. Blocks. G_IO_ERROR_*. */
gboolean numeral_run_record_make (NumeralRunRecord *record, GError **error);
/* Does not block. */
gboolean numeral_run_record_is_made (NumeralRunRecord *record);
/* Reads run.json, which is untrusted input. Blocks. NN_ERROR_*, G_IO_ERROR_*. */
NumeralRunRecord *numeral_run_record_load (const char *folder, GError **error);
NumeralRunRecord *numeral_run_record_ref (NumeralRunRecord *record);
void numeral_run_record_unref (NumeralRunRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunRecord, numeral_run_record_unref)

/* Writes run.json into a new folder that is not published yet. Does not sync: call
 * numeral_run_record_save() or _save_async() afterwards. G_FILE_ERROR_*. */
gboolean numeral_run_record_begin (NumeralRunRecord *record, GError **error);
/* Writes run.json atomically, and syncs it. Blocks. NN_ERROR_CONFIG if it could not be read,
 * G_IO_ERROR_*. */
gboolean numeral_run_record_save (NumeralRunRecord *record, GError **error);
/* Reads the figures again, which another program may have written, and the name if @with_name.
 * Blocks. On failure nothing changes. */
gboolean numeral_run_record_reload (NumeralRunRecord *record, gboolean with_name, GError **error);

void numeral_run_record_set_name (NumeralRunRecord *record, const char *name);
/* Sets the name unless it is another than @old. */
void numeral_run_record_replace_name (NumeralRunRecord *record, const char *old, const char *name);
/* (transfer full) */
char *numeral_run_record_dup_name (NumeralRunRecord *record);
/* Copies. Clear with numeral_run_figures_clear(). */
void numeral_run_record_get_figures (NumeralRunRecord *record, NumeralRunFigures *figures);
void numeral_run_record_set_figures (NumeralRunRecord *record, const NumeralRunFigures *figures);
void numeral_run_figures_clear (NumeralRunFigures *figures);

/* (transfer full) */
GFile *numeral_run_record_get_file (const NumeralRunRecord *record, const char *name);

G_END_DECLS
