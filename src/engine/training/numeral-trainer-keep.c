/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-json.h"
#include "numeral-trainer-session.h"

/* The state is copied and checksummed in at most one part of this many of the time. */
#define KEEP_SHARE 50
/* At the end of an epoch a checkpoint is worth having sooner, but not at each one of tiny data. */
#define EPOCH_SHARE 8
/* So many bytes of snapshots do not wait for a checkpoint. */
#define SNAPSHOTS_SIZE ((gsize) 4 << 20)

static void
on_idle (gpointer data)
{
  NumeralTrainerLink *link = data;

  numeral_trainer_link_lock (link);
  numeral_trainer_link_command (link);
  numeral_trainer_link_unlock (link);
}

gboolean
numeral_session_keep_begin (NumeralSession *session, GError **error)
{
  session->keeper =
      numeral_keeper_new (session->record, session->history, on_idle, session->link, error);
  if (session->keeper == NULL)
    return FALSE;
  session->job = numeral_keep_job_new ();
  session->kept_step = numeral_session_get_step (session);
  session->kept_scale = session->scale;
  session->kept_time = g_get_monotonic_time ();
  numeral_snapshot_plan_init (&session->plan, session->n_steps);
  if (session->kept_step == 0)
    numeral_session_take_snapshot (session);
  return TRUE;
}

void
numeral_session_take_snapshot (NumeralSession *session)
{
  guint64 step = numeral_session_get_step (session);

  if (!numeral_snapshot_plan_has (&session->plan, step))
    return;
  g_ptr_array_add (session->job->snapshots, nn_trainer_snapshot (session->trainer));
  g_array_append_val (session->job->snapshot_steps, step);
}

static const NumeralEpochPoint *
best_epoch (const NumeralHistory *history)
{
  return history->best_epoch < 0 ?
             NULL :
             &g_array_index (history->epochs, NumeralEpochPoint, history->best_epoch);
}

static double
accuracy_of (const NumeralEpochPoint *point)
{
  return isnan (point->validation_loss) ? point->train_accuracy : point->validation_accuracy;
}

static void
add_figure (GHashTable *card, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return;
  g_ascii_formatd (text, sizeof text, "%.6f", value);
  g_hash_table_insert (card, g_strdup (key), g_strdup (text));
}

/* The training card; data, not part of the user interface: never translated. */
static GHashTable *
make_card (const NumeralSession *session)
{
  GHashTable *card = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const NumeralRunConfig *config = session->record->config;
  const NumeralEpochPoint *best = best_epoch (session->history);
  g_autoptr (JsonNode) settings = numeral_run_config_to_json (config);
  const char *source = config->source == NUMERAL_SOURCE_MNIST     ? "MNIST" :
                       config->source == NUMERAL_SOURCE_GENERATED ? "generated digits" :
                                                                    NULL;
  g_autofree char *base = source == NULL ? g_path_get_basename (config->path) : g_strdup (source);

  g_hash_table_insert (card, g_strdup ("generator"), g_strdup ("Numeral " PACKAGE_VERSION));
  g_hash_table_insert (card, g_strdup ("name"), numeral_run_record_dup_name (session->record));
  g_hash_table_insert (card, g_strdup ("data"),
                       g_strdup_printf ("%s: %" G_GSIZE_FORMAT " samples", base,
                                        session->data->train->n));
  /* Where the data lies is nobody else's business. */
  json_object_remove_member (json_node_get_object (settings), "path");
  g_hash_table_insert (card, g_strdup ("settings"), numeral_json_to_line (settings));
  g_hash_table_insert (card, g_strdup ("seed"),
                       g_strdup_printf ("%" G_GUINT64_FORMAT, config->train.seed));
  g_hash_table_insert (card, g_strdup ("epochs"),
                       g_strdup_printf ("%u", session->history->epochs->len));
  if (best != NULL)
    {
      g_hash_table_insert (card, g_strdup ("best_epoch"), g_strdup_printf ("%u", best->epoch + 1));
      add_figure (card, "training_loss", best->train_loss);
      add_figure (card, "training_accuracy", best->train_accuracy);
      add_figure (card, "validation_loss", best->validation_loss);
      add_figure (card, "validation_accuracy", best->validation_accuracy);
    }
  return card;
}

static void
put_figures (NumeralSession *session, NumeralRunStatus status, const char *message)
{
  const NumeralEpochPoint *best = best_epoch (session->history);
  guint64 step = numeral_session_get_step (session);
  NumeralRunFigures figures = {
    .status = status,
    .message = (char *) message,
    .step = step,
    .epochs_done = (double) step / (double) session->history->steps_per_epoch,
    .best_accuracy = best != NULL ? accuracy_of (best) : (double) NAN,
    .learning_rate_scale = session->scale,
  };

  numeral_run_record_set_figures (session->record, &figures);
}

/* Into the page cache, from where the keeper puts it on the disk: beside the weights and moments
 * themselves a copy of them would take as much memory again. */
static void
write_state (NumeralSession *session, NumeralKeepJob *job)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (session->record, NUMERAL_CHECKPOINT_FILE);
  g_autoptr (NumeralDraft) draft = numeral_draft_new (file, &job->state_error);

  if (draft != NULL &&
      nn_trainer_write_state (session->trainer, numeral_draft_write, draft, &job->state_error))
    job->state = g_steal_pointer (&draft);
}

/* Hands over everything up to this moment; the keeper must be idle. */
static void
put_job (NumeralSession *session, NumeralRunStatus status, const char *message)
{
  NumeralKeepJob *job = g_steal_pointer (&session->job);
  gint64 start = g_get_monotonic_time ();

  session->job = numeral_keep_job_new ();
  write_state (session, job);
  job->best = g_steal_pointer (&session->best);
  job->last = job->best != NULL && session->best_step == numeral_session_get_step (session) ?
                  nn_network_ref (job->best) :
                  nn_trainer_snapshot (session->trainer);
  job->card = make_card (session);
  put_figures (session, status, message);
  session->kept_step = numeral_session_get_step (session);
  session->kept_scale = session->scale;
  session->kept_time = g_get_monotonic_time ();
  session->keep_cost = session->kept_time - start;
  numeral_keeper_put (session->keeper, job);
}

/* A failure is told once, until a checkpoint could be written again. Only while the keeper is idle.
 */
static void
hear_keeper (NumeralSession *session)
{
  g_autoptr (GError) error = numeral_keeper_take_error (session->keeper);

  if (error != NULL && !session->warned)
    numeral_session_warn (
        session,
        /* Translators: %s says why, and names the file */
        g_strdup_printf (_ ("The run cannot be saved at the moment: %s. Training goes on, and what "
                            "was saved before is kept; see whether the disk is full."),
                         error->message));
  session->warned = error != NULL;
}

/* In bytes: those that wait to be kept. */
static gsize
snapshots_size (const NumeralSession *session)
{
  return session->job->snapshots->len *
         nn_architecture_n_params (nn_trainer_get_architecture (session->trainer)) * sizeof (float);
}

/* Without a checkpoint: only so that they leave the memory. */
static void
put_snapshots (NumeralSession *session)
{
  NumeralKeepJob *job = g_steal_pointer (&session->job);

  session->job = numeral_keep_job_new ();
  job->card = make_card (session);
  numeral_keeper_put (session->keeper, job);
}

void
numeral_session_keep_if_due (NumeralSession *session, gint64 now, gboolean epoch_done)
{
  gint64 interval = session->link->checkpoint_interval, waited = now - session->kept_time;
  const gboolean due = waited >= (epoch_done ? interval / EPOCH_SHARE : interval) &&
                       waited >= KEEP_SHARE * session->keep_cost;

  if ((!due && snapshots_size (session) < SNAPSHOTS_SIZE) ||
      !numeral_keeper_is_idle (session->keeper))
    return;
  hear_keeper (session);
  if (due)
    put_job (session, NUMERAL_RUN_UNFINISHED, NULL);
  else
    put_snapshots (session);
}

gboolean
numeral_session_keep_now (NumeralSession *session)
{
  if (!numeral_keeper_is_idle (session->keeper))
    return FALSE;
  hear_keeper (session);
  if (session->kept_step != numeral_session_get_step (session) ||
      session->kept_scale != session->scale || session->job->snapshots->len > 0)
    put_job (session, NUMERAL_RUN_UNFINISHED, NULL);
  return TRUE;
}

void
numeral_session_keep_status (NumeralSession *session, NumeralRunStatus status)
{
  g_autoptr (GError) error = NULL;
  NumeralRunFigures figures;

  numeral_run_record_get_figures (session->record, &figures);
  if (figures.status != status)
    {
      figures.status = status;
      numeral_run_record_set_figures (session->record, &figures);
      /* The next checkpoint tries again, and tells of it. */
      if (!numeral_run_record_save (session->record, &error))
        g_message ("%s", error->message);
    }
  numeral_run_figures_clear (&figures);
}

gboolean
numeral_session_keep_end (NumeralSession *session,
                          NumeralRunStatus status,
                          const char *message,
                          GError **error)
{
  g_autoptr (GError) local = NULL;

  /* What the job before could not write, this one tries again. */
  numeral_keeper_wait (session->keeper);
  put_job (session, status, message);
  numeral_keeper_wait (session->keeper);
  local = numeral_keeper_take_error (session->keeper);
  if (local == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local),
                              _ ("the end of the run could not be saved: "));
  return FALSE;
}
