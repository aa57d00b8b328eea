/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "nn-blas.h"
#include "numeral-trainer-run.h"

/* Training takes what the window leaves: its frames come first. Beside other programs it keeps the
 * share of this one, for Linux gives each session its own (sched(7), autogroups). */
#define NICENESS 19
/* In ns, the longest there is: Linux from 6.12 on lets a thread that wakes with a shorter turn go
 * first, and does not wait until this one is over. */
#define TURN 100000000
/* In bytes. */
#define LARGE_BLOCK (7 << 20)

/* Trains one minibatch. %FALSE where the run diverged. */
static gboolean
train_minibatch (NumeralTrainerRun *run, gboolean *epoch_done, GError **error)
{
  NumeralSessionStep step;

  if (!numeral_session_step (run->session, &step, error))
    return FALSE;
  *epoch_done = step.epoch != NULL;
  numeral_trainer_run_add_step (run, &step);
  numeral_trainer_run_publish_if_due (run, g_get_monotonic_time ());
  numeral_trainer_run_publish_problem (run, numeral_session_get_problem (run->session));
  return TRUE;
}

/* Takes one of the minibatches that were asked for while paused. */
static gboolean
take_minibatch (NumeralTrainerRun *run)
{
  NumeralTrainerCommands *commands = &run->link->commands;
  gboolean taken = FALSE;

  numeral_trainer_link_lock (run->link);
  if (commands->next == NULL && commands->minibatches > 0)
    {
      commands->minibatches--;
      taken = TRUE;
    }
  run->commands.minibatches = commands->minibatches;
  numeral_trainer_link_unlock (run->link);
  return taken;
}

static void
end_step_epoch (NumeralTrainerRun *run)
{
  numeral_trainer_link_lock (run->link);
  if (run->link->commands.next == NULL)
    run->link->commands.epoch = FALSE;
  numeral_trainer_link_unlock (run->link);
  run->commands.epoch = FALSE;
}

/* Until there is a command, or the writer is idle; where the run is not saved, for the checkpoint
 * interval at most. */
static void
wait (NumeralTrainerRun *run)
{
  NumeralTrainerLink *link = run->link;
  const gboolean unsaved = numeral_session_get_problem (run->session) != NULL;
  const gint64 end = g_get_real_time () + link->checkpoint_interval;
  const struct timespec until = { .tv_sec = end / G_USEC_PER_SEC,
                                  .tv_nsec = end % G_USEC_PER_SEC * 1000 };
  int late = 0;

  numeral_trainer_link_lock (link);
  while (!numeral_trainer_link_has_attention (link) && late == 0)
    late = unsaved ? pthread_cond_timedwait (&link->cond, &link->mutex, &until) :
                     pthread_cond_wait (&link->cond, &link->mutex);
  numeral_trainer_link_unlock (link);
}

static void
rest (NumeralTrainerRun *run)
{
  if (run->state != NUMERAL_TRAINER_PAUSED ||
      run->told_step != numeral_session_get_step (run->session))
    numeral_trainer_run_publish_state (run, NUMERAL_TRAINER_PAUSED);
  numeral_session_keep (run->session);
  numeral_trainer_run_publish_problem (run, numeral_session_get_problem (run->session));
  wait (run);
}

/* Whether a minibatch is to be trained now; otherwise waits for a command. */
static gboolean
is_to_train (NumeralTrainerRun *run)
{
  if (!run->commands.paused || run->commands.epoch)
    {
      if (run->state != NUMERAL_TRAINER_RUNNING)
        numeral_trainer_run_publish_state (run, NUMERAL_TRAINER_RUNNING);
      return TRUE;
    }
  if (run->commands.minibatches > 0 && take_minibatch (run))
    return TRUE;
  rest (run);
  return FALSE;
}

static void
train (NumeralTrainerRun *run, GError **error)
{
  while (run->end == NUMERAL_SESSION_GOING)
    {
      gboolean epoch_done = FALSE;

      if (numeral_trainer_link_has_attention (run->link) && !numeral_trainer_run_listen (run))
        run->end = NUMERAL_SESSION_STOPPED;
      else if (numeral_session_get_end (run->session) != NUMERAL_SESSION_GOING)
        run->end = numeral_session_get_end (run->session);
      else if (is_to_train (run))
        {
          if (!train_minibatch (run, &epoch_done, error))
            run->end = NUMERAL_SESSION_DIVERGED;
          else if (run->commands.epoch && epoch_done)
            end_step_epoch (run);
        }
    }
}

/* Hands all of the run to whoever tries again to save it. */
static void
leave_unsaved (NumeralTrainerRun *run, const GError *failure, GError *reason)
{
  NumeralUnsavedRunParts parts;

  /* The figures and weights of the end, as long as the session is here. */
  numeral_trainer_run_publish (run, TRUE);
  parts = (NumeralUnsavedRunParts){
    .record = numeral_run_record_ref (run->record),
    .files = g_steal_pointer (&run->files),
    .data = g_steal_pointer (&run->data),
    .session = g_steal_pointer (&run->session),
    .end = run->end,
    .message = failure != NULL ? g_strdup (failure->message) : NULL,
    .lock = run->lock,
    .error = reason,
    .wake_data = numeral_trainer_link_ref (run->link),
    .wake_data_free = (GDestroyNotify) numeral_trainer_link_unref,
  };

  run->lock = -1;
  numeral_trainer_run_publish_unsaved (run, numeral_unsaved_run_new (&parts));
}

/* Puts the last moment on the disk. */
static void
finish (NumeralTrainerRun *run, const GError *failure)
{
  GError *reason = NULL;

  if (run->session == NULL)
    return;
  /* The program ends, and nobody said that training should. */
  if (run->end == NUMERAL_SESSION_STOPPED && run->commands.quit && !run->commands.stop)
    run->end = NUMERAL_SESSION_INTERRUPTED;
  if (!numeral_session_finish (run->session, run->end, failure != NULL ? failure->message : NULL,
                               &reason))
    leave_unsaved (run, failure, reason);
}

static void
train_run (NumeralTrainerLink *link,
           NumeralRunRecord *record,
           guint64 serial,
           GCancellable *cancellable)
{
  NumeralTrainerRun run = {
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

  if (numeral_trainer_run_begin (&run, cancellable, &error))
    {
      if (run.session != NULL)
        train (&run, &error);
      finish (&run, error);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error); /* as it was asked to */
      (void) numeral_trainer_run_listen (&run);
      if (run.commands.stop)
        numeral_trainer_run_set_status (&run, NUMERAL_RUN_STOPPED);
    }
  /* The main context may take the folder as soon as it knows of the end. */
  numeral_trainer_run_release (&run);
  numeral_trainer_run_publish_end (&run, g_steal_pointer (&error));
  numeral_trainer_run_clear (&run);
}

/* Drops what was not taken of the run before, but for what could not be saved. */
static void
begin_news (NumeralTrainerLink *link, guint64 serial)
{
  g_autoptr (GPtrArray) unsaved = g_steal_pointer (&link->news.unsaved);

  numeral_trainer_news_clear (&link->news);
  numeral_trainer_news_init (&link->news);
  g_ptr_array_unref (link->news.unsaved);
  link->news.unsaved = g_steal_pointer (&unsaved);
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
  /* Loaded here, while this thread has its full share of the processor: loading a library holds a
   * lock of the linker that the window may wait for. */
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
