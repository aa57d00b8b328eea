/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-trainer.h"

#include <math.h>

#include "numeral-run-private.h"
#include "numeral-trainer-link.h"

struct _NumeralTrainer
{
  GObject parent_instance;
  NumeralTrainerLink *link;
  GThread *thread;
  guint64 serial; /* of the run that was started last */
  NumeralRun *run;
  GPtrArray *leaving; /* NumeralRun: those before it, until the thread has let go of them */

  NumeralTrainerState state;
  gboolean reducing;
  double progress, images_per_second, seconds_left, epochs_done, scale;
  NumeralHistory *history;
  NnNetwork *network;
  NnDataset *train, *validation;
  char *problem;
};

enum
{
  PROP_STATE = 1,
  PROP_PROGRESS,
  PROP_IMAGES_PER_SECOND,
  PROP_SECONDS_LEFT,
  PROP_EPOCHS_DONE,
  PROP_RUN,
  PROP_LEARNING_RATE_SCALE,
  PROP_PROBLEM,
  PROP_REDUCING,
  N_PROPERTIES,
};

enum
{
  HISTORY_ADDED,
  SNAPSHOT,
  FINISHED,
  UNSAVED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralTrainer, numeral_trainer, G_TYPE_OBJECT)

GType
numeral_trainer_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { NUMERAL_TRAINER_IDLE, "NUMERAL_TRAINER_IDLE", "idle" },
        { NUMERAL_TRAINER_PREPARING, "NUMERAL_TRAINER_PREPARING", "preparing" },
        { NUMERAL_TRAINER_RUNNING, "NUMERAL_TRAINER_RUNNING", "running" },
        { NUMERAL_TRAINER_PAUSED, "NUMERAL_TRAINER_PAUSED", "paused" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("NumeralTrainerState", values));
    }
  return type;
}

/* --- news from the thread ----------------------------------------------------------------------
 */

static void
set_double (NumeralTrainer *self, double *field, double value, guint property)
{
  if (*field == value || (isnan (*field) && isnan (value)))
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_problem (NumeralTrainer *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
set_state (NumeralTrainer *self, NumeralTrainerState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_reducing (NumeralTrainer *self, gboolean reducing)
{
  if (self->reducing == reducing)
    return;
  self->reducing = reducing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDUCING]);
}

static void
take_figures (NumeralTrainer *self, const NumeralTrainerNews *news)
{
  set_double (self, &self->progress, news->progress, PROP_PROGRESS);
  set_double (self, &self->images_per_second, news->images_per_second, PROP_IMAGES_PER_SECOND);
  set_double (self, &self->seconds_left, news->seconds_left, PROP_SECONDS_LEFT);
  set_double (self, &self->epochs_done, news->epochs_done, PROP_EPOCHS_DONE);
  set_double (self, &self->scale, news->scale, PROP_LEARNING_RATE_SCALE);
  set_problem (self, news->problem);
  set_reducing (self, news->reducing);
  set_state (self, news->state);
}

/* Whether there is anything new on the curve. */
static gboolean
take_history (NumeralTrainer *self, NumeralTrainerNews *news)
{
  if (news->begin != NULL)
    {
      g_clear_pointer (&self->history, numeral_history_free);
      self->history = g_steal_pointer (&news->begin);
      g_clear_pointer (&self->train, nn_dataset_unref);
      g_clear_pointer (&self->validation, nn_dataset_unref);
      self->train = g_steal_pointer (&news->train);
      self->validation = g_steal_pointer (&news->validation);
    }
  else if (news->points->len == 0 && news->epochs->len == 0)
    return FALSE;
  numeral_history_add_steps (self->history, (const NumeralStepPoint *) (void *) news->points->data,
                             news->points->len);
  for (guint i = 0; i < news->epochs->len; i++)
    numeral_history_add_epoch (self->history, &g_array_index (news->epochs, NumeralEpochPoint, i));
  return TRUE;
}

static gboolean
take_network (NumeralTrainer *self, NumeralTrainerNews *news)
{
  if (news->network == NULL)
    return FALSE;
  g_clear_pointer (&self->network, nn_network_unref);
  self->network = g_steal_pointer (&news->network);
  return TRUE;
}

/* Everything is taken over before anything is said, for a handler may look at all of it. */
static void
take_news (NumeralTrainer *self, NumeralTrainerNews *news)
{
  gboolean history, network;

  history = take_history (self, news);
  network = take_network (self, news);
  g_object_freeze_notify (G_OBJECT (self));
  take_figures (self, news);
  g_object_thaw_notify (G_OBJECT (self));
  if (self->run != NULL)
    numeral_run_refresh (self->run);
  if (history)
    g_signal_emit (self, signals[HISTORY_ADDED], 0);
  if (network)
    g_signal_emit (self, signals[SNAPSHOT], 0);
  if (news->finished)
    g_signal_emit (self, signals[FINISHED], 0, news->error);
}

/* Takes what there is, and lets the thread gather anew. */
static void
steal_news (NumeralTrainerLink *link, NumeralTrainerNews *news)
{
  numeral_trainer_link_lock (link);
  *news = link->news;
  numeral_trainer_news_init (&link->news);
  link->news.serial = news->serial;
  link->news.state = news->state;
  link->news.reducing = news->reducing;
  link->news.progress = news->progress;
  link->news.images_per_second = news->images_per_second;
  link->news.seconds_left = news->seconds_left;
  link->news.epochs_done = news->epochs_done;
  link->news.scale = news->scale;
  link->news.problem = g_strdup (news->problem);
  numeral_trainer_link_unlock (link);
}

static void
ask_for_snapshot (NumeralTrainer *self)
{
  gboolean wanted = g_signal_has_handler_pending (self, signals[SNAPSHOT], 0, FALSE);

  numeral_trainer_link_lock (self->link);
  if (self->link->commands.want_snapshot != wanted)
    {
      self->link->commands.want_snapshot = wanted;
      numeral_trainer_link_command (self->link);
    }
  numeral_trainer_link_unlock (self->link);
}

static void
numeral_trainer_drain (NumeralTrainer *self)
{
  NumeralTrainerNews news;

  steal_news (self->link, &news);
  for (guint i = 0; i < news.unsaved->len; i++)
    g_signal_emit (self, signals[UNSAVED], 0, g_ptr_array_index (news.unsaved, i));
  for (guint i = 0; i < self->leaving->len; i++)
    numeral_run_refresh (g_ptr_array_index (self->leaving, i));
  /* News of a run that was left since are of interest to nobody. */
  if (news.serial == self->serial)
    {
      g_ptr_array_set_size (self->leaving, 0);
      if (news.serial != 0)
        take_news (self, &news);
    }
  numeral_trainer_news_clear (&news);
  ask_for_snapshot (self);
}

static void
on_news (NumeralTrainerLink *link)
{
  g_autoptr (NumeralTrainer) self = g_weak_ref_get (&link->owner);

  if (self != NULL)
    numeral_trainer_drain (self);
}

/* --- the object --------------------------------------------------------------------------------
 */

static void
numeral_trainer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralTrainer *self = NUMERAL_TRAINER (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_IMAGES_PER_SECOND:
      g_value_set_double (value, self->images_per_second);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_double (value, self->seconds_left);
      break;
    case PROP_EPOCHS_DONE:
      g_value_set_double (value, self->epochs_done);
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_LEARNING_RATE_SCALE:
      g_value_set_double (value, self->scale);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_REDUCING:
      g_value_set_boolean (value, self->reducing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Ends the thread; the run it is at is kept. */
static void
join (NumeralTrainer *self)
{
  if (self->thread == NULL)
    return;
  numeral_trainer_link_lock (self->link);
  self->link->commands.quit = TRUE;
  g_clear_pointer (&self->link->commands.next, numeral_run_record_unref);
  g_cancellable_cancel (self->link->commands.cancellable);
  numeral_trainer_link_command (self->link);
  numeral_trainer_link_unlock (self->link);
  g_clear_pointer (&self->thread, g_thread_join);
}

static void
numeral_trainer_dispose (GObject *object)
{
  NumeralTrainer *self = NUMERAL_TRAINER (object);

  join (self);
  numeral_trainer_link_detach (self->link);
  for (guint i = 0; i < self->leaving->len; i++)
    numeral_run_refresh (g_ptr_array_index (self->leaving, i));
  g_ptr_array_set_size (self->leaving, 0);
  if (self->run != NULL)
    numeral_run_refresh (self->run);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (numeral_trainer_parent_class)->dispose (object);
}

static void
numeral_trainer_finalize (GObject *object)
{
  NumeralTrainer *self = NUMERAL_TRAINER (object);

  numeral_trainer_link_unref (self->link);
  g_ptr_array_unref (self->leaving);
  g_free (self->problem);
  g_clear_pointer (&self->history, numeral_history_free);
  g_clear_pointer (&self->network, nn_network_unref);
  g_clear_pointer (&self->train, nn_dataset_unref);
  g_clear_pointer (&self->validation, nn_dataset_unref);
  G_OBJECT_CLASS (numeral_trainer_parent_class)->finalize (object);
}

static GParamSpec *
double_property (const char *name)
{
  /* NaN, which is in no range, is for what is not known; nobody can set these. */
  return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static guint
add_signal (const char *name, guint n_args, GType arg)
{
  return g_signal_new (name, NUMERAL_TYPE_TRAINER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_args, arg);
}

static void
numeral_trainer_class_init (NumeralTrainerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_trainer_get_property;
  object_class->dispose = numeral_trainer_dispose;
  object_class->finalize = numeral_trainer_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, NUMERAL_TYPE_TRAINER_STATE,
                                              NUMERAL_TRAINER_IDLE, read);
  properties[PROP_PROGRESS] = double_property ("progress");
  properties[PROP_IMAGES_PER_SECOND] = double_property ("images-per-second");
  properties[PROP_SECONDS_LEFT] = double_property ("seconds-left");
  properties[PROP_EPOCHS_DONE] = double_property ("epochs-done");
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, NUMERAL_TYPE_RUN, read);
  properties[PROP_LEARNING_RATE_SCALE] = double_property ("learning-rate-scale");
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, read);
  properties[PROP_REDUCING] = g_param_spec_boolean ("reducing", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[HISTORY_ADDED] = add_signal ("history-added", 0, G_TYPE_NONE);
  signals[SNAPSHOT] = add_signal ("snapshot", 0, G_TYPE_NONE);
  signals[FINISHED] = add_signal ("finished", 1, G_TYPE_ERROR);
  signals[UNSAVED] = add_signal ("unsaved", 1, G_TYPE_POINTER);
}

static void
numeral_trainer_init (NumeralTrainer *self)
{
  self->link = numeral_trainer_link_new (G_OBJECT (self), on_news);
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
  self->seconds_left = NAN;
  self->scale = 1;
}

/* --- commands ----------------------------------------------------------------------------------
 */

NumeralTrainer *
numeral_trainer_new (void)
{
  return g_object_new (NUMERAL_TYPE_TRAINER, NULL);
}

void
numeral_trainer_set_checkpoint_interval (NumeralTrainer *self, double seconds)
{
  self->link->checkpoint_interval = (gint64) (seconds * G_USEC_PER_SEC);
}

/* Nothing of the run before is shown for this one. */
static void
forget (NumeralTrainer *self)
{
  const NumeralTrainerNews fresh = { .state = NUMERAL_TRAINER_PREPARING,
                                     .seconds_left = NAN,
                                     .scale = 1 };

  g_clear_pointer (&self->history, numeral_history_free);
  g_clear_pointer (&self->network, nn_network_unref);
  g_clear_pointer (&self->train, nn_dataset_unref);
  g_clear_pointer (&self->validation, nn_dataset_unref);
  take_figures (self, &fresh);
}

void
numeral_trainer_start (NumeralTrainer *self, NumeralRun *run, gboolean paused)
{
  NumeralTrainerLink *link;

  g_return_if_fail (NUMERAL_IS_TRAINER (self));
  g_return_if_fail (NUMERAL_IS_RUN (run));

  link = self->link;
  g_object_freeze_notify (G_OBJECT (self));
  if (self->run != NULL && self->state != NUMERAL_TRAINER_IDLE)
    g_ptr_array_add (self->leaving, g_object_ref (self->run));
  if (g_set_object (&self->run, run))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
  forget (self);

  numeral_trainer_link_lock (link);
  g_cancellable_cancel (link->commands.cancellable);
  g_clear_object (&link->commands.cancellable);
  g_clear_pointer (&link->commands.next, numeral_run_record_unref);
  link->commands = (NumeralTrainerCommands){
    .serial = ++self->serial,
    .next = numeral_run_record_ref (numeral_run_get_record (run)),
    .cancellable = g_cancellable_new (),
    .paused = paused,
    .scale = NAN,
    .want_snapshot = g_signal_has_handler_pending (self, signals[SNAPSHOT], 0, FALSE),
  };
  numeral_trainer_link_command (link);
  numeral_trainer_link_unlock (link);
  if (self->thread == NULL)
    self->thread =
        g_thread_new ("numeral-trainer", numeral_trainer_thread, numeral_trainer_link_ref (link));
  g_object_thaw_notify (G_OBJECT (self));
}

static void
command_pause (NumeralTrainer *self, gboolean paused)
{
  numeral_trainer_link_lock (self->link);
  self->link->commands.paused = paused;
  self->link->commands.minibatches = 0;
  self->link->commands.epoch = FALSE;
  numeral_trainer_link_command (self->link);
  numeral_trainer_link_unlock (self->link);
}

void
numeral_trainer_pause (NumeralTrainer *self)
{
  g_return_if_fail (NUMERAL_IS_TRAINER (self));

  command_pause (self, TRUE);
}

void
numeral_trainer_resume (NumeralTrainer *self)
{
  g_return_if_fail (NUMERAL_IS_TRAINER (self));

  command_pause (self, FALSE);
}

void
numeral_trainer_step_minibatch (NumeralTrainer *self)
{
  g_return_if_fail (NUMERAL_IS_TRAINER (self));

  numeral_trainer_link_lock (self->link);
  if (self->link->commands.paused)
    self->link->commands.minibatches++;
  numeral_trainer_link_command (self->link);
  numeral_trainer_link_unlock (self->link);
}

void
numeral_trainer_step_epoch (NumeralTrainer *self)
{
  g_return_if_fail (NUMERAL_IS_TRAINER (self));

  numeral_trainer_link_lock (self->link);
  if (self->link->commands.paused)
    self->link->commands.epoch = TRUE;
  numeral_trainer_link_command (self->link);
  numeral_trainer_link_unlock (self->link);
}

void
numeral_trainer_stop (NumeralTrainer *self)
{
  g_return_if_fail (NUMERAL_IS_TRAINER (self));

  numeral_trainer_link_lock (self->link);
  self->link->commands.stop = TRUE;
  g_cancellable_cancel (self->link->commands.cancellable);
  numeral_trainer_link_command (self->link);
  numeral_trainer_link_unlock (self->link);
}

void
numeral_trainer_set_learning_rate_scale (NumeralTrainer *self, double scale)
{
  g_return_if_fail (NUMERAL_IS_TRAINER (self));
  g_return_if_fail (isfinite (scale) && scale >= 0);

  numeral_trainer_link_lock (self->link);
  self->link->commands.scale = scale;
  numeral_trainer_link_command (self->link);
  numeral_trainer_link_unlock (self->link);
}

void
numeral_trainer_close (NumeralTrainer *self)
{
  g_return_if_fail (NUMERAL_IS_TRAINER (self));

  g_object_ref (self);
  join (self);
  numeral_trainer_drain (self);
  /* Where the thread had not even begun. */
  set_state (self, NUMERAL_TRAINER_IDLE);
  g_object_unref (self);
}

NumeralTrainerState
numeral_trainer_get_state (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), NUMERAL_TRAINER_IDLE);

  return self->state;
}

NumeralRun *
numeral_trainer_get_run (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), NULL);

  return self->run;
}

const char *
numeral_trainer_get_problem (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), NULL);

  return self->problem;
}

gboolean
numeral_trainer_get_reducing (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), FALSE);

  return self->reducing;
}

double
numeral_trainer_get_progress (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), 0);

  return self->progress;
}

double
numeral_trainer_get_images_per_second (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), 0);

  return self->images_per_second;
}

double
numeral_trainer_get_seconds_left (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), 0);

  return self->seconds_left;
}

double
numeral_trainer_get_epochs_done (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), 0);

  return self->epochs_done;
}

const NumeralHistory *
numeral_trainer_get_history (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), NULL);

  return self->history;
}

NnNetwork *
numeral_trainer_get_network (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), NULL);

  return self->network;
}

NnDataset *
numeral_trainer_get_train_data (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), NULL);

  return self->train;
}

NnDataset *
numeral_trainer_get_validation_data (NumeralTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_TRAINER (self), NULL);

  return self->validation;
}
