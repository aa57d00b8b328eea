/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-export.h"

#include <glib/gi18n.h>

#include "numeral-file.h"
#include "numeral-file-chooser.h"
#include "numeral-toast.h"
#include "numeral-unsaved-bar.h"
#include "numeral-write-queue.h"

/* In milliseconds: what takes longer says that it goes on. */
#define SLOW 1000

/**
 * Job:
 * @what: the data and its destroy notify, shared by all tries
 * @slow: until @going is shown
 * @going: (nullable): says that the file is being written
 */
typedef struct
{
  NumeralExport what;
  GWeakRef widget;
  guint slow;
  AdwToast *going;
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  if (job->what.destroy)
    job->what.destroy (job->what.data);
  g_object_unref (job->what.file);
  g_weak_ref_clear (&job->widget);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

static void run (Job *job);

static char *
display_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

static gboolean
write_in_thread (gpointer data, GError **error)
{
  const Job *job = data;

  if (job->what.fresh && g_file_query_exists (job->what.file, NULL))
    {
      g_autofree char *name = display_name (job->what.file);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("“%s” exists already: choose it by that name, or another"), name);
      return FALSE;
    }
  return job->what.func (job->what.data, job->what.file, error);
}

/* (transfer full): of its row in the unsaved bar */
static char *
key_of (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  return g_strconcat ("export:", uri, NULL);
}

static void
on_chosen (gpointer widget, GFile *file, GtkFileFilter *filter, gpointer data)
{
  Job *job = data;
  g_autofree char *key = key_of (job->what.file);

  numeral_unsaved_bar_hide (widget, key);
  g_set_object (&job->what.file, file);
  /* The file chooser has asked. */
  job->what.fresh = FALSE;
  run (job);
}

static void
choose (GtkWidget *widget, Job *job)
{
  g_autofree char *name = g_file_get_basename (job->what.file);
  const NumeralFileRequest request = { .title = _ ("Save Elsewhere"),
                                       .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                                       .accept = _ ("_Save"),
                                       .name = name };

  numeral_file_chooser_ask (widget, &request, on_chosen, g_atomic_rc_box_acquire (job), job_unref);
}

static void
act (gpointer widget, NumeralUnsavedActions action, gpointer job)
{
  if (action == NUMERAL_UNSAVED_AGAIN)
    run (job);
  else
    choose (widget, job);
}

static void
show_failure (GtkWidget *widget, Job *job, const char *name, const char *reason)
{
  g_autofree char *key = key_of (job->what.file);
  /* Translators: %s is the name of a file */
  g_autofree char *title = g_strdup_printf (_ ("“%s” is not saved"), name);
  const NumeralUnsaved unsaved = {
    .key = key,
    .title = title,
    .reason = reason,
    .actions = NUMERAL_UNSAVED_AGAIN | NUMERAL_UNSAVED_ELSEWHERE | NUMERAL_UNSAVED_DISMISS,
    .owner = widget,
    .act = act,
    .data = g_atomic_rc_box_acquire (job),
    .destroy = job_unref,
  };

  numeral_unsaved_bar_show (widget, &unsaved);
}

static gboolean
on_slow (gpointer data)
{
  Job *job = data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&job->widget);
  g_autofree char *name = display_name (job->what.file);
  g_autofree char *text =
      /* Translators: %s is the name of a file */
      g_strdup_printf (job->what.saved ? _ ("Saving “%s”…") : _ ("Exporting “%s”…"), name);
  AdwToast *toast = widget ? numeral_toast_show (widget, text) : NULL;

  if (toast)
    {
      adw_toast_set_timeout (toast, 0);
      job->going = g_object_ref (toast);
    }
  job->slow = 0;
  return G_SOURCE_REMOVE;
}

static void
end_going (Job *job)
{
  g_autoptr (AdwToast) going = g_steal_pointer (&job->going);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&job->widget);
  GtkWidget *overlay = widget ? gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) : NULL;

  g_clear_handle_id (&job->slow, g_source_remove);
  if (going && overlay)
    numeral_toast_withdraw (ADW_TOAST_OVERLAY (overlay), going);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&job->widget);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = display_name (job->what.file);
  g_autofree char *key = key_of (job->what.file);
  g_autofree char *text = NULL;
  const gboolean written = g_task_propagate_boolean (G_TASK (result), &error);

  end_going (job);
  if (!widget)
    return;
  if (!written)
    {
      show_failure (widget, job, name, error->message);
      return;
    }
  numeral_unsaved_bar_hide (widget, key);
  text = g_strdup_printf (job->what.saved ? _ ("Saved as “%s”") : _ ("Exported as “%s”"), name);
  numeral_toast_show (widget, text);
}

static void
run (Job *job)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_written, NULL);

  g_task_set_task_data (task, g_atomic_rc_box_acquire (job), job_unref);
  end_going (job);
  job->slow = g_timeout_add_full (G_PRIORITY_DEFAULT, SLOW, on_slow, g_atomic_rc_box_acquire (job),
                                  job_unref);
  numeral_write_queue_run (task, write_in_thread);
}

void
numeral_export (GtkWidget *widget, const NumeralExport *export)
{
  g_autofree char *key = key_of (export->file);
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  numeral_unsaved_bar_hide (widget, key);
  job = g_atomic_rc_box_new0 (Job);
  job->what = *export;
  g_object_ref (job->what.file);
  g_weak_ref_init (&job->widget, widget);
  run (job);
  job_unref (job);
}

static gboolean
write_bytes (gpointer bytes, GFile *file, GError **error)
{
  return numeral_file_write (file, bytes, NULL, error);
}

void
numeral_export_bytes (GtkWidget *widget, GFile *file, GBytes *bytes)
{
  const NumeralExport export = { .file = file,
                                 .func = write_bytes,
                                 .data = g_bytes_ref (bytes),
                                 .destroy = (GDestroyNotify) g_bytes_unref };

  numeral_export (widget, &export);
}
