/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-gan-run.h"

#include <pthread.h>

#include "numeral-session.h"

/* Steps between two snapshots at first. */
#define FIRST_INTERVAL 25

struct _NumeralGanRun
{
  GMainContext *context;
  GThread *thread; /* NULL once it is joined; of the main thread */
  NnGanConfig config;
  NumeralRunConfig *source;
  GCancellable *cancellable; /* of loading the data */
  void (*ready) (NumeralGanRun *run, gpointer data);
  gpointer data;
  GDestroyNotify free;

  pthread_mutex_t mutex; /* protects what is below */
  pthread_cond_t changed;
  gboolean paused, stopped;
  gboolean pending; /* the main thread will be told */
  NumeralGanNews news;
};

static void
snapshot_clear (gpointer data)
{
  nn_dataset_unref (((NumeralGanSnapshot *) data)->samples);
}

static void
news_init (NumeralGanNews *news)
{
  *news = (NumeralGanNews){ 0 };
  news->points = g_array_new (FALSE, FALSE, sizeof (NnGanStep));
  news->snapshots = g_array_new (FALSE, FALSE, sizeof (NumeralGanSnapshot));
  g_array_set_clear_func (news->snapshots, snapshot_clear);
  news->epochs = g_array_new (FALSE, FALSE, sizeof (NumeralGanEpoch));
  news->warnings = g_ptr_array_new_with_free_func (g_free);
}

void
numeral_gan_news_clear (NumeralGanNews *news)
{
  g_clear_pointer (&news->points, g_array_unref);
  g_clear_pointer (&news->snapshots, g_array_unref);
  g_clear_pointer (&news->epochs, g_array_unref);
  g_clear_pointer (&news->warnings, g_ptr_array_unref);
  g_clear_pointer (&news->generator, numeral_generator_unref);
  g_clear_error (&news->error);
}

static void
run_clear (gpointer data)
{
  NumeralGanRun *run = data;

  run->free (run->data);
  g_clear_pointer (&run->thread, g_thread_unref);
  g_main_context_unref (run->context);
  numeral_run_config_free (run->source);
  g_object_unref (run->cancellable);
  pthread_mutex_destroy (&run->mutex);
  pthread_cond_destroy (&run->changed);
  numeral_gan_news_clear (&run->news);
}

void
numeral_gan_run_unref (NumeralGanRun *run)
{
  g_atomic_rc_box_release_full (run, run_clear);
}

static void
unref (gpointer run)
{
  numeral_gan_run_unref (run);
}

static gboolean
tell_owner (gpointer data)
{
  NumeralGanRun *run = data;
  gboolean ended;

  pthread_mutex_lock (&run->mutex);
  run->pending = FALSE;
  ended = run->news.ended;
  pthread_mutex_unlock (&run->mutex);
  run->ready (run, run->data);
  /* The reference of the thread: all that it held is freed here. */
  if (ended)
    numeral_gan_run_unref (run);
  return G_SOURCE_REMOVE;
}

/* With the mutex, which it unlocks. After what is to be drawn: progress must not keep the window
 * from being drawn. */
static void
tell (NumeralGanRun *run)
{
  if (!run->pending)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_callback (source, tell_owner, g_atomic_rc_box_acquire (run), unref);
      g_source_attach (source, run->context);
    }
  run->pending = TRUE;
  pthread_mutex_unlock (&run->mutex);
}

void
numeral_gan_run_take_news (NumeralGanRun *run, NumeralGanNews *news)
{
  pthread_mutex_lock (&run->mutex);
  *news = run->news;
  news_init (&run->news);
  run->news.n_steps = news->n_steps;
  pthread_mutex_unlock (&run->mutex);
}

/* Waits while the run is paused. Whether it goes on. */
static gboolean
may_go_on (NumeralGanRun *run)
{
  gboolean stopped;

  pthread_mutex_lock (&run->mutex);
  while (run->paused && !run->stopped)
    pthread_cond_wait (&run->changed, &run->mutex);
  stopped = run->stopped;
  pthread_mutex_unlock (&run->mutex);
  return !stopped;
}

/* Takes a snapshot if it is time. */
static void
take_snapshot (NumeralGanRun *run, NumeralGanSession *session, guint64 *next, guint64 *interval)
{
  const guint64 step = nn_gan_get_step (numeral_gan_session_get_gan (session));
  NumeralGanSnapshot snapshot = { step, NULL };

  if (step < *next)
    return;
  snapshot.samples = numeral_gan_session_sample (session);
  *next = step + *interval;
  if (step / *interval >= NUMERAL_GAN_MAX_SNAPSHOTS)
    *interval *= 2;
  if (snapshot.samples == NULL)
    return;
  pthread_mutex_lock (&run->mutex);
  g_array_append_val (run->news.snapshots, snapshot);
  tell (run);
}

static void
tell_epoch (NumeralGanRun *run, NumeralGanSession *session, const NumeralGanEpoch *epoch)
{
  char *warning = numeral_gan_session_take_warning (session);
  NumeralGenerator *generator = numeral_gan_session_make_generator (session, NULL, NULL);

  pthread_mutex_lock (&run->mutex);
  g_array_append_val (run->news.epochs, *epoch);
  if (warning != NULL)
    g_ptr_array_add (run->news.warnings, warning);
  if (generator != NULL)
    {
      g_clear_pointer (&run->news.generator, numeral_generator_unref);
      run->news.generator = generator;
    }
  tell (run);
}

static gboolean
train (NumeralGanRun *run, NumeralGanSession *session, GError **error)
{
  guint64 next = 0, interval = FIRST_INTERVAL;
  NnGanStep step = { 0 };

  while (!step.run_done)
    {
      const NumeralGanEpoch *epoch;

      take_snapshot (run, session, &next, &interval);
      if (!may_go_on (run))
        return TRUE;
      if (!numeral_gan_session_step (session, &step, &epoch, error))
        return FALSE;
      pthread_mutex_lock (&run->mutex);
      g_array_append_val (run->news.points, step);
      tell (run);
      if (epoch != NULL)
        tell_epoch (run, session, epoch);
    }
  next = 0;
  take_snapshot (run, session, &next, &interval);
  return TRUE;
}

static gboolean
load_and_train (NumeralGanRun *run, NumeralGenerator **generator, GError **error)
{
  const NumeralSourceRequest request = { .cancellable = run->cancellable };
  g_autoptr (NumeralRunData) data = numeral_run_data_load (run->source, &request, error);
  const NumeralGanSetup setup = { .config = &run->config, .data = data };
  g_autoptr (NumeralGanSession) session = NULL;

  if (data == NULL)
    return FALSE;
  session = numeral_gan_session_new (&setup, error);
  if (session == NULL)
    return FALSE;
  pthread_mutex_lock (&run->mutex);
  run->news.n_steps =
      run->config.epochs * nn_gan_get_steps_per_epoch (numeral_gan_session_get_gan (session));
  pthread_mutex_unlock (&run->mutex);
  if (!train (run, session, error))
    return FALSE;
  *generator = numeral_gan_session_make_generator (session, NULL, error);
  return *generator != NULL;
}

static gpointer
run_thread (gpointer data)
{
  NumeralGanRun *run = data;
  NumeralGenerator *generator = NULL;
  GError *error = NULL;

  load_and_train (run, &generator, &error);
  pthread_mutex_lock (&run->mutex);
  if (generator != NULL)
    {
      g_clear_pointer (&run->news.generator, numeral_generator_unref);
      run->news.generator = generator;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    run->news.error = g_steal_pointer (&error);
  g_clear_error (&error);
  run->news.ended = TRUE;
  tell (run);
  return NULL;
}

NumeralGanRun *
numeral_gan_run_new (const NnGanConfig *config,
                     const NumeralRunConfig *source,
                     void (*ready) (NumeralGanRun *run, gpointer data),
                     gpointer data,
                     GDestroyNotify free)
{
  NumeralGanRun *run = g_atomic_rc_box_new0 (NumeralGanRun);

  run->context = g_main_context_ref_thread_default ();
  run->config = *config;
  run->source = numeral_run_config_copy (source);
  nn_train_config_init (&run->source->train);
  run->source->train.seed = config->seed;
  run->source->train.threads = config->threads;
  run->source->train.validation = 0;
  run->cancellable = g_cancellable_new ();
  run->ready = ready;
  run->data = data;
  run->free = free;
  pthread_mutex_init (&run->mutex, NULL);
  pthread_cond_init (&run->changed, NULL);
  news_init (&run->news);
  run->thread = g_thread_new ("numeral-gan", run_thread, g_atomic_rc_box_acquire (run));
  return run;
}

void
numeral_gan_run_set_paused (NumeralGanRun *run, gboolean paused)
{
  pthread_mutex_lock (&run->mutex);
  run->paused = paused;
  pthread_cond_signal (&run->changed);
  pthread_mutex_unlock (&run->mutex);
}

void
numeral_gan_run_stop (NumeralGanRun *run)
{
  g_cancellable_cancel (run->cancellable);
  pthread_mutex_lock (&run->mutex);
  run->stopped = TRUE;
  pthread_cond_signal (&run->changed);
  pthread_mutex_unlock (&run->mutex);
}

void
numeral_gan_run_join (NumeralGanRun *run)
{
  numeral_gan_run_stop (run);
  if (run->thread != NULL)
    g_thread_join (g_steal_pointer (&run->thread));
}
