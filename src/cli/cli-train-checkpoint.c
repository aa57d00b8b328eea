/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-checkpoint.h"

#include "numeral-draft.h"
#include "numeral-file.h"
#include "numeral-model.h"

/* At least so many times as long as it takes to write goes by between two times. */
#define SELDOM 20
#define MAX_BYTES ((gsize) 1 << 30)
#define BEST_EPOCH "best_epoch"

struct _CliCheckpoint
{
  GFile *state, *best;
  NnNetwork *network; /* the best as it was taken up, or NULL */
  guint best_epoch;   /* of the network that is kept, 0 where none is */
  gint64 due;         /* when the state is to be written next */
};

CliCheckpoint *
cli_checkpoint_new (const char *path)
{
  CliCheckpoint *checkpoint = g_new0 (CliCheckpoint, 1);
  g_autofree char *best = g_strconcat (path, ".best.safetensors", NULL);

  checkpoint->state = g_file_new_for_path (path);
  checkpoint->best = g_file_new_for_path (best);
  return checkpoint;
}

void
cli_checkpoint_free (CliCheckpoint *checkpoint)
{
  g_object_unref (checkpoint->state);
  g_object_unref (checkpoint->best);
  g_clear_pointer (&checkpoint->network, nn_network_unref);
  g_free (checkpoint);
}

gboolean
cli_checkpoint_resume (CliCheckpoint *checkpoint, NnTrainer *trainer, GError **error)
{
  g_autoptr (GBytes) state = NULL;
  g_autoptr (NumeralModel) model = NULL;
  const char *epoch;

  if (!g_file_query_exists (checkpoint->state, NULL))
    return TRUE;
  state = numeral_file_read (checkpoint->state, MAX_BYTES, NULL, error);
  if (state == NULL || !nn_trainer_restore_state (trainer, state, error))
    {
      g_prefix_error (error, "%s: ", g_file_peek_path (checkpoint->state));
      return FALSE;
    }
  /* None in the first epoch. */
  if (!g_file_query_exists (checkpoint->best, NULL))
    return TRUE;
  model = numeral_model_load (checkpoint->best, NULL, error);
  if (model == NULL)
    return FALSE;
  epoch = numeral_model_get_metadata (model, BEST_EPOCH);
  checkpoint->best_epoch = epoch != NULL ? (guint) g_ascii_strtoull (epoch, NULL, 10) : 0;
  checkpoint->network = nn_network_ref (model->network);
  return TRUE;
}

NnNetwork *
cli_checkpoint_get_best (const CliCheckpoint *checkpoint, guint *epoch)
{
  *epoch = checkpoint->best_epoch;
  return checkpoint->network;
}

static gboolean
save_best (CliCheckpoint *checkpoint, NnNetwork *best, guint best_epoch, GError **error)
{
  g_autoptr (GHashTable) metadata = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (NumeralModel) model = NULL;

  g_hash_table_insert (metadata, (gpointer) BEST_EPOCH, g_strdup_printf ("%u", best_epoch));
  model = numeral_model_new (best, metadata);
  if (!numeral_model_save (model, checkpoint->best, FALSE, NULL, error))
    return FALSE;
  checkpoint->best_epoch = best_epoch;
  return TRUE;
}

gboolean
cli_checkpoint_save (CliCheckpoint *checkpoint,
                     NnTrainer *trainer,
                     NnNetwork *best,
                     guint best_epoch,
                     gboolean now,
                     GError **error)
{
  g_autoptr (NumeralDraft) draft = NULL;
  gint64 before = g_get_monotonic_time (), after;

  if (!now && before < checkpoint->due)
    return TRUE;
  /* The best first: a state is never ahead of the best network that belongs to it. */
  if (best != NULL && best_epoch != checkpoint->best_epoch &&
      !save_best (checkpoint, best, best_epoch, error))
    return FALSE;
  draft = numeral_draft_new (checkpoint->state, error);
  if (draft == NULL || !nn_trainer_write_state (trainer, numeral_draft_write, draft, error) ||
      !numeral_draft_commit (draft, NULL, error))
    return FALSE;
  after = g_get_monotonic_time ();
  checkpoint->due = after + SELDOM * (after - before);
  return TRUE;
}
