/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-shrink.h"

#include "numeral-shrink-private.h"

/* In millionths: less is not worth a word. */
#define LEAST_PROGRESS 1000

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
 * @pending: (atomic): whether the main thread is about to look at @progress
 * @progress: in millionths (atomic)
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
  gboolean generated;
  int pending, progress;
} Job;

/* News for the main thread: a title or a result; neither for the progress. */
typedef struct
{
  Job *job;
  char *doing;
  NumeralShrunk *made;
} News;

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->shrink);
  g_main_context_unref (job->context);
  g_object_unref (job->folder);
  numeral_run_config_free (job->config);
  g_object_unref (job->cancellable);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

static void
news_free (gpointer data)
{
  News *news = data;

  job_unref (news->job);
  g_free (news->doing);
  g_clear_object (&news->made);
  g_free (news);
}

static void
set_progress (NumeralShrink *self, double progress)
{
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
set_doing (NumeralShrink *self, const char *doing)
{
  g_free (self->doing);
  self->doing = g_strdup (doing);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOING]);
}

static gboolean
on_news (gpointer data)
{
  News *news = data;
  g_autoptr (NumeralShrink) self = g_weak_ref_get (&news->job->shrink);

  if (news->doing == NULL && news->made == NULL)
    g_atomic_int_set (&news->job->pending, FALSE);
  if (self == NULL || self->cancellable != news->job->cancellable)
    return G_SOURCE_REMOVE;
  if (news->doing != NULL)
    set_doing (self, news->doing);
  else if (news->made != NULL)
    g_list_store_append (self->results, news->made);
  else
    set_progress (self, 1e-6 * g_atomic_int_get (&news->job->progress));
  return G_SOURCE_REMOVE;
}

static void
tell (Job *job, const char *doing, NumeralShrunk *made)
{
  News *news = g_new (News, 1);

  *news = (News){ g_atomic_rc_box_acquire (job), g_strdup (doing),
                  made != NULL ? g_object_ref (made) : NULL };
  /* News are told before the end of the task, but progress must not keep the window from being
   * drawn. */
  g_main_context_invoke_full (job->context,
                              doing || made ? G_PRIORITY_DEFAULT : G_PRIORITY_DEFAULT_IDLE, on_news,
                              news, news_free);
}

static void
on_doing (const char *title, gpointer job)
{
  tell (job, title, NULL);
}

static void
on_progress (double share, gpointer data)
{
  Job *job = data;

  const int progress = (int) (1e6 * CLAMP (share, 0, 1));

  if (progress < g_atomic_int_get (&job->progress) + LEAST_PROGRESS)
    return;
  g_atomic_int_set (&job->progress, progress);
  if (g_atomic_int_compare_and_exchange (&job->pending, FALSE, TRUE))
    tell (job, NULL, NULL);
}

static void
on_made (NumeralShrunk *shrunk, gpointer job)
{
  tell (job, NULL, shrunk);
}

static gpointer
run (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  const NumeralShrinkWatch watch = { on_doing, on_progress, on_made, job };
  GError *error = NULL;

  if (numeral_shrink_run (job->folder, job->config, &watch, &job->generated, job->cancellable,
                          &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer unused)
{
  /* The reference that was made for the thread: what it held is freed here. */
  g_autoptr (GTask) task = G_TASK (result);
  Job *job = g_task_get_task_data (task);
  g_autoptr (NumeralShrink) self = g_weak_ref_get (&job->shrink);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (task, &error);
  if (self == NULL || self->cancellable != job->cancellable)
    return;
  g_clear_object (&self->cancellable);
  self->generated = job->generated;
  set_doing (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&error);
  g_signal_emit (self, ended_signal, 0, error);
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
  GTask *task;
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
  job->context = g_main_context_ref_thread_default ();
  job->folder = g_object_ref (folder);
  job->config = numeral_run_config_copy (config);
  job->cancellable = g_object_ref (self->cancellable);
  task = g_task_new (NULL, self->cancellable, on_ended, NULL);
  g_task_set_task_data (task, job, job_unref);
  set_progress (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_thread_unref (g_thread_new ("numeral-shrink", run, task));
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
