/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-store-private.h"

#include "numeral-run-folders.h"
#include "numeral-run-lock.h"
#include "numeral-write-queue.h"

/* A new run is the first one until its number is known. */
#define UNCOUNTED (G_MAXUINT64 / 2)

enum
{
  PROP_LOADING = 1,
  PROP_PROBLEM,
  N_PROPERTIES,
};

enum
{
  LOST,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

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
  return NUMERAL_RUN_STORE (model)->list.runs->len;
}

static gpointer
numeral_run_store_get_item (GListModel *model, guint position)
{
  GPtrArray *runs = NUMERAL_RUN_STORE (model)->list.runs;

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
numeral_run_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralRunStore *self = NUMERAL_RUN_STORE (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->reader != NULL);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
remove_backup_in_thread (gpointer data, GError **error)
{
  numeral_run_root_remove_backup (data);
  return TRUE;
}

static void
numeral_run_store_finalize (GObject *object)
{
  NumeralRunStore *self = NUMERAL_RUN_STORE (object);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_clear_pointer (&self->reader, numeral_run_reader_stop);
  if (self->root != NULL)
    {
      g_task_set_task_data (task, self->root, (GDestroyNotify) numeral_run_root_unref);
      numeral_write_queue_run (task, remove_backup_in_thread);
    }
  numeral_run_list_clear (&self->list);
  numeral_run_list_clear (&self->deleted);
  g_free (self->problem);
  G_OBJECT_CLASS (numeral_run_store_parent_class)->finalize (object);
}

static void
numeral_run_store_class_init (NumeralRunStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_run_store_get_property;
  object_class->finalize = numeral_run_store_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, read);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, read);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[LOST] = g_signal_new ("lost", NUMERAL_TYPE_RUN_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, NUMERAL_TYPE_RUN, G_TYPE_ERROR);
}

static void
on_deleted_changed (guint at, guint removed, guint added, gpointer data)
{
}

static void
on_list_changed (guint at, guint removed, guint added, gpointer data)
{
  g_list_model_items_changed (data, at, removed, added);
}

static void
numeral_run_store_init (NumeralRunStore *self)
{
  numeral_run_list_init (&self->list, on_list_changed, self);
  numeral_run_list_init (&self->deleted, on_deleted_changed, NULL);
}

static void
set_problem (NumeralRunStore *self, const GError *error)
{
  const char *problem = error != NULL ? error->message : NULL;

  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
on_read (GPtrArray *records, gboolean done, const GError *error, gpointer data)
{
  g_autoptr (NumeralRunStore) self = g_object_ref (data);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (NumeralRun) run = numeral_run_new (records->pdata[i]);

      if (!numeral_run_list_find (&self->list, run, NULL) &&
          !numeral_run_list_find (&self->deleted, run, NULL))
        g_ptr_array_add (runs, g_steal_pointer (&run));
    }
  numeral_run_list_add (&self->list, runs);
  /* A handler may have started another reader. */
  if (!done)
    return;
  g_clear_pointer (&self->reader, numeral_run_reader_stop);
  if (self->again)
    {
      numeral_run_store_reload_own (self);
      return;
    }
  g_object_freeze_notify (G_OBJECT (self));
  set_problem (self, error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
numeral_run_store_reload (NumeralRunStore *self)
{
  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  if (self->reader != NULL)
    return;
  self->reader = numeral_run_reader_start (self->root, on_read, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static gboolean
is_own (NumeralRun *run)
{
  NumeralRunRecord *record = numeral_run_get_record (run);

  return numeral_run_record_is_made (record) && !numeral_run_record_is_held (record) &&
         (numeral_run_get_status (run) == NUMERAL_RUN_LOCKED ||
          record->config->source == NUMERAL_SOURCE_HANDWRITING);
}

void
numeral_run_store_reload_own (NumeralRunStore *self)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  /* The reader may have passed a run before it was changed: then the list is read again. */
  self->again = self->reader != NULL;
  if (self->again)
    return;
  for (guint i = 0; i < self->list.runs->len; i++)
    if (is_own (self->list.runs->pdata[i]))
      g_ptr_array_add (runs, g_object_ref (self->list.runs->pdata[i]));
  if (runs->len > 0)
    numeral_run_list_remove (&self->list, runs);
  for (guint i = 0; i < runs->len; i++)
    numeral_run_root_disown (self->root, numeral_run_get_id (runs->pdata[i]));
  numeral_run_store_reload (self);
}

NumeralRunStore *
numeral_run_store_new (GFile *folder)
{
  NumeralRunStore *self = g_object_new (NUMERAL_TYPE_RUN_STORE, NULL);
  g_autofree char *path = folder != NULL ?
                              g_file_get_path (folder) :
                              g_build_filename (g_get_user_data_dir (), "numeral", "runs", NULL);

  self->root = numeral_run_root_new (path);
  numeral_run_store_reload (self);
  return self;
}

gboolean
numeral_run_store_get_loading (NumeralRunStore *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), FALSE);

  return self->reader != NULL;
}

void
numeral_run_store_set_paused (NumeralRunStore *self, gboolean paused)
{
  g_return_if_fail (NUMERAL_IS_RUN_STORE (self));

  if (self->reader != NULL)
    numeral_run_reader_set_paused (self->reader, paused);
}

const char *
numeral_run_store_get_problem (NumeralRunStore *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), NULL);

  return self->problem;
}

gboolean
numeral_run_store_find (NumeralRunStore *self, NumeralRun *run, guint *at)
{
  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (NUMERAL_IS_RUN (run), FALSE);

  return numeral_run_list_find (&self->list, run, at);
}

/* --- new runs ------------------------------------------------------------------------------- */

typedef struct
{
  NumeralRunRoot *root;
  guint64 number;
  char *name;
} Maker;

static void
maker_free (gpointer data)
{
  Maker *maker = data;

  numeral_run_root_unref (maker->root);
  g_free (maker->name);
  g_free (maker);
}

static gboolean
make (NumeralRunRecord *record, gpointer data, GError **error)
{
  const Maker *maker = data;
  gboolean made = FALSE;
  int lock, hand;
  g_autofree char *path = numeral_run_folder_begin (maker->root->folder, &lock, error);

  if (path == NULL)
    return FALSE;
  numeral_run_record_set_folder (record, path);
  if (!numeral_run_root_begin (maker->root, record, &hand, error))
    numeral_run_folder_abandon (path, lock);
  else
    made = numeral_run_root_commit (maker->root, record, maker->number, maker->name, lock, error);
  numeral_run_root_end (hand);
  return made;
}

static gboolean
make_in_thread (gpointer data, GError **error)
{
  NumeralRunRecord *record = numeral_run_get_record (data);
  g_autoptr (GError) local = NULL;

  if (!numeral_run_record_make (record, error))
    return FALSE;
  /* A failure is only logged: the first checkpoint saves the record again and reports an error. */
  if (!numeral_run_record_save (record, &local))
    g_message ("%s", local->message);
  return TRUE;
}

/* (nullable): the list that has the run */
static NumeralRunList *
list_of (NumeralRunStore *self, NumeralRun *run)
{
  if (numeral_run_list_find (&self->list, run, NULL))
    return &self->list;
  return numeral_run_list_find (&self->deleted, run, NULL) ? &self->deleted : NULL;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  NumeralRunStore *self = NUMERAL_RUN_STORE (source);
  NumeralRun *run = g_task_get_task_data (G_TASK (result));
  NumeralRunList *list = list_of (self, run);
  g_autoptr (GError) error = NULL;
  const gboolean made = g_task_propagate_boolean (G_TASK (result), &error);
  const guint64 number = made ? numeral_run_folder_number (numeral_run_get_id (run)) : 0;

  if (!made)
    {
      g_autoptr (GPtrArray) runs = g_ptr_array_new ();

      g_ptr_array_add (runs, run);
      if (list != NULL)
        numeral_run_list_remove (list, runs);
      g_signal_emit (self, signals[LOST], 0, run, error);
      return;
    }
  /* The number may not be the expected one. */
  if (list != NULL)
    numeral_run_list_renumber (list, run, number);
  else
    numeral_run_set_order (run, number);
  numeral_run_refresh (run);
}

NumeralRun *
numeral_run_store_create (NumeralRunStore *self, const NumeralRunConfig *config, GError **error)
{
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autoptr (GTask) task = NULL;
  NumeralRun *run;
  Maker *maker;
  const NnSetting *setting;
  gboolean counted;

  g_return_val_if_fail (NUMERAL_IS_RUN_STORE (self), NULL);

  if (!numeral_run_config_check (config, &setting, error))
    return NULL;
  maker = g_new (Maker, 1);
  maker->root = numeral_run_root_ref (self->root);
  maker->number = numeral_run_root_take_number (self->root, &counted);
  maker->name = numeral_run_root_name (maker->number);
  record = numeral_run_record_new_later (config, maker->name, make, maker, maker_free);
  run = numeral_run_new (record);
  numeral_run_set_order (run, counted ? maker->number : UNCOUNTED + maker->number);
  g_ptr_array_add (runs, run);
  numeral_run_list_add (&self->list, runs);
  task = g_task_new (self, NULL, on_made, NULL);
  g_task_set_task_data (task, g_object_ref (run), g_object_unref);
  numeral_write_queue_run (task, make_in_thread);
  return run;
}
