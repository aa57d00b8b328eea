/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-session-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nn-evaluate.h"
#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-model-file.h"

#define MAX_CHECKPOINT_BYTES ((gsize) 1 << 30)
/* Member of the best model's card; counts from 1. */
#define BEST_EPOCH "best_epoch"

GBytes *
numeral_session_read_checkpoint (const NumeralSession *session, GError **error)
{
  const NumeralRunFiles *files = session->setup.files;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) local = NULL;
  GBytes *bytes;

  if (files == NULL)
    return NULL;
  file = g_file_new_for_path (files->checkpoint);
  bytes = numeral_file_read (file, MAX_CHECKPOINT_BYTES, NULL, &local);
  if (bytes == NULL && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return bytes;
}

gboolean
numeral_session_fail_damaged (const NumeralSession *session, GError **error, const char *what)
{
  return numeral_fail (error, NN_ERROR_FORMAT,
                       _ ("%s: this run cannot go on, for %s; its models can still be used"),
                       session->setup.files->name, what);
}

/* Without a checkpoint the run is new, unless its record has epochs already. */
static gboolean
begin_new (NumeralSession *session, GError **error)
{
  NumeralRunRecord *record = session->setup.files != NULL ? session->setup.files->record : NULL;
  NumeralRunFigures figures;

  if (record != NULL)
    {
      numeral_run_record_get_figures (record, &figures);
      numeral_run_figures_clear (&figures);
      if ((figures.status != NUMERAL_RUN_UNFINISHED && figures.status != NUMERAL_RUN_STOPPED) ||
          figures.step > 0)
        return numeral_session_fail_damaged (session, error, _ ("its checkpoint is not there"));
      numeral_session_set_learning_rate_scale (session, figures.learning_rate_scale);
    }
  session->past = numeral_history_new (nn_trainer_get_steps_per_epoch (session->trainer));
  return TRUE;
}

/* Cuts the curve back to the checkpoint. */
static gboolean
read_curve (NumeralSession *session, GError **error)
{
  guint64 per_epoch = nn_trainer_get_steps_per_epoch (session->trainer);
  guint64 step = nn_trainer_get_step (session->trainer);
  g_autoptr (NumeralHistory) history = numeral_curve_read (session->setup.files->prefix, error);

  if (history == NULL)
    return FALSE;
  if (step > 0 && history->steps_per_epoch != per_epoch)
    return numeral_session_fail_damaged (session, error, _ ("its curve is that of other data"));
  if (numeral_history_get_n_steps (history) < step)
    return numeral_session_fail_damaged (session, error,
                                         _ ("its curve ends before its checkpoint"));
  numeral_history_truncate (history, step);
  if (history->epochs->len != step / per_epoch)
    return numeral_session_fail_damaged (session, error, _ ("epochs are missing from its curve"));
  history->steps_per_epoch = per_epoch;
  session->past = g_steal_pointer (&history);
  return TRUE;
}

/* The command line of 0.1.0 stored no curve: only the best epoch is known. */
static void
make_unknown_curve (NumeralSession *session, const NumeralEpochPoint *best)
{
  const float unknown = NAN;
  guint64 per_epoch = nn_trainer_get_steps_per_epoch (session->trainer);
  guint64 step = nn_trainer_get_step (session->trainer);

  session->past = numeral_history_new (per_epoch);
  for (guint64 i = 0; i < step; i++)
    numeral_history_add_steps (session->past, &(NumeralStepPoint){ unknown, unknown, unknown }, 1);
  for (guint64 i = 0; i < step / per_epoch; i++)
    {
      NumeralEpochPoint point = { .epoch = (guint) i,
                                  .step = (i + 1) * per_epoch,
                                  .train_loss = NAN,
                                  .train_accuracy = NAN,
                                  .validation_loss = NAN,
                                  .validation_accuracy = NAN };

      if (session->best != NULL && best->epoch == i)
        point = *best;
      numeral_history_add_epoch (session->past, &point);
    }
}

static gboolean
measure (const NumeralSession *session, NumeralEpochPoint *point, GError **error)
{
  const NnDataset *validation = session->setup.data->validation;
  g_autoptr (NnEvaluation) evaluation = NULL;

  if (validation == NULL)
    return TRUE;
  evaluation = nn_evaluate (session->best, validation, error);
  if (evaluation == NULL)
    return FALSE;
  point->validation_loss = evaluation->loss;
  point->validation_accuracy = evaluation->accuracy;
  return TRUE;
}

/* Reads the best weights; there are none in the first epoch. Their file may be newer than the
 * checkpoint; that epoch is then trained again. */
static gboolean
read_best (NumeralSession *session, GError **error)
{
  g_autoptr (GFile) file = numeral_run_files_get (session->setup.files, NUMERAL_BEST_FILE);
  g_autoptr (GError) local = NULL;
  g_autoptr (NumeralModel) model = numeral_model_load (file, NULL, &local);
  const char *epoch;

  if (model == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (model == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!nn_architecture_equal (&model->network->arch, &session->reading))
    return numeral_session_fail_damaged (session, error,
                                         _ ("its best model is that of another network"));
  epoch = numeral_model_get_metadata (model, BEST_EPOCH);
  session->best = nn_network_ref (model->network);
  session->best_epoch = (NumeralEpochPoint){
    .epoch = epoch != NULL ? (guint) g_ascii_strtoull (epoch, NULL, 10) - 1 : 0,
    .train_loss = NAN,
    .train_accuracy = NAN,
    .validation_loss = NAN,
    .validation_accuracy = NAN,
  };
  return TRUE;
}

/* Takes the figures of the best epoch from the curve, or measures them if the curve does not
 * have them. */
static gboolean
find_best_figures (NumeralSession *session, GError **error)
{
  const NumeralEpochPoint *best = numeral_history_get_best (session->past);

  if (best != NULL && best->epoch == session->best_epoch.epoch)
    {
      session->best_epoch = *best;
      return TRUE;
    }
  return measure (session, &session->best_epoch, error);
}

gboolean
numeral_session_resume (NumeralSession *session, GBytes *state, GError **error)
{
  const NumeralRunFiles *files = session->setup.files;
  g_autoptr (GError) local = NULL;
  NumeralRunFigures figures;

  if (state == NULL)
    return begin_new (session, error);
  if (!nn_trainer_restore_state (session->trainer, state, &local))
    return numeral_session_fail_damaged (session, error, local->message);
  if (files->record != NULL)
    {
      numeral_run_record_get_figures (files->record, &figures);
      session->scale = figures.learning_rate_scale;
      numeral_run_figures_clear (&figures);
    }
  if (!read_best (session, error))
    return FALSE;
  if (!files->has_curve)
    {
      if (session->best != NULL && !measure (session, &session->best_epoch, error))
        return FALSE;
      make_unknown_curve (session, &session->best_epoch);
      return TRUE;
    }
  return read_curve (session, error) &&
         (session->best == NULL || find_best_figures (session, error));
}
