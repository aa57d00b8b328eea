/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-lock.h"
#include "numeral-run-private.h"
#include "numeral-write-queue.h"

/* In the thread of the write queue: not while a run is renamed or deleted. */
static gboolean
check_in_thread (gpointer data, GError **error)
{
  GPtrArray *runs = data;

  for (guint i = 0; i < runs->len; i++)
    numeral_run_record_check (numeral_run_get_record (runs->pdata[i]));
  return TRUE;
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GPtrArray *runs = g_task_get_task_data (G_TASK (result));

  for (guint i = 0; i < runs->len; i++)
    numeral_run_refresh (runs->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

void
numeral_run_check_async (GPtrArray *runs, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) check = g_task_new (NULL, NULL, on_checked, task);
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < runs->len; i++)
    g_ptr_array_add (copy, g_object_ref (runs->pdata[i]));
  g_task_set_task_data (check, copy, (GDestroyNotify) g_ptr_array_unref);
  numeral_write_queue_run (check, check_in_thread);
}
