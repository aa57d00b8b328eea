/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-session-private.h"

#include <math.h>

#include "nn-evaluate.h"
#include "numeral-run-card.h"

/* (transfer full) (nullable): [parts]: validation accuracy of each part with @network, if there
 * are several parts; %NULL for a single part, whose accuracy is that of the epoch. */
static double *
measure_parts (const NumeralSession *session, const NnNetwork *network)
{
  const GPtrArray *parts = session->setup.data->parts;
  double *accuracies;

  if (parts->len < 2 || session->end == NUMERAL_SESSION_GOING)
    return NULL;
  accuracies = g_new (double, parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (parts, i);
      g_autoptr (NnEvaluation) evaluation =
          part->validation != NULL ? nn_evaluate (network, part->validation, NULL) : NULL;

      accuracies[i] = evaluation != NULL ? evaluation->accuracy : (double) NAN;
    }
  return accuracies;
}

static GHashTable *
make_card (const NumeralSession *session, const NumeralEpochPoint *epoch, const NnNetwork *network)
{
  const NumeralSessionSetup *setup = &session->setup;
  g_autofree double *accuracies = network != NULL ? measure_parts (session, network) : NULL;
  g_autofree char *run_name = setup->files != NULL && setup->files->record != NULL ?
                                  numeral_run_record_dup_name (setup->files->record) :
                                  NULL;
  const NumeralRunCard card = {
    .name = run_name != NULL ? run_name : setup->name,
    .licence = setup->licence,
    .config = setup->config,
    .more_settings = setup->more_settings,
    .data = setup->data,
    .n_epochs = numeral_session_get_n_epochs (session),
    .stopped =
        session->end != NUMERAL_SESSION_GOING ? numeral_session_end_name (session->end) : NULL,
    .epoch = epoch,
    .accuracies = accuracies,
    .explained = numeral_session_get_explained (session),
    .epsilon = numeral_session_get_spent (session, NN_CONVERSION_CLASSICAL).epsilon,
  };

  return numeral_run_card_format (&card);
}

GHashTable *
numeral_session_make_card (const NumeralSession *session, const NumeralEpochPoint *epoch)
{
  return make_card (session, epoch, epoch != NULL ? session->best : NULL);
}

GHashTable *
numeral_session_make_last_card (const NumeralSession *session)
{
  const NumeralHistory *history = session->history;
  g_autoptr (NnNetwork) last = NULL;
  NumeralEpochPoint epoch;

  if (numeral_history_get_n_steps (history) == 0 && history->epochs->len > 0)
    epoch = g_array_index (history->epochs, NumeralEpochPoint, history->epochs->len - 1);
  else
    numeral_session_average (session, nn_trainer_get_config (session->trainer)->batch_size, &epoch);
  if (session->end != NUMERAL_SESSION_GOING)
    last = numeral_session_snapshot (session);
  return make_card (session, &epoch, last);
}
