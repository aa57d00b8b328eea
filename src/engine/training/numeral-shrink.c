/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-shrink.h"

#include <pthread.h>

#include "numeral-shrink-private.h"

struct _NumeralShrink
{
  GObject parent_instance;

  GListStore *results;
  GCancellable *cancellable; /* (nullable): of what runs */
  char *doing;
  double progress;
  gboolean generated;
};

enum
{
  PROP_RUNNING = 1,
  PROP_PROGRESS,
  PROP_DOING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint ended_signal;

G_DEFINE_FINAL_TYPE (NumeralShrink, numeral_shrink, G_TYPE_OBJECT)

/**
 * Job:
 * @shrink: of the main thread; what was started anew has another cancellable
 * @made: (element-type NumeralShrunk): what the main thread is to be told next
 * @doing: (nullable): likewise
 * @progress: likewise
 * @pending: whether it will be told
 *
 * What the thread works on. Reference-counted (atomic).
 */
typedef struct
{
  GWeakRef shrink;
  GMainContext *context;
  GFile *folder;
  NumeralRunConfig *config;
  GCancellable *cancellable;
  pthread_mutex_t mutex; /* protects what is below */
  GPtrArray *made;
  char *doing;
  double progress;
  gboolean pending, ended, generated;
  GError *error; /* (nullable): why it ended */
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->shrink);
  g_main_context_unref (job->context);
  g_object_unref (job->folder);
  numeral_run_config_free (job->config);
  g_object_unref (job->cancellable);
  pthread_mutex_destroy (&job->mutex);
  g_ptr_array_unref (job->made);
  g_free (job->doing);
  g_clear_error (&job->error);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

static void
set_progress (NumeralShrink *self, double progress)
{
  if (self->progress == progress)
    return;
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/* @doing: (transfer full) (nullable) */
static void
set_doing (NumeralShrink *self, char *doing)
{
  g_free (self->doing);
  self->doing = doing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOING]);
}

/* @error: (nullable) */
static void
end (NumeralShrink *self, gboolean generated, const GError *error)
{
  const gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_object (&self->cancellable);
  self->generated = generated;
  set_doing (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_signal_emit (self, ended_signal, 0, stopped ? NULL : error);
}

/* In the main thread. */
static gboolean
take_news (gpointer data)
{
  Job *job = data;
  g_autoptr (NumeralShrink) self = g_weak_ref_get (&job->shrink);
  g_autoptr (GPtrArray) made = NULL;
  g_autofree char *doing = NULL;
  gboolean ended, generated;
  double progress;

  pthread_mutex_lock (&job->mutex);
  made = g_steal_pointer (&job->made);
  job->made = g_ptr_array_new_with_free_func (g_object_unref);
  doing = g_steal_pointer (&job->doing);
  progress = job->progress;
  ended = job->ended;
  generated = job->generated;
  job->pending = FALSE;
  pthread_mutex_unlock (&job->mutex);
  if (self != NULL && self->cancellable == job->cancellable)
    {
      if (doing != NULL)
        set_doing (self, g_steal_pointer (&doing));
      for (guint i = 0; i < made->len; i++)
        g_list_store_append (self->results, made->pdata[i]);
      set_progress (self, progress);
      if (ended)
        end (self, generated, job->error);
    }
  /* The reference of the thread: all that it held is freed here. */
  if (ended)
    job_unref (job);
  return G_SOURCE_REMOVE;
}

/* With the mutex, which it unlocks: the main thread has something to take. After what is to be
 * drawn, because progress must not keep the window from being drawn. */
static void
tell (Job *job)
{
  if (!job->pending)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_callback (source, take_news, g_atomic_rc_box_acquire (job), job_unref);
      g_source_attach (source, job->context);
    }
  job->pending = TRUE;
  pthread_mutex_unlock (&job->mutex);
}

static void
on_doing (const char *title, gpointer data)
{
  Job *job = data;

  pthread_mutex_lock (&job->mutex);
  g_free (job->doing);
  job->doing = g_strdup (title);
  tell (job);
}

static void
on_progress (double share, gpointer data)
{
  Job *job = data;

  pthread_mutex_lock (&job->mutex);
  job->progress = MAX (job->progress, CLAMP (share, 0, 1));
  tell (job);
}

static void
on_made (NumeralShrunk *shrunk, gpointer data)
{
  Job *job = data;

  pthread_mutex_lock (&job->mutex);
  g_ptr_array_add (job->made, g_object_ref (shrunk));
  tell (job);
}

static gpointer
run (gpointer data)
{
  Job *job = data;
  const NumeralShrinkWatch watch = { on_doing, on_progress, on_made, job };
  gboolean generated = FALSE;
  GError *error = NULL;

  numeral_shrink_run (job->folder, job->config, &watch, &generated, job->cancellable, &error);
  pthread_mutex_lock (&job->mutex);
  job->generated = generated;
  job->error = error;
  job->ended = TRUE;
  tell (job);
  return NULL;
}

static void
numeral_shrink_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralShrink *self = NUMERAL_SHRINK (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_DOING:
      g_value_set_string (value, self->doing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_shrink_dispose (GObject *object)
{
  NumeralShrink *self = NUMERAL_SHRINK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->results);
  G_OBJECT_CLASS (numeral_shrink_parent_class)->dispose (object);
}

static void
numeral_shrink_finalize (GObject *object)
{
  g_free (NUMERAL_SHRINK (object)->doing);
  G_OBJECT_CLASS (numeral_shrink_parent_class)->finalize (object);
}

static void
numeral_shrink_class_init (NumeralShrinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_shrink_get_property;
  object_class->dispose = numeral_shrink_dispose;
  object_class->finalize = numeral_shrink_finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_DOING] = g_param_spec_string ("doing", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  ended_signal = g_signal_new ("ended", NUMERAL_TYPE_SHRINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
numeral_shrink_init (NumeralShrink *self)
{
  self->results = g_list_store_new (NUMERAL_TYPE_SHRUNK);
}

NumeralShrink *
numeral_shrink_new (void)
{
  return g_object_new (NUMERAL_TYPE_SHRINK, NULL);
}

void
numeral_shrink_start (NumeralShrink *self, GFile *folder, const NumeralRunConfig *config)
{
  Job *job;

  g_return_if_fail (NUMERAL_IS_SHRINK (self));
  g_return_if_fail (G_IS_FILE (folder) && config != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_list_store_remove_all (self->results);
  self->generated = FALSE;
  self->cancellable = g_cancellable_new ();
  job = g_atomic_rc_box_new0 (Job);
  g_weak_ref_init (&job->shrink, self);
  pthread_mutex_init (&job->mutex, NULL);
  job->made = g_ptr_array_new_with_free_func (g_object_unref);
  job->context = g_main_context_ref_thread_default ();
  job->folder = g_object_ref (folder);
  job->config = numeral_run_config_copy (config);
  job->cancellable = g_object_ref (self->cancellable);
  set_progress (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_thread_unref (g_thread_new ("numeral-shrink", run, job));
}

void
numeral_shrink_stop (NumeralShrink *self)
{
  g_return_if_fail (NUMERAL_IS_SHRINK (self));

  g_cancellable_cancel (self->cancellable);
}

GListModel *
numeral_shrink_get_results (NumeralShrink *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHRINK (self), NULL);

  return G_LIST_MODEL (self->results);
}

gboolean
numeral_shrink_get_generated (NumeralShrink *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHRINK (self), FALSE);

  return self->generated;
}
