/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-model-filter.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"
#include "numeral-run-record.h"
#include "numeral-runs-page-private.h"
#include "numeral-write-queue.h"

typedef struct
{
  GFile *folder; /* of the run */
  GFile *file;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->folder);
  g_object_unref (job->file);
  g_free (job);
}

static char *
display_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name);
}

static gboolean
export_in_thread (gpointer data, GError **error)
{
  const Job *job = data;
  g_autoptr (GFile) best = g_file_get_child (job->folder, NUMERAL_BEST_FILE);
  g_autoptr (GFile) last = g_file_get_child (job->folder, NUMERAL_LAST_FILE);
  g_autoptr (NumeralModel) model =
      numeral_model_load (g_file_query_exists (best, NULL) ? best : last, NULL, error);

  return model && numeral_model_save (model, job->file, FALSE, NULL, error);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = display_name (job->file);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    numeral_runs_page_say (self, g_strdup_printf (_ ("Exported as “%s”"), name));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    numeral_runs_page_say (self,
                           g_strdup (_ ("Nothing to export: train the run for a while first")));
  else
    numeral_runs_page_say (self,
                           g_strdup_printf (_ ("The model is not exported: %s"), error->message));
}

void
numeral_runs_page_export_to (NumeralRunsPage *self, NumeralRun *run, GFile *file)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new (Job, 1);

  g_return_if_fail (NUMERAL_IS_RUNS_PAGE (self));

  job->folder = g_object_ref (numeral_run_get_folder (run));
  job->file = g_object_ref (file);
  task = g_task_new (self, NULL, on_exported, NULL);
  g_task_set_task_data (task, job, job_free);
  numeral_write_queue_run (task, export_in_thread);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralRunsPage) self = data;
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;

  /* The window was closed in the meantime. */
  if (!self->lab)
    return;
  run = numeral_run_store_import_finish (numeral_lab_get_store (self->lab), result, &error);
  if (!run)
    {
      numeral_runs_page_say (self, g_strdup (error->message));
      return;
    }
  numeral_runs_page_pick (self, run);
  numeral_runs_page_say (self, g_strdup_printf (_ ("“%s” imported"), numeral_run_get_name (run)));
}

void
numeral_runs_page_import_from (NumeralRunsPage *self, GFile *file)
{
  g_return_if_fail (NUMERAL_IS_RUNS_PAGE (self));

  numeral_run_store_import_async (numeral_lab_get_store (self->lab), file, on_imported,
                                  g_object_ref (self));
}

static void
on_response (NumeralRunsPage *self, int response, GtkNativeDialog *dialog)
{
  NumeralRun *run = g_object_get_data (G_OBJECT (dialog), "run");
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file && run)
    numeral_runs_page_export_to (self, run, file);
  else if (file)
    numeral_runs_page_import_from (self, file);
  g_clear_object (&self->chooser);
}

static void
choose (NumeralRunsPage *self, const char *title, GtkFileChooserAction action, const char *accept)
{
  g_autoptr (GtkFileFilter) filter = numeral_model_filter_new ();

  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   action, accept, _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response), self,
                           G_CONNECT_SWAPPED);
}

void
numeral_runs_page_export (NumeralRunsPage *self)
{
  NumeralRun *run = numeral_runs_page_get_one (self);
  g_autofree char *name = NULL;

  if (!run || self->chooser)
    return;
  name =
      g_strconcat (numeral_run_get_name (run), ".", numeral_model_formats ()[0]->suffixes[0], NULL);
  g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
  choose (self, _ ("Export the Model"), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_object_set_data_full (G_OBJECT (self->chooser), "run", g_object_ref (run), g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
numeral_runs_page_import (NumeralRunsPage *self)
{
  if (self->chooser)
    return;
  choose (self, _ ("Import a Model"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
