/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-lab-private.h"

#include <inttypes.h>
#include <glib/gi18n.h>

#include "numeral-model-file.h"
#include "numeral-write-queue.h"

enum
{
  PROP_TRAINER = 1,
  PROP_STORE,
  PROP_RUN,
  PROP_MODEL,
  PROP_READING_WITH,
  PROP_SUBJECT,
  PROP_WAITING,
  N_PROPS
};

enum
{
  CONFIG_CHANGED,
  CONFIG_KEPT,
  UNSAVED_CHANGED,
  LEARNED,
  UNFOLLOWED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralLab, numeral_lab, G_TYPE_OBJECT)

static void
set_reading_with (NumeralLab *self, const char *text)
{
  if (g_strcmp0 (self->reading_with, text) == 0)
    return;
  g_free (self->reading_with);
  self->reading_with = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING_WITH]);
}

static void
set_model (NumeralLab *self, NumeralModel *model)
{
  g_autoptr (NumeralModel) last = g_steal_pointer (&self->model);

  self->model = numeral_model_ref (model);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/* @text: the name of @model; @lent: whether it may get the shipped model's novelty */
static void
set_whole (NumeralLab *self, NumeralModel *model, const char *text, gboolean lent)
{
  g_autoptr (NumeralModel) last = g_steal_pointer (&self->whole);
  char *name = g_strdup (text);

  self->whole = numeral_model_ref (model);
  g_free (self->whole_name);
  self->whole_name = name;
  self->whole_lent = lent;
  self->whole_shipped = FALSE;
  self->whole_followed = FALSE;
}

void
numeral_lab_use_whole (NumeralLab *self)
{
  g_autofree char *name = NULL;

  g_return_if_fail (NUMERAL_IS_LAB (self));

  if (!self->whole)
    return;
  name = g_strdup (self->whole_name);
  self->lent = self->whole_lent;
  set_model (self, self->whole);
  set_reading_with (self, name);
}

static void
read_with (NumeralLab *self, NumeralModel *model, const char *text, gboolean lent)
{
  g_cancellable_cancel (self->using);
  g_clear_object (&self->using);
  set_whole (self, model, text, lent);
  numeral_lab_use_whole (self);
}

/* (transfer full): @model, with the shipped model's novelty if it has none of its own. */
static NumeralModel *
lend_novelty (NumeralLab *self, NumeralModel *model)
{
  return model->novelty ? numeral_model_ref (model) :
                          numeral_model_new (model->network, self->novelty, model->metadata);
}

/* Reads with a model that was trained here. */
static void
read_with_run (NumeralLab *self, NumeralModel *model, const char *text)
{
  g_autoptr (NumeralModel) whole = lend_novelty (self, model);

  read_with (self, whole, text, TRUE);
}

static void
set_run (NumeralLab *self, NumeralRun *run)
{
  if (g_set_object (&self->run, run))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

static void
on_snapshot (NumeralLab *self)
{
  NnNetwork *network = numeral_trainer_get_network (self->trainer);
  NumeralRun *run = numeral_trainer_get_run (self->trainer);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralModel) whole = NULL;
  g_autofree char *text = NULL;
  gboolean taken = FALSE;

  if (!self->following || !network || !run)
    return;
  model = numeral_model_new (network, NULL, NULL);
  /* Translators: %s is the name of a run of training */
  text = g_strdup_printf (_ ("%s, as it learns"), numeral_run_get_name (run));
  whole = lend_novelty (self, model);
  g_signal_emit (self, signals[LEARNED], 0, whole, text, &taken);
  if (taken)
    set_whole (self, whole, text, TRUE);
  else
    read_with (self, whole, text, TRUE);
  self->whole_followed = TRUE;
}

void
numeral_lab_follow (NumeralLab *self)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  self->following = TRUE;
  on_snapshot (self);
}

gboolean
numeral_lab_unfollow (NumeralLab *self)
{
  if (!self->following || numeral_trainer_get_state (self->trainer) == NUMERAL_TRAINER_IDLE)
    return FALSE;
  self->following = FALSE;
  g_signal_emit (self, signals[UNFOLLOWED], 0);
  return TRUE;
}

/* The trainer, which waits for the folder of the run, reports the error. */
static void
on_lost (NumeralLab *self, NumeralRun *run)
{
  if (self->run == run)
    set_run (self, NULL);
}

static void
on_unsaved (NumeralLab *self, NumeralUnsavedRun *run)
{
  g_ptr_array_add (self->unsaved, numeral_unsaved_run_ref (run));
  g_signal_emit (self, signals[UNSAVED_CHANGED], 0);
}

static void
start (NumeralLab *self, NumeralRun *run, gboolean paused)
{
  self->following = TRUE;
  numeral_trainer_start (self->trainer, run, paused);
  set_run (self, run);
  numeral_lab_stop_waiting (self);
}

/* Begins the training that waits, unless its data are missing: then the page shows the problem. */
static void
on_checked (NumeralLab *self)
{
  if (!self->waiting || numeral_config_check_is_pending (self->check))
    return;
  numeral_lab_train (self, self->start_paused, NULL);
  numeral_lab_set_waiting (self, FALSE);
}

static void
numeral_lab_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralLab *self = NUMERAL_LAB (object);

  switch (id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_MODEL:
      g_value_set_boxed (value, self->model);
      break;
    case PROP_READING_WITH:
      g_value_set_string (value, self->reading_with);
      break;
    case PROP_SUBJECT:
      g_value_set_boxed (value, self->subject);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_lab_dispose (GObject *object)
{
  NumeralLab *self = NUMERAL_LAB (object);

  numeral_lab_config_flush (self);
  g_cancellable_cancel (self->using);
  g_clear_object (&self->using);
  g_clear_object (&self->trainer);
  g_clear_object (&self->check);
  g_clear_object (&self->run);
  g_clear_object (&self->store);
  g_clear_object (&self->protector);
  g_clear_object (&self->learner);
  g_clear_object (&self->hand);
  G_OBJECT_CLASS (numeral_lab_parent_class)->dispose (object);
}

static void
numeral_lab_finalize (GObject *object)
{
  NumeralLab *self = NUMERAL_LAB (object);

  g_clear_pointer (&self->config, numeral_run_config_free);
  g_clear_pointer (&self->unsaved, g_ptr_array_unref);
  g_clear_pointer (&self->model, numeral_model_unref);
  g_clear_pointer (&self->whole, numeral_model_unref);
  g_clear_pointer (&self->kept, numeral_model_unref);
  g_clear_pointer (&self->before, numeral_model_unref);
  g_clear_pointer (&self->trial, numeral_model_unref);
  g_clear_pointer (&self->whole_name, g_free);
  g_clear_pointer (&self->novelty, numeral_novelty_unref);
  g_clear_pointer (&self->reading_with, g_free);
  g_clear_pointer (&self->subject, numeral_subject_unref);
  G_OBJECT_CLASS (numeral_lab_parent_class)->finalize (object);
}

static void
numeral_lab_class_init (NumeralLabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_lab_get_property;
  object_class->dispose = numeral_lab_dispose;
  object_class->finalize = numeral_lab_finalize;

  properties[PROP_TRAINER] =
      g_param_spec_object ("trainer", NULL, NULL, NUMERAL_TYPE_TRAINER, flags);
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, NUMERAL_TYPE_RUN_STORE, flags);
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, NUMERAL_TYPE_RUN, flags);
  properties[PROP_MODEL] = g_param_spec_boxed ("model", NULL, NULL, NUMERAL_TYPE_MODEL, flags);
  properties[PROP_READING_WITH] = g_param_spec_string ("reading-with", NULL, NULL, NULL, flags);
  properties[PROP_SUBJECT] =
      g_param_spec_boxed ("subject", NULL, NULL, NUMERAL_TYPE_SUBJECT, flags);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CONFIG_KEPT] = g_signal_new ("config-kept", NUMERAL_TYPE_LAB, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[UNSAVED_CHANGED] = g_signal_new ("unsaved-changed", NUMERAL_TYPE_LAB, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONFIG_CHANGED] = g_signal_new ("config-changed", NUMERAL_TYPE_LAB, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNFOLLOWED] = g_signal_new ("unfollowed", NUMERAL_TYPE_LAB, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
  signals[LEARNED] = g_signal_new ("learned", NUMERAL_TYPE_LAB, G_SIGNAL_RUN_LAST, 0,
                                   g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                                   NUMERAL_TYPE_MODEL, G_TYPE_STRING);
}

static void
numeral_lab_init (NumeralLab *self)
{
  self->trainer = numeral_trainer_new ();
  self->store = numeral_run_store_new (NULL);
  self->unsaved = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_unsaved_run_unref);
  self->reading_with = g_strdup (_ ("the model that ships"));
  g_signal_connect_object (self->trainer, "snapshot", G_CALLBACK (on_snapshot), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trainer, "unsaved", G_CALLBACK (on_unsaved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "lost", G_CALLBACK (on_lost), self, G_CONNECT_SWAPPED);
  numeral_lab_config_init (self);
  g_signal_connect_object (self->check, "changed", G_CALLBACK (on_checked), self,
                           G_CONNECT_SWAPPED);
}

NumeralLab *
numeral_lab_new (void)
{
  return g_object_new (NUMERAL_TYPE_LAB, NULL);
}

NumeralTrainer *
numeral_lab_get_trainer (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->trainer;
}

NumeralRunStore *
numeral_lab_get_store (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->store;
}

NumeralHandStore *
numeral_lab_get_hand (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  if (!self->hand)
    self->hand = numeral_hand_store_new (NULL);
  return self->hand;
}

gboolean
numeral_lab_train (NumeralLab *self, gboolean paused, GError **error)
{
  g_autoptr (NumeralRun) run = NULL;
  const GError *problem;

  g_return_val_if_fail (NUMERAL_IS_LAB (self), FALSE);

  problem = numeral_config_check_get_problem (self->check, NULL);
  if (problem)
    {
      g_propagate_error (error, g_error_copy (problem));
      return FALSE;
    }
  if (numeral_config_check_is_pending (self->check))
    {
      self->start_paused = paused;
      numeral_lab_set_waiting (self, TRUE);
      return TRUE;
    }
  run = numeral_run_store_create (self->store, self->config, error);
  if (!run)
    return FALSE;
  start (self, run, paused);
  return TRUE;
}

void
numeral_lab_resume (NumeralLab *self, NumeralRun *run)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));
  g_return_if_fail (NUMERAL_IS_RUN (run));

  start (self, run, FALSE);
}

NumeralRun *
numeral_lab_get_run (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->run;
}

void
numeral_lab_show_run (NumeralLab *self, NumeralRun *run)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  set_run (self, run);
}

typedef struct
{
  NumeralLab *lab;
  NumeralRun *run;
  char *text;
} Use;

static void
use_free (gpointer data)
{
  Use *use = data;

  g_object_unref (use->lab);
  g_object_unref (use->run);
  g_free (use->text);
  g_free (use);
}

static void
on_model (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const Use *use = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (NumeralModel) model = numeral_run_load_model_finish (result, &error);

  /* Another model may have been requested or trained since. */
  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return;
    }
  if (!model)
    {
      g_task_return_error (task, error);
      return;
    }
  /* This load is done; the calls below must not cancel it. */
  g_clear_object (&use->lab->using);
  read_with_run (use->lab, model, use->text);
  g_task_return_boolean (task, TRUE);
}

/* Makes a task that cancels the previous one. Takes ownership of @text. */
static GTask *
begin_use (
    NumeralLab *self, NumeralRun *run, char *text, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Use *use = g_new (Use, 1);

  g_cancellable_cancel (self->using);
  g_clear_object (&self->using);
  self->using = g_cancellable_new ();
  *use = (Use){ .lab = g_object_ref (self), .run = g_object_ref (run), .text = text };
  task = g_task_new (NULL, self->using, callback, user_data);
  g_task_set_task_data (task, use, use_free);
  return task;
}

void
numeral_lab_use_run (NumeralLab *self,
                     NumeralRun *run,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (NUMERAL_IS_LAB (self));
  g_return_if_fail (NUMERAL_IS_RUN (run));

  /* Translators: %s is the name of a run of training */
  task =
      begin_use (self, run, g_strdup_printf (_ ("%s, its best epoch"), numeral_run_get_name (run)),
                 callback, user_data);
  numeral_run_load_best_async (run, self->using, on_model, task);
}

void
numeral_lab_use_snapshot (NumeralLab *self,
                          NumeralRun *run,
                          guint64 step,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (NUMERAL_IS_LAB (self));
  g_return_if_fail (NUMERAL_IS_RUN (run));

  task = begin_use (self, run,
                    /* Translators: %s is the name of a run of training, the number counts
                       minibatches */
                    g_strdup_printf (_ ("%s, after %" PRIu64 " minibatches"),
                                     numeral_run_get_name (run), step),
                    callback, user_data);
  numeral_run_load_snapshot_async (run, step, self->using, on_model, task);
}

const char *
numeral_lab_use_finish (GAsyncResult *result, GError **error)
{
  const Use *use;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  use = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? numeral_run_get_name (use->run) : NULL;
}

gboolean
numeral_lab_use_shipped (NumeralLab *self, GError **error)
{
  g_autoptr (NumeralModel) model = NULL;

  g_return_val_if_fail (NUMERAL_IS_LAB (self), FALSE);

  model = numeral_model_load_shipped (error);
  if (!model)
    return FALSE;
  g_clear_pointer (&self->novelty, numeral_novelty_unref);
  self->novelty = model->novelty ? numeral_novelty_ref (model->novelty) : NULL;
  read_with (self, model, _ ("the model that ships"), FALSE);
  self->whole_shipped = TRUE;
  return TRUE;
}

char *
numeral_lab_dup_adapted_name (const char *from)
{
  /* Translators: the name of a model that has learned how one person writes: "Numeral, adapted to
     your hand" */
  return g_strdup_printf (_ ("%s, adapted to your hand"), from ? from : _ ("Numeral"));
}

char *
numeral_lab_dup_kept_name (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return numeral_lab_dup_adapted_name (
      self->kept ? numeral_model_get_metadata (self->kept, NUMERAL_CARD_ADAPTED_FROM) : NULL);
}

gboolean
numeral_lab_reset (NumeralLab *self, GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (NUMERAL_IS_LAB (self), FALSE);

  if (numeral_trainer_get_state (self->trainer) != NUMERAL_TRAINER_IDLE)
    numeral_trainer_stop (self->trainer);
  numeral_lab_stop_waiting (self);
  /* Stopping emits a last snapshot, which must not be used. */
  self->following = FALSE;
  set_run (self, NULL);
  if (!self->kept)
    return numeral_lab_use_shipped (self, error);
  name = numeral_lab_dup_kept_name (self);
  numeral_lab_use_model (self, self->kept, name);
  return TRUE;
}

void
numeral_lab_use_model (NumeralLab *self, NumeralModel *model, const char *name)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));
  g_return_if_fail (model != NULL);

  read_with (self, model, name, FALSE);
}

void
numeral_lab_use_derived (NumeralLab *self, NumeralModel *model, const char *name)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));
  g_return_if_fail (model != NULL);

  self->lent = FALSE;
  set_model (self, model);
  set_reading_with (self, name);
}

NumeralSubject *
numeral_lab_get_subject (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->subject;
}

void
numeral_lab_set_subject (NumeralLab *self, NumeralSubject *subject)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  if (self->subject == subject)
    return;
  g_clear_pointer (&self->subject, numeral_subject_unref);
  self->subject = subject ? numeral_subject_ref (subject) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBJECT]);
}

NumeralModel *
numeral_lab_get_model (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->model;
}

void
numeral_lab_set_shipped (NumeralLab *self, NumeralModel *model)
{
  g_autoptr (NumeralModel) whole = NULL;

  g_return_if_fail (NUMERAL_IS_LAB (self));
  g_return_if_fail (model != NULL);

  g_clear_pointer (&self->novelty, numeral_novelty_unref);
  self->novelty = model->novelty ? numeral_novelty_ref (model->novelty) : NULL;
  if (!self->model)
    {
      set_whole (self, model, self->reading_with, FALSE);
      self->whole_shipped = TRUE;
      set_model (self, model);
    }
  else if (self->lent)
    {
      whole = lend_novelty (self, self->model);
      set_whole (self, whole, self->reading_with, TRUE);
      set_model (self, whole);
    }
}

GPtrArray *
numeral_lab_get_unsaved (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->unsaved;
}

void
numeral_lab_forget_unsaved (NumeralLab *self, NumeralUnsavedRun *run)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  if (g_ptr_array_remove (self->unsaved, run))
    g_signal_emit (self, signals[UNSAVED_CHANGED], 0);
}

void
numeral_lab_close (NumeralLab *self)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  numeral_lab_config_flush (self);
  if (self->protector)
    numeral_protector_close (self->protector);
  if (self->learner)
    numeral_hand_learner_close (self->learner);
  numeral_trainer_close (self->trainer);
  numeral_write_queue_flush ();
}
