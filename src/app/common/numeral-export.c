/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-export.h"

#include <glib/gi18n.h>

#include "numeral-file.h"
#include "numeral-toast.h"
#include "numeral-write-queue.h"

typedef struct
{
  GWeakRef widget;
  GFile *file;
  GBytes *bytes;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->widget);
  g_object_unref (job->file);
  g_bytes_unref (job->bytes);
  g_free (job);
}

static gboolean
write_in_thread (gpointer data, GError **error)
{
  const Job *job = data;

  return numeral_file_write (job->file, job->bytes, NULL, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&job->widget);
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_file_get_basename (job->file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    text = g_strdup_printf (_ ("Exported as “%s”"), name);
  if (widget)
    numeral_toast_show (widget, text ? text : error->message);
}

void
numeral_export_bytes (GtkWidget *widget, GFile *file, GBytes *bytes)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_weak_ref_init (&job->widget, widget);
  job->file = g_object_ref (file);
  job->bytes = g_bytes_ref (bytes);
  task = g_task_new (NULL, NULL, on_written, NULL);
  g_task_set_task_data (task, job, job_free);
  numeral_write_queue_run (task, write_in_thread);
}
