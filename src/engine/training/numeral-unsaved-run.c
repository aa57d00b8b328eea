/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-unsaved-run.h"

#include <glib/gi18n-lib.h>

#include "nn-error.h"
#include "numeral-model-file.h"
#include "numeral-run-lock.h"

struct _NumeralUnsavedRun
{
  NumeralUnsavedRunParts parts;
  pthread_mutex_t mutex; /* of all parts */
  int ref_count;
};

NumeralUnsavedRun *
numeral_unsaved_run_new (NumeralUnsavedRunParts *parts)
{
  NumeralUnsavedRun *self = g_new0 (NumeralUnsavedRun, 1);

  self->parts = *parts;
  *parts = (NumeralUnsavedRunParts){ .lock = -1 };
  self->ref_count = 1;
  pthread_mutex_init (&self->mutex, NULL);
  return self;
}

NumeralUnsavedRun *
numeral_unsaved_run_ref (NumeralUnsavedRun *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_unsaved_run_unref (NumeralUnsavedRun *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  numeral_session_free (self->parts.session);
  numeral_run_data_free (self->parts.data);
  numeral_run_files_free (self->parts.files);
  numeral_run_record_unlock (self->parts.record, self->parts.lock);
  numeral_run_record_unref (self->parts.record);
  g_free (self->parts.message);
  g_error_free (self->parts.error);
  self->parts.wake_data_free (self->parts.wake_data);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

char *
numeral_unsaved_run_dup_name (NumeralUnsavedRun *self)
{
  return numeral_run_record_dup_name (self->parts.record);
}

char *
numeral_unsaved_run_dup_reason (NumeralUnsavedRun *self)
{
  char *reason;

  pthread_mutex_lock (&self->mutex);
  reason = g_strdup (self->parts.error->message);
  pthread_mutex_unlock (&self->mutex);
  return reason;
}

gboolean
numeral_unsaved_run_save (NumeralUnsavedRun *self, GError **error)
{
  GError *local = NULL;
  gboolean saved;

  pthread_mutex_lock (&self->mutex);
  saved =
      numeral_session_finish (self->parts.session, self->parts.end, self->parts.message, &local);
  if (!saved)
    {
      g_error_free (self->parts.error);
      self->parts.error = g_error_copy (local);
      g_propagate_error (error, local);
    }
  pthread_mutex_unlock (&self->mutex);
  return saved;
}

gboolean
numeral_unsaved_run_export (NumeralUnsavedRun *self, GFile *file, GError **error)
{
  g_autoptr (NumeralModel) model = NULL;

  pthread_mutex_lock (&self->mutex);
  model = numeral_session_make_model (self->parts.session, FALSE);
  pthread_mutex_unlock (&self->mutex);
  if (model == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("the run has no model yet"));
      return FALSE;
    }
  return numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, error);
}
