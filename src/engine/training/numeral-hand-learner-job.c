/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-learner-job.h"

#include <math.h>
#include <pthread.h>
#include <sys/resource.h>

/* As training does, it takes what the window leaves. */
#define NICENESS 19
/* The caller is told of each share of this size. */
#define STEP 0.01

struct _NumeralHandLearnerJob
{
  NumeralHandLearnerWatch watch;
  GThread *thread;
  GSource *source; /* in the caller's context: ready when there is news */
  GCancellable *cancellable;

  /* Of the thread. */
  NumeralHandDb *db;
  NumeralModel *model; /* (nullable) */
  char *name;          /* (nullable) */

  /* POSIX and not GLib's, whose order ThreadSanitizer cannot see. */
  pthread_mutex_t mutex;
  /* Protected by the mutex. */
  double share;
  gboolean over;
  NumeralHandLesson *lesson; /* (nullable) */
  GError *error;             /* (nullable) */
};

/* A source that carries its job. */
typedef struct
{
  GSource parent;
  NumeralHandLearnerJob *job;
} JobSource;

static void
on_progress (double share, gpointer data)
{
  NumeralHandLearnerJob *job = data;

  pthread_mutex_lock (&job->mutex);
  if (fabs (share - job->share) >= STEP)
    {
      job->share = share;
      g_source_set_ready_time (job->source, 0);
    }
  pthread_mutex_unlock (&job->mutex);
}

static gpointer
learn (gpointer data)
{
  NumeralHandLearnerJob *job = data;
  const NumeralHandLessonRequest request = { .db = job->db,
                                             .model = job->model,
                                             .name = job->name,
                                             .cancellable = job->cancellable,
                                             .progress = on_progress,
                                             .user_data = job };
  NumeralHandLesson *lesson;
  GError *error = NULL;

  (void) setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + NICENESS);
  lesson = numeral_hand_lesson_new (&request, &error);
  pthread_mutex_lock (&job->mutex);
  job->lesson = lesson;
  job->error = error;
  job->over = TRUE;
  g_source_set_ready_time (job->source, 0);
  pthread_mutex_unlock (&job->mutex);
  return NULL;
}

/* The watch may free the job. */
static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  NumeralHandLearnerJob *job = ((JobSource *) source)->job;
  const NumeralHandLearnerWatch watch = job->watch;
  NumeralHandLesson *lesson;
  g_autoptr (GError) error = NULL;
  double share;
  gboolean over;

  pthread_mutex_lock (&job->mutex);
  g_source_set_ready_time (source, -1);
  share = job->share;
  over = job->over;
  lesson = g_steal_pointer (&job->lesson);
  error = g_steal_pointer (&job->error);
  pthread_mutex_unlock (&job->mutex);
  if (over)
    watch.done (job, lesson, error, watch.data);
  else if (!g_cancellable_is_cancelled (job->cancellable))
    watch.progress (share, watch.data);
  return over ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

NumeralHandLearnerJob *
numeral_hand_learner_job_begin (NumeralHandDb *db,
                                NumeralModel *model,
                                const char *name,
                                const NumeralHandLearnerWatch *watch)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  NumeralHandLearnerJob *job = g_new0 (NumeralHandLearnerJob, 1);

  job->watch = *watch;
  job->cancellable = g_cancellable_new ();
  job->db = numeral_hand_db_ref (db);
  job->model = model != NULL ? numeral_model_ref (model) : NULL;
  job->name = g_strdup (name);
  pthread_mutex_init (&job->mutex, NULL);
  job->source = g_source_new (&funcs, sizeof (JobSource));
  ((JobSource *) job->source)->job = job;
  g_source_set_ready_time (job->source, -1);
  g_source_attach (job->source, g_main_context_get_thread_default ());
  job->thread = g_thread_new ("learn-hand", learn, job);
  return job;
}

void
numeral_hand_learner_job_cancel (NumeralHandLearnerJob *job)
{
  g_cancellable_cancel (job->cancellable);
}

void
numeral_hand_learner_job_free (NumeralHandLearnerJob *job)
{
  g_cancellable_cancel (job->cancellable);
  g_source_destroy (job->source);
  g_thread_join (job->thread);
  g_source_unref (job->source);
  g_object_unref (job->cancellable);
  numeral_hand_db_unref (job->db);
  g_clear_pointer (&job->model, numeral_model_unref);
  g_clear_pointer (&job->lesson, numeral_hand_lesson_free);
  g_clear_error (&job->error);
  g_free (job->name);
  pthread_mutex_destroy (&job->mutex);
  g_free (job);
}
