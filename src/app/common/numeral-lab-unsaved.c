/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-lab.h"
#include "numeral-write-queue.h"

typedef struct
{
  NumeralLab *lab;
  NumeralUnsavedRun *run;
  GFile *file; /* (nullable) */
} Rescue;

static void
rescue_free (gpointer data)
{
  Rescue *rescue = data;

  g_object_unref (rescue->lab);
  numeral_unsaved_run_unref (rescue->run);
  g_clear_object (&rescue->file);
  g_free (rescue);
}

static gboolean
rescue_in_thread (gpointer data, GError **error)
{
  Rescue *rescue = data;

  return rescue->file ? numeral_unsaved_run_export (rescue->run, rescue->file, error) :
                        numeral_unsaved_run_save (rescue->run, error);
}

void
numeral_lab_save_unsaved_async (NumeralLab *self,
                                NumeralUnsavedRun *run,
                                GFile *file,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Rescue *rescue = g_new (Rescue, 1);

  g_return_if_fail (NUMERAL_IS_LAB (self));

  *rescue = (Rescue){ g_object_ref (self), numeral_unsaved_run_ref (run),
                      file ? g_object_ref (file) : NULL };
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_task_data (task, rescue, rescue_free);
  numeral_write_queue_run (task, rescue_in_thread);
}

gboolean
numeral_lab_save_unsaved_finish (GAsyncResult *result, GError **error)
{
  const Rescue *rescue = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      g_signal_emit_by_name (rescue->lab, "unsaved-changed");
      return FALSE;
    }
  numeral_lab_forget_unsaved (rescue->lab, rescue->run);
  return TRUE;
}
