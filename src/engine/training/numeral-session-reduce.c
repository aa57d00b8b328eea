/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-session-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nn-evaluate.h"
#include "nn-lazy.h"
#include "numeral-fail.h"

/* Lazy samples that are computed between two looks at the cancellable. */
#define LAZY_SAMPLES ((gsize) 2048)

/* Computes all lazy samples. */
static gboolean
complete (const NumeralSession *session, const NnDataset *dataset, GError **error)
{
  g_autoptr (NnPool) pool = NULL;
  guint32 indices[LAZY_SAMPLES];

  if (nn_lazy_is_complete (dataset))
    return TRUE;
  pool = nn_pool_new (session->config.threads);
  for (gsize first = 0; first < dataset->n; first += LAZY_SAMPLES)
    {
      const gsize n = MIN (LAZY_SAMPLES, dataset->n - first);

      if (g_cancellable_set_error_if_cancelled (session->setup.cancellable, error))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        indices[i] = (guint32) (first + i);
      nn_lazy_write (dataset, indices, n, pool);
    }
  return TRUE;
}

static gboolean
on_progress (gsize n_done, gsize n, gpointer data, GError **error)
{
  const NumeralSession *session = data;

  if (session->setup.reducing != NULL)
    session->setup.reducing ((double) n_done / (double) MAX (n, 1), session->setup.reducing_data);
  return !g_cancellable_set_error_if_cancelled (session->setup.cancellable, error);
}

/* The reduction of the checkpoint @state, from which it is then taken away. */
static gboolean
read_reduction (NumeralSession *session, GBytes **state, GError **error)
{
  g_autoptr (GBytes) whole = *state;
  g_autoptr (GError) local = NULL;
  gsize size, length;
  const guint8 *bytes = g_bytes_get_data (whole, &size);

  *state = NULL;
  session->reduction = nn_reduction_read (bytes, size, session->setup.data->train,
                                          session->config.pca, &length, &local);
  if (session->reduction == NULL)
    return numeral_session_fail_damaged (session, error, local->message);
  *state = g_bytes_new_from_bytes (whole, length, size - length);
  return TRUE;
}

/* (transfer full) (nullable): the samples that the trainer learns from. */
static NnDataset *
reduce (NumeralSession *session, GBytes **state, GError **error)
{
  const NnBulk bulk = { .n_workers = session->config.threads,
                        .progress = on_progress,
                        .data = session };
  NnDataset *train = session->setup.data->train;

  if (!complete (session, train, error))
    return NULL;
  if (*state != NULL)
    {
      if (!read_reduction (session, state, error))
        return NULL;
    }
  else
    session->reduction = nn_reduction_new (train, session->config.pca, &bulk, error);
  return session->reduction != NULL ?
             nn_reduction_project (session->reduction, train, session->config.threads, error) :
             NULL;
}

/* Whether the checkpoint has a reduction if the config wants one, and none if it does not. */
static gboolean
check_state (const NumeralSession *session, GBytes *state, GError **error)
{
  gsize size;
  const guint8 *bytes = state != NULL ? g_bytes_get_data (state, &size) : NULL;

  if (bytes == NULL || nn_reduction_is_in (bytes, size) == (session->config.pca > 0))
    return TRUE;
  return numeral_session_fail_damaged (session, error,
                                       _ ("the saved state belongs to a run with other settings "
                                          "or other data"));
}

/* The architecture of what reads. */
static gboolean
find_reading (NumeralSession *session, GError **error)
{
  const NnDataset *train = session->setup.data->train;

  if (!nn_train_config_architecture (&session->config, (NnShape){ train->n_features, 1, 1 },
                                     train->n_classes, &session->reading, error) ||
      !nn_architecture_validate (&session->reading, error))
    return FALSE;
  nn_architecture_remove_dropout (&session->reading);
  return TRUE;
}

/* With principal components the network begins as the initial one reads them. */
static gboolean
set_initial (NumeralSession *session, GError **error)
{
  const NnNetwork *initial = session->setup.initial;
  g_autoptr (NnNetwork) reduced = NULL;

  if (initial == NULL)
    return TRUE;
  if (session->reduction == NULL)
    return nn_trainer_set_network (session->trainer, initial, error);
  if (!nn_architecture_equal (&initial->arch, &session->reading))
    {
      g_autofree char *mine = nn_architecture_to_string (&session->reading);
      g_autofree char *theirs = nn_architecture_to_string (&initial->arch);

      return numeral_fail (error, NN_ERROR_SHAPE,
                           _ ("a network %s cannot begin with the weights of one that is %s, or "
                              "that has other activations or another loss"),
                           mine, theirs);
    }
  reduced = nn_reduction_reduce (session->reduction, initial);
  return nn_trainer_set_network (session->trainer, reduced, error);
}

gboolean
numeral_session_create_trainer (NumeralSession *session, GBytes **state, GError **error)
{
  g_autoptr (NnDataset) reduced = NULL;
  NnTrainerOptions options = { 0 };

  if (!nn_train_config_validate (&session->config, error) || !find_reading (session, error) ||
      !check_state (session, *state, error))
    return FALSE;
  if (session->config.pca > 0)
    {
      reduced = reduce (session, state, error);
      if (reduced == NULL)
        return FALSE;
    }
  if (session->config.dp_noise > 0)
    {
      session->keystream = numeral_keystream_new (error);
      if (session->keystream == NULL)
        return FALSE;
      options.keystream = numeral_keystream_fill;
      options.key = session->keystream;
    }
  session->trainer =
      nn_trainer_new_with_options (&session->config,
                                   reduced != NULL ? reduced : session->setup.data->train, &options,
                                   error);
  return session->trainer != NULL && set_initial (session, error);
}

double
numeral_session_get_explained (const NumeralSession *session)
{
  return session->reduction != NULL ? nn_reduction_explained (session->reduction) : (double) NAN;
}

/* Measures the network that reads, so that the figures are those of the model file. */
static void
measure_reading (const NumeralSession *session, NumeralEpochPoint *point)
{
  const NnBulk bulk = { .n_workers = session->config.threads };
  g_autoptr (NnNetwork) network = numeral_session_snapshot (session);
  g_autoptr (NnEvaluation) evaluation =
      nn_evaluate_in_bulk (network, session->setup.data->validation, &bulk, NULL);

  /* Logits that are not finite leave the figures unknown, which any other epoch is better than. */
  if (evaluation == NULL)
    return;
  point->validation_loss = evaluation->loss;
  point->validation_accuracy = evaluation->accuracy;
}

void
numeral_session_measure (const NumeralSession *session, NumeralEpochPoint *point)
{
  if (session->setup.data->validation == NULL)
    return;
  if (session->reduction != NULL)
    measure_reading (session, point);
  else
    nn_trainer_measure (session->trainer, session->setup.data->validation, &point->validation_loss,
                        &point->validation_accuracy);
}

gboolean
numeral_session_write_reduction (const NumeralSession *session,
                                 NnWriteFunc write,
                                 gpointer data,
                                 GError **error)
{
  return session->reduction == NULL || nn_reduction_write (session->reduction, write, data, error);
}
