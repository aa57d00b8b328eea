/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-store.h"

#include "numeral-write-queue.h"

/* Milliseconds in which changes of the files are one. */
#define RATE_MS 100

struct _NumeralHandStore
{
  GObject parent_instance;

  NumeralHandDb *db;
  guint64 generation; /* that the main thread knows */
  GFileMonitor *monitor;
  gboolean looking, look_again;
};

enum
{
  PROP_0,
  PROP_GENERATION,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralHandStore, numeral_hand_store, G_TYPE_OBJECT)

typedef enum
{
  ADD,
  RELABEL,
  DELETE,
  RESTORE,
  LIST,
  COUNT,
  GET,
  LOOK,
} Call;

/**
 * Job:
 * @samples: (nullable) (element-type NumeralHandSample): to add or restore; deleted or listed
 * @ids: (nullable) (element-type gint64): to delete; of those added
 * @sample: (out) (nullable): that was asked for
 * @id: of the sample; to count, that of the last one to leave out
 * @label: to give; the label before
 * @generation: (out): of the database after the call
 *
 * One call of the database, its arguments and its results. It belongs to the thread of the write
 * queue, then to the main thread.
 */
typedef struct
{
  Call call;
  NumeralHandDb *db;
  GCancellable *cancellable; /* (nullable) */
  GPtrArray *samples;
  GArray *ids;
  NumeralHandSample *sample;
  gint64 id;
  int label;
  NumeralHandQuery query;
  NumeralHandCounts counts;
  guint64 generation;
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  numeral_hand_db_unref (job->db);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->samples, g_ptr_array_unref);
  g_clear_pointer (&job->ids, g_array_unref);
  g_clear_pointer (&job->sample, numeral_hand_sample_unref);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

static gboolean
call (Job *job, GError **error)
{
  NumeralHandSample *const *samples =
      job->samples != NULL ? (NumeralHandSample *const *) job->samples->pdata : NULL;
  gint64 *ids = job->ids != NULL ? (gint64 *) job->ids->data : NULL;

  switch (job->call)
    {
    case ADD:
      return numeral_hand_db_add (job->db, samples, job->samples->len, ids, error);
    case RELABEL:
      return numeral_hand_db_relabel (job->db, job->id, job->label, &job->label, error);
    case DELETE:
      job->samples = numeral_hand_db_delete (job->db, ids, job->ids->len, error);
      return job->samples != NULL;
    case RESTORE:
      return numeral_hand_db_restore (job->db, samples, job->samples->len, error);
    case LIST:
      job->samples = numeral_hand_db_list (job->db, &job->query, error);
      return job->samples != NULL;
    case COUNT:
      return numeral_hand_db_count (job->db, job->id, &job->counts, error);
    case GET:
      job->sample = numeral_hand_db_get (job->db, job->id, error);
      return job->sample != NULL;
    case LOOK:
      numeral_hand_db_look (job->db);
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
run (gpointer data, GError **error)
{
  Job *job = data;
  /* Pages that were scrolled past are not read. */
  const gboolean done =
      !g_cancellable_set_error_if_cancelled (job->cancellable, error) && call (job, error);

  job->generation = numeral_hand_db_get_generation (job->db);
  return done;
}

static void
take_generation (NumeralHandStore *self, guint64 generation)
{
  if (generation <= self->generation)
    return;
  self->generation = generation;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_GENERATION]);
}

/* In the main thread. @user_data: (transfer full): the caller's task */
static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  take_generation (g_task_get_source_object (task), job->generation);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The caller's task refers to the store and stays in the main thread; the one that works refers to
 * the job alone. @arguments: the samples and numbers are taken over. */
static void
start (NumeralHandStore *self,
       const Job *arguments,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task;
  g_autoptr (GTask) worker = NULL;
  Job *job;

  g_return_if_fail (NUMERAL_IS_HAND_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  worker = g_task_new (NULL, NULL, on_done, task);
  job = (Job *) g_atomic_rc_box_dup (sizeof *arguments, arguments);
  job->db = numeral_hand_db_ref (self->db);
  g_set_object (&job->cancellable, cancellable);
  g_task_set_task_data (task, job, job_unref);
  g_task_set_task_data (worker, g_atomic_rc_box_acquire (job), job_unref);
  numeral_write_queue_run_in (NUMERAL_WRITE_HAND, worker, run);
}

/* (nullable): the job of a task that succeeded. */
static Job *
finish (NumeralHandStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_boolean (G_TASK (result), error) ?
             g_task_get_task_data (G_TASK (result)) :
             NULL;
}

static GPtrArray *
copy_samples (NumeralHandSample *const *samples, guint n)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (copy, numeral_hand_sample_ref (samples[i]));
  return copy;
}

static GPtrArray *
finish_samples (NumeralHandStore *self, GAsyncResult *result, GError **error)
{
  Job *job = finish (self, result, error);

  return job != NULL ? g_steal_pointer (&job->samples) : NULL;
}

void
numeral_hand_store_add_async (NumeralHandStore *self,
                              NumeralHandSample *const *samples,
                              guint n,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  const Job job = { .call = ADD,
                    .samples = copy_samples (samples, n),
                    .ids = g_array_sized_new (FALSE, TRUE, sizeof (gint64), n) };

  g_array_set_size (job.ids, n);
  start (self, &job, NULL, callback, user_data);
}

GArray *
numeral_hand_store_add_finish (NumeralHandStore *self, GAsyncResult *result, GError **error)
{
  Job *job = finish (self, result, error);

  return job != NULL ? g_steal_pointer (&job->ids) : NULL;
}

void
numeral_hand_store_relabel_async (
    NumeralHandStore *self, gint64 id, int label, GAsyncReadyCallback callback, gpointer user_data)
{
  start (self, &(Job){ .call = RELABEL, .id = id, .label = label }, NULL, callback, user_data);
}

gboolean
numeral_hand_store_relabel_finish (NumeralHandStore *self,
                                   GAsyncResult *result,
                                   int *before,
                                   GError **error)
{
  const Job *job = finish (self, result, error);

  if (job != NULL && before != NULL)
    *before = job->label;
  return job != NULL;
}

void
numeral_hand_store_delete_async (NumeralHandStore *self,
                                 const gint64 *ids,
                                 guint n,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  const Job job = { .call = DELETE, .ids = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  g_array_append_vals (job.ids, ids, n);
  start (self, &job, NULL, callback, user_data);
}

GPtrArray *
numeral_hand_store_delete_finish (NumeralHandStore *self, GAsyncResult *result, GError **error)
{
  return finish_samples (self, result, error);
}

void
numeral_hand_store_restore_async (NumeralHandStore *self,
                                  NumeralHandSample *const *samples,
                                  guint n,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  start (self, &(Job){ .call = RESTORE, .samples = copy_samples (samples, n) }, NULL, callback,
         user_data);
}

gboolean
numeral_hand_store_restore_finish (NumeralHandStore *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error) != NULL;
}

void
numeral_hand_store_list_async (NumeralHandStore *self,
                               const NumeralHandQuery *query,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  start (self, &(Job){ .call = LIST, .query = *query }, cancellable, callback, user_data);
}

GPtrArray *
numeral_hand_store_list_finish (NumeralHandStore *self, GAsyncResult *result, GError **error)
{
  return finish_samples (self, result, error);
}

void
numeral_hand_store_count_async (NumeralHandStore *self,
                                gint64 after,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  start (self, &(Job){ .call = COUNT, .id = after }, cancellable, callback, user_data);
}

gboolean
numeral_hand_store_count_finish (NumeralHandStore *self,
                                 GAsyncResult *result,
                                 NumeralHandCounts *counts,
                                 GError **error)
{
  const Job *job = finish (self, result, error);

  if (job != NULL)
    *counts = job->counts;
  return job != NULL;
}

void
numeral_hand_store_get_async (NumeralHandStore *self,
                              gint64 id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  start (self, &(Job){ .call = GET, .id = id }, cancellable, callback, user_data);
}

NumeralHandSample *
numeral_hand_store_get_finish (NumeralHandStore *self, GAsyncResult *result, GError **error)
{
  Job *job = finish (self, result, error);

  return job != NULL ? g_steal_pointer (&job->sample) : NULL;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NumeralHandStore *self = NUMERAL_HAND_STORE (source);

  finish (self, result, NULL);
  self->looking = FALSE;
  if (!self->look_again)
    return;
  self->look_again = FALSE;
  numeral_hand_store_look (self);
}

void
numeral_hand_store_look (NumeralHandStore *self)
{
  g_return_if_fail (NUMERAL_IS_HAND_STORE (self));

  self->look_again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  start (self, &(Job){ .call = LOOK }, NULL, on_looked, NULL);
}

NumeralHandDb *
numeral_hand_store_get_db (NumeralHandStore *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_STORE (self), NULL);

  return self->db;
}

guint64
numeral_hand_store_get_generation (NumeralHandStore *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_STORE (self), 0);

  return self->generation;
}

/* Another program writes into the file, or into the log beside it. */
static void
watch (NumeralHandStore *self)
{
  g_autofree char *folder = g_path_get_dirname (numeral_hand_db_get_path (self->db));
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor == NULL)
    return;
  g_file_monitor_set_rate_limit (self->monitor, RATE_MS);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (numeral_hand_store_look), self,
                           G_CONNECT_SWAPPED);
}

NumeralHandStore *
numeral_hand_store_new (const char *path)
{
  NumeralHandStore *self = g_object_new (NUMERAL_TYPE_HAND_STORE, NULL);

  self->db = numeral_hand_db_new (path);
  self->generation = numeral_hand_db_get_generation (self->db);
  watch (self);
  return self;
}

static void
numeral_hand_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_GENERATION)
    g_value_set_uint64 (value, NUMERAL_HAND_STORE (object)->generation);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_hand_store_dispose (GObject *object)
{
  NumeralHandStore *self = NUMERAL_HAND_STORE (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (numeral_hand_store_parent_class)->dispose (object);
}

static void
numeral_hand_store_finalize (GObject *object)
{
  numeral_hand_db_unref (NUMERAL_HAND_STORE (object)->db);
  G_OBJECT_CLASS (numeral_hand_store_parent_class)->finalize (object);
}

static void
numeral_hand_store_class_init (NumeralHandStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = numeral_hand_store_get_property;
  object_class->dispose = numeral_hand_store_dispose;
  object_class->finalize = numeral_hand_store_finalize;
  props[PROP_GENERATION] =
      g_param_spec_uint64 ("generation", NULL, NULL, 0, G_MAXUINT64, 0,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
numeral_hand_store_init (NumeralHandStore *self)
{
}
