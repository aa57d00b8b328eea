/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numeral-model-file.h"
#include "numeral-run-folders.h"
#include "numeral-run-store-private.h"
#include "numeral-write-queue.h"

/* The settings that follow from the weights. */
static void
describe_model (const NumeralModel *model, NumeralRunConfig *config)
{
  const NnArchitecture *arch = &model->network->arch;

  nn_train_config_take_architecture (&config->train, arch);
}

static double
accuracy_of (const NumeralModel *model)
{
  const char *text = numeral_model_get_metadata (model, "validation_accuracy");

  return text != NULL ? CLAMP (g_ascii_strtod (text, NULL), 0, 1) : (double) NAN;
}

static gboolean
save_imported (const NumeralModel *model, NumeralRunRecord *record, GError **error)
{
  g_autoptr (GFile) best = numeral_run_record_get_file (record, NUMERAL_BEST_FILE);
  g_autoptr (GFile) last = numeral_run_record_get_file (record, NUMERAL_LAST_FILE);
  NumeralRunFigures figures = {
    .status = NUMERAL_RUN_FINISHED,
    .learning_rate_scale = 1,
    .best_accuracy = accuracy_of (model),
  };

  numeral_run_record_set_figures (record, &figures);
  return numeral_model_save (model, best, NUMERAL_SAVE_DEFAULT, NULL, error) &&
         numeral_model_save (model, last, NUMERAL_SAVE_DEFAULT, NULL, error);
}

/* Either a file, or its bytes with a name and settings. */
typedef struct
{
  NumeralRunRoot *root;
  GFile *file;              /* (nullable) */
  GBytes *bytes;            /* (nullable) */
  char *name;               /* (nullable): if the card has none, with a file */
  NumeralRunConfig *config; /* (nullable) */
  NumeralRunRecord *record; /* (nullable): of the imported run */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  numeral_run_root_unref (import->root);
  g_clear_object (&import->file);
  g_clear_pointer (&import->bytes, g_bytes_unref);
  g_clear_pointer (&import->name, g_free);
  g_clear_pointer (&import->config, numeral_run_config_free);
  g_clear_pointer (&import->record, numeral_run_record_unref);
  g_free (import);
}

/* (transfer full) */
static char *
name_of (const Import *import, const NumeralModel *model)
{
  const char *name = numeral_model_get_metadata (model, "name");
  g_autofree char *base = NULL;

  if (import->file == NULL || name != NULL)
    return g_strdup (import->file == NULL ? import->name : name);
  base = g_file_get_basename (import->file);
  return g_filename_display_name (base);
}

/* May run in any thread. */
static NumeralRunRecord *
import_model (const Import *import, GError **error)
{
  g_autoptr (NumeralModel) model = import->file != NULL ?
                                       numeral_model_load (import->file, NULL, error) :
                                       numeral_model_parse (import->bytes, import->name, error);
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  gboolean made = FALSE;
  int lock, hand;

  if (model == NULL)
    return NULL;
  path = numeral_run_folder_begin (import->root->folder, &lock, error);
  if (path == NULL)
    return NULL;
  config =
      import->config != NULL ? numeral_run_config_copy (import->config) : numeral_run_config_new ();
  describe_model (model, config);
  name = name_of (import, model);
  record = numeral_run_record_new (path, config, name);
  if (!numeral_run_root_begin (import->root, record, &hand, error) ||
      !save_imported (model, record, error))
    numeral_run_folder_abandon (path, lock);
  else
    made = numeral_run_root_commit (import->root, record, 0, NULL, lock, error);
  numeral_run_root_end (hand);
  if (!made || !numeral_run_record_save (record, error))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
import_in_thread (gpointer data, GError **error)
{
  Import *import = data;

  import->record = import_model (import, error);
  return import->record != NULL;
}

/* @what: (transfer full): all but its root and record */
static void
begin_import (NumeralRunStore *self,
              const Import *what,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Import *import = g_new (Import, 1);

  *import = *what;
  import->root = numeral_run_root_ref (self->root);
  g_task_set_task_data (task, import, import_free);
  numeral_write_queue_run (task, import_in_thread);
}

void
numeral_run_store_import_async (NumeralRunStore *self,
                                GFile *file,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  begin_import (self, &(Import){ .file = g_object_ref (file) }, callback, user_data);
}

void
numeral_run_store_add_model_async (NumeralRunStore *self,
                                   GBytes *model,
                                   const char *name,
                                   const NumeralRunConfig *config,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  begin_import (self,
                &(Import){ .bytes = g_bytes_ref (model),
                           .name = g_strdup (name),
                           .config = numeral_run_config_copy (config) },
                callback, user_data);
}

NumeralRun *
numeral_run_store_import_finish (NumeralRunStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  Import *import;
  NumeralRun *run;

  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  import = g_task_get_task_data (G_TASK (result));
  record = g_steal_pointer (&import->record);
  run = numeral_run_new (record);
  g_ptr_array_add (runs, run);
  numeral_run_list_add (&self->list, runs);
  return run;
}
