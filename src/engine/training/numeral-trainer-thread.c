/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "nn-blas.h"
#include "numeral-trainer-session.h"

/* Training takes what the window leaves: its frames come first. Beside other programs it keeps the
 * share of this one, for Linux gives each session its own (sched(7), autogroups). */
#define NICENESS 19
/* In ns, the longest there is: Linux from 6.12 on lets whoever wakes with a shorter turn go first,
 * and does not wait until this one is over. */
#define TURN 100000000
/* In bytes. */
#define LARGE_BLOCK (7 << 20)

/* Means over the minibatches of the epoch, from what the curve holds of them, so that they come out
 * the same where a run was taken up again in the middle of the epoch. */
static void
average_epoch (const NumeralSession *session, const NnStep *last, NumeralEpochPoint *point)
{
  const GArray *steps = session->history->steps;
  double batch = nn_trainer_get_config (session->trainer)->batch_size;
  double loss = 0, accuracy = 0, total = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const NumeralStepPoint *step = &g_array_index (steps, NumeralStepPoint, i);
      double n = i + 1 == steps->len ? last->n : batch;

      loss += n * (double) step->loss;
      accuracy += n * (double) step->accuracy;
      total += n;
    }
  point->train_loss = loss / total;
  point->train_accuracy = accuracy / total;
}

static void
end_epoch (NumeralSession *session, const NnStep *last)
{
  NumeralEpochPoint point = {
    .epoch = last->epoch,
    .step = last->step + 1,
    .validation_loss = NAN,
    .validation_accuracy = NAN,
    .seconds = session->epoch_seconds,
  };
  gint64 start = g_get_monotonic_time ();

  average_epoch (session, last, &point);
  if (session->data->validation != NULL)
    nn_trainer_measure (session->trainer, session->data->validation, &point.validation_loss,
                        &point.validation_accuracy);
  numeral_session_add_epoch (session, &point);
  if (session->history->best_epoch + 1 == (int) session->history->epochs->len)
    {
      g_clear_pointer (&session->best, nn_network_unref);
      session->best = nn_trainer_snapshot (session->trainer);
      session->best_step = numeral_session_get_step (session);
    }
  session->run_time += g_get_monotonic_time () - start;
}

/* Trains one minibatch. %FALSE where the run diverged. */
static gboolean
turn (NumeralSession *session, GError **error)
{
  gint64 start = g_get_monotonic_time (), now;
  NnStep step;

  if (!nn_trainer_step (session->trainer, &step, error))
    return FALSE;
  now = g_get_monotonic_time ();
  numeral_session_add_step (session, &step, now - start);
  numeral_session_take_snapshot (session);
  if (step.epoch_done)
    {
      end_epoch (session, &step);
      now = g_get_monotonic_time ();
    }
  numeral_session_publish_if_due (session, now);
  numeral_session_keep_if_due (session, now, step.epoch_done);
  return TRUE;
}

/* Takes one of the minibatches that were asked for while paused. */
static gboolean
take_minibatch (NumeralSession *session)
{
  NumeralTrainerCommands *commands = &session->link->commands;
  gboolean taken = FALSE;

  numeral_trainer_link_lock (session->link);
  if (commands->next == NULL && commands->minibatches > 0)
    {
      commands->minibatches--;
      taken = TRUE;
    }
  session->commands.minibatches = commands->minibatches;
  numeral_trainer_link_unlock (session->link);
  return taken;
}

static void
end_step_epoch (NumeralSession *session)
{
  numeral_trainer_link_lock (session->link);
  if (session->link->commands.next == NULL)
    session->link->commands.epoch = FALSE;
  numeral_trainer_link_unlock (session->link);
  session->commands.epoch = FALSE;
}

/* Until something is commanded, or the keeper is idle. */
static void
wait (NumeralSession *session)
{
  NumeralTrainerLink *link = session->link;

  numeral_trainer_link_lock (link);
  while (!numeral_trainer_link_has_attention (link))
    pthread_cond_wait (&link->cond, &link->mutex);
  numeral_trainer_link_unlock (link);
}

static void
rest (NumeralSession *session)
{
  if (session->state != NUMERAL_TRAINER_PAUSED ||
      session->told_step != numeral_session_get_step (session))
    numeral_session_publish_state (session, NUMERAL_TRAINER_PAUSED);
  numeral_session_keep_now (session);
  wait (session);
}

static void
train (NumeralSession *session, GError **error)
{
  while (session->end == NUMERAL_SESSION_GOING)
    {
      gboolean stepping = FALSE;

      if (numeral_trainer_link_has_attention (session->link) && !numeral_session_listen (session))
        {
          session->end = NUMERAL_SESSION_STOPPED;
          break;
        }
      if (numeral_session_is_over (session))
        {
          session->end = NUMERAL_SESSION_FINISHED;
          break;
        }
      if (session->commands.paused && !session->commands.epoch)
        {
          stepping = session->commands.minibatches > 0 && take_minibatch (session);
          if (!stepping)
            {
              rest (session);
              continue;
            }
        }
      else if (session->state != NUMERAL_TRAINER_RUNNING)
        numeral_session_publish_state (session, NUMERAL_TRAINER_RUNNING);
      if (!turn (session, error))
        session->end = NUMERAL_SESSION_DIVERGED;
      else if (session->commands.epoch && session->history->steps->len == 0)
        end_step_epoch (session);
    }
}

/* Puts the last moment on the disk. Why it failed is the run's error, but for divergence. */
static void
finish (NumeralSession *session, GError **error)
{
  static const NumeralRunStatus statuses[] = {
    [NUMERAL_SESSION_STOPPED] = NUMERAL_RUN_STOPPED,
    [NUMERAL_SESSION_FINISHED] = NUMERAL_RUN_FINISHED,
    [NUMERAL_SESSION_DIVERGED] = NUMERAL_RUN_FAILED,
  };
  g_autoptr (GError) local = NULL;
  NumeralRunStatus status = statuses[session->end];

  if (session->keeper == NULL)
    return;
  /* The program ends, and nobody said that training should. */
  if (session->end == NUMERAL_SESSION_STOPPED && session->commands.quit && !session->commands.stop)
    status = NUMERAL_RUN_UNFINISHED;
  if (!numeral_session_keep_end (session, status, *error != NULL ? (*error)->message : NULL,
                                 &local) &&
      *error == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
}

/* What was needed only to load the data. */
static void
give_memory_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static void
train_run (NumeralTrainerLink *link,
           NumeralRunRecord *record,
           guint64 serial,
           GCancellable *cancellable)
{
  NumeralSession session = {
    .link = link,
    .serial = serial,
    .record = record,
    .lock = -1,
    .state = NUMERAL_TRAINER_PREPARING,
    .scale = 1,
    .fresh_points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint)),
    .fresh_epochs = g_array_new (FALSE, FALSE, sizeof (NumeralEpochPoint)),
  };
  g_autoptr (GError) error = NULL;

  if (numeral_session_begin (&session, cancellable, &error))
    {
      give_memory_back ();
      train (&session, &error);
      finish (&session, &error);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error); /* as it was asked to */
      (void) numeral_session_listen (&session);
      if (session.commands.stop)
        numeral_session_keep_status (&session, NUMERAL_RUN_STOPPED);
    }
  /* Whoever hears of the end may take the folder. */
  g_clear_pointer (&session.keeper, numeral_keeper_free);
  if (session.lock >= 0)
    close (session.lock);
  session.lock = -1;
  numeral_session_publish_end (&session, g_steal_pointer (&error));
  numeral_session_clear (&session);
}

/* News of the run before that were not taken are not of interest any more, but for warnings. */
static void
begin_news (NumeralTrainerLink *link, guint64 serial)
{
  g_autoptr (GPtrArray) warnings = g_steal_pointer (&link->news.warnings);

  numeral_trainer_news_clear (&link->news);
  numeral_trainer_news_init (&link->news);
  g_ptr_array_unref (link->news.warnings);
  link->news.warnings = g_steal_pointer (&warnings);
  link->news.serial = serial;
  link->news.state = NUMERAL_TRAINER_PREPARING;
  numeral_trainer_link_announce (link);
}

/* glibc would learn from the data, which come in growing blocks of megabytes, to keep such blocks
 * in the heap of each thread. Up to this size it may, for so large is the picture of a frame of the
 * window: given back to the system with each one, it costs a fifth of the frame in page faults. */
static void
keep_little_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, LARGE_BLOCK);
  mallopt (M_TRIM_THRESHOLD, LARGE_BLOCK);
#endif
}

/* On Linux both are a thread's own, and its workers inherit them. */
static void
give_way (void)
{
  const int niceness = getpriority (PRIO_PROCESS, 0) + NICENESS;

  (void) setpriority (PRIO_PROCESS, 0, niceness);
#ifdef SYS_sched_setattr
  {
    /* sched_setattr(2): struct sched_attr, which not every C library declares. */
    const struct
    {
      guint32 size, policy;
      guint64 flags;
      gint32 nice;
      guint32 priority;
      guint64 runtime, deadline, period;
    } attributes = { .size = sizeof attributes, .nice = niceness, .runtime = TURN };

    (void) syscall (SYS_sched_setattr, 0, &attributes, 0);
  }
#endif
}

gpointer
numeral_trainer_thread (gpointer data)
{
  NumeralTrainerLink *link = data;

  keep_little_memory ();
  /* Loaded here, while this thread has its full share of the processor: whoever loads a library
   * holds a lock of the linker that the window may wait for. */
  (void) nn_blas_core_name ();
  give_way ();

  numeral_trainer_link_lock (link);
  for (;;)
    {
      g_autoptr (GCancellable) cancellable = NULL;
      NumeralRunRecord *record;
      guint64 serial;

      while (link->commands.next == NULL && !link->commands.quit)
        pthread_cond_wait (&link->cond, &link->mutex);
      if (link->commands.quit)
        break;
      record = g_steal_pointer (&link->commands.next);
      serial = link->commands.serial;
      g_set_object (&cancellable, link->commands.cancellable);
      begin_news (link, serial);
      numeral_trainer_link_unlock (link);
      train_run (link, record, serial, cancellable);
      numeral_trainer_link_lock (link);
    }
  numeral_trainer_link_unlock (link);
  numeral_trainer_link_unref (link);
  return NULL;
}
