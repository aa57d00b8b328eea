/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-export.h"
#include "numeral-file-chooser.h"
#include "numeral-model-filter.h"
#include "numeral-model-file.h"
#include "numeral-reveal.h"
#include "numeral-run-model.h"
#include "numeral-runs-page-private.h"

static gboolean
export_in_thread (gpointer folder, GFile *file, GError **error)
{
  g_autoptr (NumeralModel) model = numeral_run_model_load (folder, NULL, error);

  return model && numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, error);
}

void
numeral_runs_page_export_to (NumeralRunsPage *self,
                             NumeralRun *run,
                             GFile *file,
                             GtkFileFilter *filter)
{
  g_autoptr (GFile) better = NULL;
  GFile *folder;
  NumeralExport export = { .func = export_in_thread, .destroy = g_object_unref };

  g_return_if_fail (NUMERAL_IS_RUNS_PAGE (self));

  /* The folder of a new run may not exist yet; nor does the model then. */
  folder = numeral_run_get_folder (run);
  better = numeral_model_filter_rename (filter, file);
  export.file = better;
  export.fresh = !g_file_equal (better, file);
  export.data = folder ? g_object_ref (folder) : g_file_new_for_path ("");
  numeral_export (GTK_WIDGET (self), &export);
}

void
numeral_runs_page_end_import (NumeralRunsPage *self, GAsyncResult *result)
{
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;

  /* The window was closed in the meantime. */
  if (!self->lab)
    return;
  run = numeral_run_store_import_finish (self->store, result, &error);
  if (!run)
    {
      numeral_runs_page_say (self, g_strdup (error->message));
      return;
    }
  numeral_runs_page_pick (self, run);
  numeral_runs_page_say (self, g_strdup_printf (_ ("“%s” imported"), numeral_run_get_name (run)));
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer page)
{
  numeral_runs_page_end_import (page, result);
  g_object_unref (page);
}

void
numeral_runs_page_import_from (NumeralRunsPage *self, GFile *file)
{
  g_return_if_fail (NUMERAL_IS_RUNS_PAGE (self));

  numeral_run_store_import_async (self->store, file, on_imported, g_object_ref (self));
}

/* @run: (nullable): to export */
static void
on_chosen (gpointer page, GFile *file, GtkFileFilter *filter, gpointer run)
{
  if (!NUMERAL_RUNS_PAGE (page)->lab)
    return;
  if (run)
    numeral_runs_page_export_to (page, run, file, filter);
  else
    numeral_runs_page_import_from (page, file);
}

void
numeral_runs_page_export (NumeralRunsPage *self)
{
  NumeralRun *run = numeral_runs_page_get_one (self);
  g_autoptr (GPtrArray) filters = numeral_model_filter_list ();
  g_autofree char *name = NULL;
  NumeralFileRequest request = { .title = _ ("Export the Model"),
                                 .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                                 .accept = _ ("_Export"),
                                 .filters = (GtkFileFilter *const *) filters->pdata };

  if (!run)
    return;
  name = numeral_model_filter_dup_name (numeral_run_get_name (run));
  request.name = g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_chosen, g_object_ref (run),
                            g_object_unref);
}

void
numeral_runs_page_import (NumeralRunsPage *self)
{
  g_autoptr (GtkFileFilter) filter = numeral_model_filter_new ();
  GtkFileFilter *const filters[] = { filter, NULL };
  const NumeralFileRequest request = { .title = _ ("Import a Model"),
                                       .action = GTK_FILE_CHOOSER_ACTION_OPEN,
                                       .accept = _ ("_Import"),
                                       .filters = filters };

  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_chosen, NULL, NULL);
}

static void
on_revealed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralRunsPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!numeral_reveal_finish (result, &error) && self->lab)
    numeral_runs_page_say (self,
                           g_strdup_printf (_ ("The folder cannot be shown: %s"), error->message));
}

void
numeral_runs_page_reveal (NumeralRunsPage *self)
{
  NumeralRun *run = numeral_runs_page_get_one (self);
  GFile *folder = run ? numeral_run_get_folder (run) : NULL;

  if (folder)
    numeral_reveal_async (GTK_WIDGET (self), folder, on_revealed, g_object_ref (self));
}
