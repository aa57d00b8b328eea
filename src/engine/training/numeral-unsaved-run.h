/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-session.h"

G_BEGIN_DECLS

/**
 * NumeralUnsavedRun:
 * @record: the run
 *
 * A run that has ended and could not be saved, with all that it takes to try again: nothing of it
 * is lost as long as this exists. It keeps the lock of the run. Reference-counted (atomic); used
 * by any thread.
 */
typedef struct _NumeralUnsavedRun NumeralUnsavedRun;

/* Takes ownership of everything; @lock: from numeral_run_record_lock(); @message: (nullable):
 * why the run failed; @error: why it is not saved; @wake_data: of the session's setup. */
typedef struct
{
  NumeralRunRecord *record;
  NumeralRunFiles *files;
  NumeralRunData *data;
  NumeralSession *session;
  NumeralSessionEnd end;
  char *message;
  int lock;
  GError *error;
  gpointer wake_data;
  GDestroyNotify wake_data_free;
} NumeralUnsavedRunParts;

NumeralUnsavedRun *numeral_unsaved_run_new (NumeralUnsavedRunParts *parts);
NumeralUnsavedRun *numeral_unsaved_run_ref (NumeralUnsavedRun *self);
void numeral_unsaved_run_unref (NumeralUnsavedRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralUnsavedRun, numeral_unsaved_run_unref)

/* (transfer full): the name of the run */
char *numeral_unsaved_run_dup_name (NumeralUnsavedRun *self);
/* (transfer full): why the last try failed */
char *numeral_unsaved_run_dup_reason (NumeralUnsavedRun *self);

/* Tries again to save the run in its folder. Blocks. G_IO_ERROR_*. */
gboolean numeral_unsaved_run_save (NumeralUnsavedRun *self, GError **error);
/* Saves its model, the best weights, in @file, as numeral_model_save() does. Blocks. NN_ERROR_VALUE
 * if the run diverged before there was one; G_IO_ERROR_*. */
gboolean numeral_unsaved_run_export (NumeralUnsavedRun *self, GFile *file, GError **error);

G_END_DECLS
