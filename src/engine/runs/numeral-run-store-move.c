/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-store-private.h"
#include "numeral-write-queue.h"

/* Moves runs to the backup folder and back. The list changes at once; the folders follow in the
 * thread of the write queue. */

typedef struct
{
  NumeralRunRoot *root;
  GPtrArray *runs;   /* in the order of the list */
  gboolean deleting; /* otherwise they are restored */
  GPtrArray *failed; /* of @runs */
  GError *error;     /* (nullable): of the first of @failed */
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;

  numeral_run_root_unref (move->root);
  g_ptr_array_unref (move->runs);
  g_ptr_array_unref (move->failed);
  g_clear_error (&move->error);
  g_free (move);
}

static gboolean
move_in_thread (gpointer data, GError **error)
{
  Move *move = data;

  for (guint i = 0; i < move->runs->len; i++)
    {
      NumeralRun *run = move->runs->pdata[i];
      NumeralRunRecord *record = numeral_run_get_record (run);
      g_autoptr (GError) local = NULL;

      if (move->deleting ? numeral_run_root_delete (move->root, record, &local) :
                           numeral_run_root_undelete (move->root, record, &local))
        continue;
      /* The main context owns the references. */
      g_ptr_array_add (move->failed, run);
      if (move->error == NULL)
        move->error = g_steal_pointer (&local);
    }
  return TRUE;
}

/* Those of @runs that @list has, or has not. */
static GPtrArray *
filter (GPtrArray *runs, const NumeralRunList *list, gboolean listed)
{
  GPtrArray *some = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < runs->len; i++)
    if (numeral_run_list_find (list, runs->pdata[i], NULL) == listed)
      g_ptr_array_add (some, g_object_ref (runs->pdata[i]));
  return some;
}

/* Moves those of @runs that are in @from to @to. */
static void
relist (GPtrArray *runs, NumeralRunList *from, NumeralRunList *to)
{
  g_autoptr (GPtrArray) leaving = filter (runs, from, TRUE);
  g_autoptr (GPtrArray) coming = filter (leaving, to, FALSE);

  numeral_run_list_remove (from, leaving);
  numeral_run_list_add (to, coming);
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer data)
{
  NumeralRunStore *self = NUMERAL_RUN_STORE (source);
  g_autoptr (GTask) task = data;
  Move *move = g_task_get_task_data (task);

  if (move->deleting)
    relist (move->failed, &self->deleted, &self->list);
  else
    relist (move->failed, &self->list, &self->deleted);
  if (move->error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_error_copy (move->error));
}

static void
begin (NumeralRunStore *self, Move *move, GTask *task)
{
  g_autoptr (GTask) job = g_task_new (self, NULL, on_moved, task);

  g_task_set_task_data (task, move, move_free);
  /* @task, which is the job's user data, keeps it. */
  g_task_set_task_data (job, move, NULL);
  numeral_write_queue_run (job, move_in_thread);
}

static Move *
move_new (NumeralRunStore *self, GPtrArray *runs, gboolean deleting)
{
  Move *move = g_new0 (Move, 1);

  move->root = numeral_run_root_ref (self->root);
  move->runs = filter (runs, deleting ? &self->list : &self->deleted, TRUE);
  numeral_run_list_sort (move->runs);
  move->deleting = deleting;
  move->failed = g_ptr_array_new ();
  return move;
}

void
numeral_run_store_delete_async (NumeralRunStore *self,
                                GPtrArray *runs,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Move *move;

  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  move = move_new (self, runs, TRUE);
  relist (move->runs, &self->list, &self->deleted);
  begin (self, move, g_task_new (self, NULL, callback, user_data));
}

void
numeral_run_store_undelete_async (NumeralRunStore *self,
                                  GPtrArray *runs,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Move *move;

  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  move = move_new (self, runs, FALSE);
  relist (move->runs, &self->deleted, &self->list);
  begin (self, move, g_task_new (self, NULL, callback, user_data));
}

gboolean
numeral_run_store_move_finish (NumeralRunStore *self,
                               GAsyncResult *result,
                               GPtrArray **failed,
                               GError **error)
{
  Move *move;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  move = g_task_get_task_data (G_TASK (result));
  if (failed != NULL)
    {
      *failed = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < move->failed->len; i++)
        g_ptr_array_add (*failed, g_object_ref (move->failed->pdata[i]));
    }
  return g_task_propagate_boolean (G_TASK (result), error);
}
