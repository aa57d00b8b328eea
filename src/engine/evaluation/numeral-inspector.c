/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-inspector.h"

#include <pthread.h>
#include <sys/resource.h>

#include "numeral-inspection.h"

/* The thread stands back behind that of the window and that of the recogniser. */
#define NICENESS 3

/**
 * Mailbox:
 * @asked: (nullable): the newest question, until the thread takes it
 * @asked_generation: of the newest question; @cleared: of the newest that is forgotten
 * @going: (nullable): the question that the thread works on; @cancellable: of it
 * @search: (nullable): cancels the search that goes on; also while there is none
 * @answer: (nullable): the newest insight, until the main context takes it
 * @pending: whether the main context has been told about an answer
 *
 * Shared by the object and the thread. Mutex and condition are those of the system, which
 * ThreadSanitizer knows.
 */
typedef struct
{
  int ref_count;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  gboolean stop;
  GCancellable *quit;
  NumeralQuestion *asked;
  guint64 asked_generation, cleared;
  NumeralQuestion *going;
  GCancellable *cancellable, *search;
  NumeralInsight *answer;
  gboolean pending;
  GMainContext *context;
  GWeakRef owner;
} Mailbox;

struct _NumeralInspector
{
  GObject parent_instance;

  Mailbox *mailbox;
  GThread *thread; /* (nullable): until the first question */
  NumeralInsight *insight;
};

enum
{
  PROP_INSIGHT = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (NumeralInspector, numeral_inspector, G_TYPE_OBJECT)

static Mailbox *
mailbox_ref (Mailbox *mailbox)
{
  g_atomic_int_inc (&mailbox->ref_count);
  return mailbox;
}

static void
mailbox_unref (gpointer data)
{
  Mailbox *mailbox = data;

  if (!g_atomic_int_dec_and_test (&mailbox->ref_count))
    return;
  g_clear_object (&mailbox->quit);
  g_clear_pointer (&mailbox->asked, numeral_question_free);
  g_clear_pointer (&mailbox->going, numeral_question_free);
  g_clear_object (&mailbox->cancellable);
  g_clear_object (&mailbox->search);
  g_clear_pointer (&mailbox->answer, numeral_insight_unref);
  g_main_context_unref (mailbox->context);
  g_weak_ref_clear (&mailbox->owner);
  pthread_cond_destroy (&mailbox->cond);
  pthread_mutex_destroy (&mailbox->mutex);
  g_free (mailbox);
}

/* In the main context. */
static gboolean
on_answer (gpointer data)
{
  Mailbox *mailbox = data;
  g_autoptr (NumeralInspector) self = g_weak_ref_get (&mailbox->owner);
  g_autoptr (NumeralInsight) answer = NULL;

  pthread_mutex_lock (&mailbox->mutex);
  mailbox->pending = FALSE;
  answer = g_steal_pointer (&mailbox->answer);
  if (answer != NULL && answer->generation <= mailbox->cleared)
    g_clear_pointer (&answer, numeral_insight_unref);
  pthread_mutex_unlock (&mailbox->mutex);

  if (self == NULL || answer == NULL)
    return G_SOURCE_REMOVE;
  g_clear_pointer (&self->insight, numeral_insight_unref);
  self->insight = g_steal_pointer (&answer);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSIGHT]);
  return G_SOURCE_REMOVE;
}

/* In the thread. */
static void
publish (const NumeralInsight *insight, gpointer data)
{
  Mailbox *mailbox = data;
  g_autoptr (NumeralInsight) stale = NULL;
  NumeralInsight *copy = numeral_insight_copy (insight);
  gboolean tell;

  pthread_mutex_lock (&mailbox->mutex);
  stale = mailbox->answer;
  mailbox->answer = copy;
  tell = !mailbox->pending;
  mailbox->pending = TRUE;
  pthread_mutex_unlock (&mailbox->mutex);
  if (tell)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (source, "numeral-inspector");
      g_source_set_callback (source, on_answer, mailbox_ref (mailbox), mailbox_unref);
      g_source_attach (source, mailbox->context);
    }
}

/* With the mutex held: whether @next makes what goes on useless. */
static gboolean
overtakes (const Mailbox *mailbox, const NumeralQuestion *next, gboolean searching)
{
  return searching || !numeral_question_same_but_model (mailbox->going, next);
}

static gboolean
give_up (gboolean searching, gpointer data)
{
  Mailbox *mailbox = data;
  gboolean useless;

  pthread_mutex_lock (&mailbox->mutex);
  useless = mailbox->stop || g_cancellable_is_cancelled (mailbox->cancellable) ||
            (mailbox->asked != NULL && overtakes (mailbox, mailbox->asked, searching));
  pthread_mutex_unlock (&mailbox->mutex);
  return useless;
}

/* With the mutex held: takes the question. Returns (transfer full) an insight without parts. */
static NumeralInsight *
begin (Mailbox *mailbox)
{
  g_clear_pointer (&mailbox->going, numeral_question_free);
  g_clear_object (&mailbox->cancellable);
  g_clear_object (&mailbox->search);
  mailbox->going = g_steal_pointer (&mailbox->asked);
  mailbox->cancellable = g_cancellable_new ();
  mailbox->search = g_cancellable_new ();
  return numeral_insight_new (mailbox->going, mailbox->asked_generation);
}

static gpointer
inspect (gpointer data)
{
  Mailbox *mailbox = data;
  g_autoptr (NumeralInspection) inspection = numeral_inspection_new ();
  g_autoptr (NumeralInsight) last = NULL;

  (void) setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + NICENESS);
  pthread_mutex_lock (&mailbox->mutex);
  for (;;)
    {
      g_autoptr (GCancellable) cancellable = NULL;
      g_autoptr (GCancellable) searching = NULL;
      NumeralInsight *insight;

      while (!mailbox->stop && mailbox->asked == NULL)
        pthread_cond_wait (&mailbox->cond, &mailbox->mutex);
      if (mailbox->stop)
        break;
      insight = begin (mailbox);
      cancellable = g_object_ref (mailbox->cancellable);
      searching = g_object_ref (mailbox->search);
      pthread_mutex_unlock (&mailbox->mutex);
      {
        const NumeralInspectionWatch watch = { publish,     give_up,   mailbox->quit,
                                               cancellable, searching, mailbox };

        if (last != NULL)
          numeral_insight_inherit (insight, last);
        numeral_inspection_run (inspection, insight, &watch);
      }
      g_clear_pointer (&last, numeral_insight_unref);
      last = insight;
      pthread_mutex_lock (&mailbox->mutex);
    }
  pthread_mutex_unlock (&mailbox->mutex);
  return NULL;
}

static void
numeral_inspector_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_INSIGHT)
    g_value_set_boxed (value, NUMERAL_INSPECTOR (object)->insight);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Ends what goes on, but for integrated gradients. With the mutex held. */
static void
cancel (Mailbox *mailbox)
{
  if (mailbox->cancellable != NULL)
    g_cancellable_cancel (mailbox->cancellable);
  if (mailbox->search != NULL)
    g_cancellable_cancel (mailbox->search);
}

static void
numeral_inspector_dispose (GObject *object)
{
  NumeralInspector *self = NUMERAL_INSPECTOR (object);
  Mailbox *mailbox = self->mailbox;

  if (self->thread != NULL)
    {
      pthread_mutex_lock (&mailbox->mutex);
      mailbox->stop = TRUE;
      g_cancellable_cancel (mailbox->quit);
      cancel (mailbox);
      pthread_cond_signal (&mailbox->cond);
      pthread_mutex_unlock (&mailbox->mutex);
      /* It stops within one minibatch. */
      g_clear_pointer (&self->thread, g_thread_join);
    }
  G_OBJECT_CLASS (numeral_inspector_parent_class)->dispose (object);
}

static void
numeral_inspector_finalize (GObject *object)
{
  NumeralInspector *self = NUMERAL_INSPECTOR (object);

  mailbox_unref (self->mailbox);
  g_clear_pointer (&self->insight, numeral_insight_unref);
  G_OBJECT_CLASS (numeral_inspector_parent_class)->finalize (object);
}

static void
numeral_inspector_class_init (NumeralInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = numeral_inspector_get_property;
  object_class->dispose = numeral_inspector_dispose;
  object_class->finalize = numeral_inspector_finalize;

  properties[PROP_INSIGHT] =
      g_param_spec_boxed ("insight", NULL, NULL, NUMERAL_TYPE_INSIGHT,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
numeral_inspector_init (NumeralInspector *self)
{
  Mailbox *mailbox = g_new0 (Mailbox, 1);

  pthread_mutex_init (&mailbox->mutex, NULL);
  pthread_cond_init (&mailbox->cond, NULL);
  g_weak_ref_init (&mailbox->owner, self);
  mailbox->ref_count = 1;
  mailbox->quit = g_cancellable_new ();
  mailbox->context = g_main_context_ref_thread_default ();
  self->mailbox = mailbox;
}

NumeralInspector *
numeral_inspector_new (void)
{
  return g_object_new (NUMERAL_TYPE_INSPECTOR, NULL);
}

guint64
numeral_inspector_ask (NumeralInspector *self, const NumeralQuestion *question)
{
  Mailbox *mailbox = self->mailbox;
  guint64 generation;

  g_return_val_if_fail (NUMERAL_IS_INSPECTOR (self), 0);

  pthread_mutex_lock (&mailbox->mutex);
  g_clear_pointer (&mailbox->asked, numeral_question_free);
  mailbox->asked = numeral_question_copy (question);
  generation = ++mailbox->asked_generation;
  if (mailbox->going != NULL && overtakes (mailbox, question, FALSE))
    cancel (mailbox);
  else if (mailbox->search != NULL)
    g_cancellable_cancel (mailbox->search);
  pthread_cond_signal (&mailbox->cond);
  pthread_mutex_unlock (&mailbox->mutex);
  if (self->thread == NULL)
    self->thread = g_thread_new ("numeral-inspector", inspect, mailbox);
  return generation;
}

void
numeral_inspector_clear (NumeralInspector *self)
{
  Mailbox *mailbox = self->mailbox;

  g_return_if_fail (NUMERAL_IS_INSPECTOR (self));

  pthread_mutex_lock (&mailbox->mutex);
  g_clear_pointer (&mailbox->asked, numeral_question_free);
  mailbox->cleared = mailbox->asked_generation;
  cancel (mailbox);
  pthread_mutex_unlock (&mailbox->mutex);
  if (self->insight == NULL)
    return;
  g_clear_pointer (&self->insight, numeral_insight_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSIGHT]);
}

void
numeral_inspector_stop_search (NumeralInspector *self)
{
  Mailbox *mailbox = self->mailbox;

  g_return_if_fail (NUMERAL_IS_INSPECTOR (self));

  pthread_mutex_lock (&mailbox->mutex);
  if (mailbox->search != NULL)
    g_cancellable_cancel (mailbox->search);
  pthread_mutex_unlock (&mailbox->mutex);
}

NumeralInsight *
numeral_inspector_get_insight (NumeralInspector *self)
{
  g_return_val_if_fail (NUMERAL_IS_INSPECTOR (self), NULL);

  return self->insight;
}
