/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-run-folders.h"
#include "numeral-run-private.h"
#include "numeral-model-file.h"
#include "numeral-write-queue.h"

struct _NumeralRunStore
{
  GObject parent_instance;
  char *folder;
  GPtrArray *runs; /* NumeralRun, newest first */
  GPtrArray *skipped;
  char *backup; /* backup folder of deleted runs; NULL until a run is deleted */
  int backup_fd;
};

static void numeral_run_store_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NumeralRunStore,
                               numeral_run_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      numeral_run_store_list_model_init))

static GType
numeral_run_store_get_item_type (GListModel *model)
{
  return NUMERAL_TYPE_RUN;
}

static guint
numeral_run_store_get_n_items (GListModel *model)
{
  return NUMERAL_RUN_STORE (model)->runs->len;
}

static gpointer
numeral_run_store_get_item (GListModel *model, guint position)
{
  GPtrArray *runs = NUMERAL_RUN_STORE (model)->runs;

  return position < runs->len ? g_object_ref (g_ptr_array_index (runs, position)) : NULL;
}

static void
numeral_run_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = numeral_run_store_get_item_type;
  iface->get_n_items = numeral_run_store_get_n_items;
  iface->get_item = numeral_run_store_get_item;
}

static void
numeral_run_store_finalize (GObject *object)
{
  NumeralRunStore *self = NUMERAL_RUN_STORE (object);

  if (self->backup != NULL)
    {
      numeral_run_folder_remove (self->backup);
      g_close (self->backup_fd, NULL);
    }
  g_free (self->backup);
  g_free (self->folder);
  g_ptr_array_unref (self->runs);
  g_ptr_array_unref (self->skipped);
  G_OBJECT_CLASS (numeral_run_store_parent_class)->finalize (object);
}

static void
numeral_run_store_class_init (NumeralRunStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_run_store_finalize;
}

static void
numeral_run_store_init (NumeralRunStore *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  self->skipped = g_ptr_array_new_with_free_func (g_free);
  self->backup_fd = -1;
}

/* Newest first, which is the order of the numbers: a clock may be set back. Folders without a
 * number, which somebody copied, are last. */
static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const NumeralRunRecord *x = numeral_run_get_record (*(NumeralRun *const *) a);
  const NumeralRunRecord *y = numeral_run_get_record (*(NumeralRun *const *) b);
  const guint64 m = numeral_run_folder_number (x->id), n = numeral_run_folder_number (y->id);

  if (m != n)
    return m > n ? -1 : 1;
  return strcmp (y->id, x->id);
}

static void
list_run (NumeralRunStore *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralRunRecord) record = numeral_run_record_load (path, &error);

  if (record != NULL)
    g_ptr_array_add (self->runs, numeral_run_new (record));
  else
    g_ptr_array_add (self->skipped, g_strdup (error->message));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

NumeralRunStore *
numeral_run_store_new (GFile *folder)
{
  NumeralRunStore *self = g_object_new (NUMERAL_TYPE_RUN_STORE, NULL);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  self->folder = folder != NULL ?
                     g_file_get_path (folder) :
                     g_build_filename (g_get_user_data_dir (), "numeral", "runs", NULL);
  dir = g_dir_open (self->folder, 0, &error);
  if (dir == NULL)
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_ptr_array_add (self->skipped, g_strdup (error->message));
    }
  else
    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *path = g_build_filename (self->folder, name, NULL);

        if (numeral_run_folder_is_run (name))
          list_run (self, path);
        else
          numeral_run_folder_sweep (self->folder, name);
      }
  g_ptr_array_sort (self->runs, compare_runs);
  g_ptr_array_sort (self->skipped, compare_texts);
  g_ptr_array_add (self->skipped, NULL);
  return self;
}

const char *const *
numeral_run_store_get_skipped (NumeralRunStore *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), NULL);

  return (const char *const *) self->skipped->pdata;
}

static guint64
highest_number (const char *folder, guint64 than)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    than = MAX (than, numeral_run_folder_number (name));
  return than;
}

/* One more than the highest number in use, runs in the backup folder included. */
static guint64
next_number (NumeralRunStore *self)
{
  return highest_number (self->folder, highest_number (self->backup, 0)) + 1;
}

static void
insert (NumeralRunStore *self, NumeralRun *run)
{
  guint at = 0;

  while (at < self->runs->len && compare_runs (&self->runs->pdata[at], &run) < 0)
    at++;
  g_ptr_array_insert (self->runs, (int) at, g_object_ref (run));
  g_list_model_items_changed (G_LIST_MODEL (self), at, 0, 1);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* A failure is only logged: the first checkpoint saves the record again and reports an error. */
  if (!numeral_run_record_save_finish (result, &error))
    g_message ("%s", error->message);
}

NumeralRun *
numeral_run_store_create (NumeralRunStore *self, const NumeralRunConfig *config, GError **error)
{
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autofree char *path = NULL;
  NumeralRun *run;
  int lock;

  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), NULL);

  if (!numeral_run_config_validate (config, error))
    return NULL;
  path = numeral_run_folder_begin (self->folder, &lock, error);
  if (path == NULL)
    return NULL;
  record = numeral_run_record_new (path, config, NULL);
  if (!numeral_run_folder_commit (record, self->folder, next_number (self), TRUE, lock, error))
    return NULL;
  numeral_run_record_save_async (record, on_saved, NULL);
  run = numeral_run_new (record);
  insert (self, run);
  return run;
}

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
  return numeral_model_save (model, best, FALSE, NULL, error) &&
         numeral_model_save (model, last, FALSE, NULL, error);
}

typedef struct
{
  char *store;
  GFile *file;
  guint64 number;           /* lower bound of the run's number */
  NumeralRunRecord *record; /* (nullable): of the imported run */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_free (import->store);
  g_object_unref (import->file);
  g_clear_pointer (&import->record, numeral_run_record_unref);
  g_free (import);
}

/* May run in any thread. */
static NumeralRunRecord *
import_model (const Import *import, GError **error)
{
  g_autoptr (NumeralModel) model = numeral_model_load (import->file, NULL, error);
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  int lock;

  if (model == NULL)
    return NULL;
  path = numeral_run_folder_begin (import->store, &lock, error);
  if (path == NULL)
    return NULL;
  config = numeral_run_config_new ();
  describe_model (model, config);
  base = g_file_get_basename (import->file);
  name = numeral_model_get_metadata (model, "name") != NULL ?
             g_strdup (numeral_model_get_metadata (model, "name")) :
             g_filename_display_name (base);
  record = numeral_run_record_new (path, config, name);
  if (!save_imported (model, record, error))
    {
      numeral_run_folder_abandon (path, lock);
      return NULL;
    }
  if (!numeral_run_folder_commit (record, import->store, import->number, FALSE, lock, error) ||
      !numeral_run_record_save (record, error))
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

void
numeral_run_store_import_async (NumeralRunStore *self,
                                GFile *file,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Import *import;

  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  import = g_new (Import, 1);
  *import = (Import){ .store = g_strdup (self->folder),
                      .file = g_object_ref (file),
                      .number = next_number (self) };
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_task_data (task, import, import_free);
  numeral_write_queue_run (task, import_in_thread);
}

NumeralRun *
numeral_run_store_import_finish (NumeralRunStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (NumeralRunRecord) record = NULL;
  Import *import;
  NumeralRun *run;

  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  import = g_task_get_task_data (G_TASK (result));
  record = g_steal_pointer (&import->record);
  run = numeral_run_new (record);
  insert (self, run);
  return run;
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  return g_rename (from, to) == 0 || numeral_fail_errno (error, errno, "%s", from);
}

gboolean
numeral_run_store_delete (NumeralRunStore *self, NumeralRun *run, GError **error)
{
  const NumeralRunRecord *record = numeral_run_get_record (run);
  g_autofree char *path = NULL;
  gboolean moved;
  guint at;
  int lock;

  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (g_ptr_array_find (self->runs, run, &at), FALSE);

  if (self->backup == NULL)
    self->backup = numeral_run_folder_make_backup (self->folder, &self->backup_fd, error);
  if (self->backup == NULL)
    return FALSE;
  lock = numeral_run_record_lock (record, error);
  if (lock < 0)
    return FALSE;
  path = g_build_filename (self->backup, record->id, NULL);
  moved = move (record->folder, path, error);
  g_close (lock, NULL);
  if (!moved)
    return FALSE;
  g_object_ref (run);
  g_ptr_array_remove_index (self->runs, at);
  g_list_model_items_changed (G_LIST_MODEL (self), at, 1, 0);
  g_object_unref (run);
  return TRUE;
}

gboolean
numeral_run_store_undelete (NumeralRunStore *self, NumeralRun *run, GError **error)
{
  const NumeralRunRecord *record = numeral_run_get_record (run);
  g_autofree char *path = NULL;

  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (self->backup != NULL && !g_ptr_array_find (self->runs, run, NULL), FALSE);

  path = g_build_filename (self->backup, record->id, NULL);
  if (!move (path, record->folder, error))
    return FALSE;
  insert (self, run);
  return TRUE;
}
