/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-learner.h"

#include "numeral-hand-file.h"
#include "numeral-hand-learner-job.h"
#include "numeral-hand-model.h"
#include "numeral-write-queue.h"

/* The use that is made of the file. */
typedef enum
{
  LOAD,
  KEEP,    /* what is offered */
  RESTORE, /* what was kept before */
  FORGET,
} Change;

/**
 * NumeralHandLearner:
 * @lesson: (nullable): what is offered, or no better
 * @kept: (nullable): the model of the file
 * @base: (nullable): the model that @kept was adapted from; %NULL for the one that ships
 * @failed: what failed: a change of the file, or nothing but the learning
 */
struct _NumeralHandLearner
{
  GObject parent_instance;

  NumeralHandStore *store;
  char *path;
  NumeralHandLearnerState state;
  gboolean closed;
  NumeralHandLearnerJob *job; /* (nullable): the one that learns */
  GPtrArray *cancelled;       /* (element-type NumeralHandLearnerJob): they end soon */
  double progress;
  NumeralHandLesson *lesson;
  NumeralModel *kept, *base;
  char *base_name;
  gboolean unreadable;
  gboolean load_again; /* whether it was asked for during a change of the file */

  char *message;
  /* To try again what failed: a change of the file, or the learning. */
  gboolean change_failed;
  Change failed;
  NumeralModel *model; /* (nullable): to be learned from, or restored */
  char *name;          /* (nullable): of it */

  GCancellable *counting; /* (nullable) */
  NumeralHandCounts all, fresh;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralHandLearner, numeral_hand_learner, G_TYPE_OBJECT)

static void
changed (NumeralHandLearner *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_state (NumeralHandLearner *self, NumeralHandLearnerState state)
{
  self->state = state;
  if (state != NUMERAL_HAND_LEARNER_FAILED)
    g_clear_pointer (&self->message, g_free);
  changed (self);
}

static void
fail (NumeralHandLearner *self, const GError *error)
{
  g_free (self->message);
  self->message = g_strdup (error->message);
  set_state (self, NUMERAL_HAND_LEARNER_FAILED);
}

static void
set_model (NumeralModel **place, NumeralModel *model)
{
  NumeralModel *old = *place;

  *place = model != NULL ? numeral_model_ref (model) : NULL;
  g_clear_pointer (&old, numeral_model_unref);
}

/* A count of all samples, or of the new ones. A stale one no longer matches the cancellable. */
typedef struct
{
  NumeralHandLearner *self;
  GCancellable *cancellable;
  gboolean fresh;
} Count;

static void
count_free (Count *count)
{
  g_object_unref (count->self);
  g_object_unref (count->cancellable);
  g_free (count);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Count, count_free)

static void
on_counted (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (Count) count = data;
  NumeralHandLearner *self = count->self;
  NumeralHandCounts counts = { 0 };

  /* The list of the samples says why they cannot be read. */
  numeral_hand_store_count_finish (NUMERAL_HAND_STORE (store), result, &counts, NULL);
  if (self->counting != count->cancellable)
    return;
  if (!count->fresh)
    {
      self->all = counts;
      return;
    }
  self->fresh = counts;
  changed (self);
}

static void
count (NumeralHandLearner *self)
{
  if (self->closed)
    return;
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  for (guint fresh = 0; fresh < 2; fresh++)
    {
      Count *data = g_new (Count, 1);

      *data = (Count){ g_object_ref (self), g_object_ref (self->counting), fresh == 1 };
      numeral_hand_store_count_async (self->store,
                                      fresh == 1 ? numeral_hand_learner_get_newest (self) : 0,
                                      self->counting, on_counted, data);
    }
}

static void
set_kept (NumeralHandLearner *self, NumeralModel *model)
{
  set_model (&self->kept, model);
  self->unreadable = FALSE;
  count (self);
}

/**
 * FileJob:
 * @model: (nullable): to be saved, or what was loaded
 *
 * A change of the file. It belongs to the thread of the write queue, then to the main thread.
 */
typedef struct
{
  Change change;
  char *path;
  NumeralModel *model;
} FileJob;

static void
file_job_free (gpointer data)
{
  FileJob *job = data;

  g_clear_pointer (&job->model, numeral_model_unref);
  g_free (job->path);
  g_free (job);
}

static gboolean
run_file_job (gpointer data, GError **error)
{
  FileJob *job = data;

  switch (job->change)
    {
    case KEEP:
    case RESTORE:
      return numeral_hand_model_save (job->model, job->path, error);
    case FORGET:
      return numeral_hand_file_delete (job->path, error);
    case LOAD:
    default:
      job->model = numeral_hand_model_load (job->path, NULL, error);
      return job->model != NULL;
    }
}

/* The model that is kept from here on was adapted from this one. */
static void
set_base (NumeralHandLearner *self, NumeralModel *base, const char *name)
{
  set_model (&self->base, base);
  g_free (self->base_name);
  self->base_name = g_strdup (name);
}

static void
on_file_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralHandLearner) self = data;
  const FileJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);
  /* A locked model waits for its key, and is loaded again when there is one. */
  const gboolean missing = job->change == LOAD &&
                           (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
                            g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED));

  if (!done && !missing)
    {
      self->change_failed = TRUE;
      self->failed = job->change;
      self->unreadable = self->unreadable || job->change == LOAD;
      fail (self, error);
      return;
    }
  if (job->change == KEEP)
    set_base (self, self->lesson->base, self->lesson->name);
  else if (job->change == LOAD)
    set_base (self, NULL, NULL);
  g_clear_pointer (&self->lesson, numeral_hand_lesson_free);
  set_kept (self, job->model);
  set_state (self, NUMERAL_HAND_LEARNER_IDLE);
  if (self->load_again)
    numeral_hand_learner_load (self);
}

/* @model: (nullable): to be saved */
static void
change_file (NumeralHandLearner *self, Change change, NumeralModel *model)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_file_done, g_object_ref (self));
  FileJob *job = g_new0 (FileJob, 1);

  job->change = change;
  job->path = g_strdup (self->path);
  job->model = model != NULL ? numeral_model_ref (model) : NULL;
  g_task_set_task_data (task, job, file_job_free);
  set_state (self, NUMERAL_HAND_LEARNER_SAVING);
  numeral_write_queue_run (task, run_file_job);
}

static void
on_progress (double share, gpointer data)
{
  NumeralHandLearner *self = data;

  self->progress = share;
  changed (self);
}

static void
on_learned (NumeralHandLearnerJob *job,
            NumeralHandLesson *lesson,
            const GError *error,
            gpointer data)
{
  NumeralHandLearner *self = data;

  if (job != self->job)
    {
      g_clear_pointer (&lesson, numeral_hand_lesson_free);
      g_ptr_array_remove (self->cancelled, job);
      return;
    }
  g_clear_pointer (&self->job, numeral_hand_learner_job_free);
  self->lesson = lesson;
  if (lesson == NULL)
    {
      self->change_failed = FALSE;
      fail (self, error);
      return;
    }
  set_state (self, lesson->adaptation->keep ? NUMERAL_HAND_LEARNER_OFFERING :
                                              NUMERAL_HAND_LEARNER_NO_BETTER);
}

static void
begin_learning (NumeralHandLearner *self)
{
  const NumeralHandLearnerWatch watch = { on_progress, on_learned, self };

  self->progress = 0;
  self->job = numeral_hand_learner_job_begin (numeral_hand_store_get_db (self->store), self->model,
                                              self->name, &watch);
  set_state (self, NUMERAL_HAND_LEARNER_LEARNING);
}

void
numeral_hand_learner_close (NumeralHandLearner *self)
{
  g_return_if_fail (NUMERAL_IS_HAND_LEARNER (self));

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->job, numeral_hand_learner_job_free);
  g_ptr_array_set_size (self->cancelled, 0);
  self->closed = TRUE;
}

static void
numeral_hand_learner_dispose (GObject *object)
{
  NumeralHandLearner *self = NUMERAL_HAND_LEARNER (object);

  numeral_hand_learner_close (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (numeral_hand_learner_parent_class)->dispose (object);
}

static void
numeral_hand_learner_finalize (GObject *object)
{
  NumeralHandLearner *self = NUMERAL_HAND_LEARNER (object);

  g_ptr_array_unref (self->cancelled);
  g_clear_pointer (&self->lesson, numeral_hand_lesson_free);
  set_model (&self->kept, NULL);
  set_model (&self->base, NULL);
  set_model (&self->model, NULL);
  g_free (self->base_name);
  g_free (self->name);
  g_free (self->message);
  g_free (self->path);
  G_OBJECT_CLASS (numeral_hand_learner_parent_class)->finalize (object);
}

static void
numeral_hand_learner_class_init (NumeralHandLearnerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_hand_learner_dispose;
  G_OBJECT_CLASS (klass)->finalize = numeral_hand_learner_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_HAND_LEARNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_hand_learner_init (NumeralHandLearner *self)
{
  self->cancelled = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_learner_job_free);
}

NumeralHandLearner *
numeral_hand_learner_new (NumeralHandStore *store, const char *path)
{
  NumeralHandLearner *self = g_object_new (NUMERAL_TYPE_HAND_LEARNER, NULL);

  self->store = g_object_ref (store);
  self->path = path != NULL ? g_strdup (path) : numeral_hand_model_path ();
  g_signal_connect_object (store, "notify::generation", G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
numeral_hand_learner_load (NumeralHandLearner *self)
{
  g_return_if_fail (NUMERAL_IS_HAND_LEARNER (self));

  self->load_again = self->state == NUMERAL_HAND_LEARNER_SAVING;
  if (self->state == NUMERAL_HAND_LEARNER_IDLE)
    change_file (self, LOAD, NULL);
}

NumeralHandLearnerState
numeral_hand_learner_get_state (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), NUMERAL_HAND_LEARNER_IDLE);

  return self->state;
}

double
numeral_hand_learner_get_progress (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), 0);

  return self->progress;
}

const NumeralHandLesson *
numeral_hand_learner_get_lesson (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), NULL);

  return self->lesson;
}

const char *
numeral_hand_learner_get_message (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), NULL);

  return self->message;
}

gboolean
numeral_hand_learner_is_unreadable (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), FALSE);

  return self->unreadable;
}

NumeralModel *
numeral_hand_learner_get_kept (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), NULL);

  return self->kept;
}

static gsize
count_digits (const NumeralHandCounts *counts)
{
  gsize n = 0;

  for (guint digit = 0; digit < NUMERAL_HAND_NOT_A_DIGIT; digit++)
    n += counts->labels[digit];
  return n;
}

gsize
numeral_hand_learner_get_n_digits (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), 0);

  return count_digits (&self->all);
}

gsize
numeral_hand_learner_get_n_new (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), 0);

  return count_digits (&self->fresh);
}

gint64
numeral_hand_learner_get_newest (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), 0);

  return self->kept != NULL ? numeral_hand_model_get_newest (self->kept) : 0;
}

gboolean
numeral_hand_learner_start (NumeralHandLearner *self, NumeralModel *model, const char *name)
{
  gboolean adapted;

  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), FALSE);

  if (self->state != NUMERAL_HAND_LEARNER_IDLE || self->closed ||
      count_digits (&self->all) < NUMERAL_ADAPT_MIN_SAMPLES)
    return FALSE;
  adapted = model != NULL && numeral_hand_model_is_adapted (model);
  set_model (&self->model, adapted ? self->base : model);
  g_free (self->name);
  self->name = g_strdup (adapted ? self->base_name : name);
  begin_learning (self);
  return TRUE;
}

void
numeral_hand_learner_cancel (NumeralHandLearner *self)
{
  g_return_if_fail (NUMERAL_IS_HAND_LEARNER (self));

  if (self->state != NUMERAL_HAND_LEARNER_LEARNING)
    return;
  numeral_hand_learner_job_cancel (self->job);
  g_ptr_array_add (self->cancelled, g_steal_pointer (&self->job));
  set_state (self, NUMERAL_HAND_LEARNER_IDLE);
}

gboolean
numeral_hand_learner_keep (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), FALSE);

  if (self->state != NUMERAL_HAND_LEARNER_OFFERING)
    return FALSE;
  change_file (self, KEEP, self->lesson->adaptation->model);
  return TRUE;
}

void
numeral_hand_learner_dismiss (NumeralHandLearner *self)
{
  g_return_if_fail (NUMERAL_IS_HAND_LEARNER (self));

  if (self->state == NUMERAL_HAND_LEARNER_FAILED && self->lesson != NULL)
    {
      set_state (self, NUMERAL_HAND_LEARNER_OFFERING);
      return;
    }
  if (self->state != NUMERAL_HAND_LEARNER_OFFERING &&
      self->state != NUMERAL_HAND_LEARNER_NO_BETTER &&
      (self->state != NUMERAL_HAND_LEARNER_FAILED || self->unreadable))
    return;
  g_clear_pointer (&self->lesson, numeral_hand_lesson_free);
  set_state (self, NUMERAL_HAND_LEARNER_IDLE);
}

void
numeral_hand_learner_retry (NumeralHandLearner *self)
{
  g_return_if_fail (NUMERAL_IS_HAND_LEARNER (self));

  if (self->state != NUMERAL_HAND_LEARNER_FAILED)
    return;
  if (!self->change_failed && !self->closed)
    begin_learning (self);
  else if (self->change_failed && self->failed == KEEP)
    change_file (self, KEEP, self->lesson->adaptation->model);
  else if (self->change_failed)
    change_file (self, self->failed, self->failed == RESTORE ? self->model : NULL);
}

gboolean
numeral_hand_learner_forget (NumeralHandLearner *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), FALSE);

  if (self->state != NUMERAL_HAND_LEARNER_IDLE &&
      (self->state != NUMERAL_HAND_LEARNER_FAILED || !self->unreadable))
    return FALSE;
  change_file (self, FORGET, NULL);
  return TRUE;
}

gboolean
numeral_hand_learner_restore (NumeralHandLearner *self, NumeralModel *model)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LEARNER (self), FALSE);

  if (self->state != NUMERAL_HAND_LEARNER_IDLE)
    return FALSE;
  set_model (&self->model, model);
  change_file (self, RESTORE, model);
  return TRUE;
}
