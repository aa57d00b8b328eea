/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-gan-trainer.h"

#include "numeral-gan-run.h"

struct _NumeralGanTrainer
{
  GObject parent_instance;

  NumeralGanRun *run; /* (nullable): while it is running */
  gboolean paused;
  double progress;
  GArray *points, *snapshots;
  NumeralGenerator *generator; /* (nullable) */
};

enum
{
  PROP_RUNNING = 1,
  PROP_PAUSED,
  PROP_PROGRESS,
  N_PROPS
};

enum
{
  POINTS,
  SNAPSHOT,
  EPOCH,
  WARNING,
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralGanTrainer, numeral_gan_trainer, G_TYPE_OBJECT)

static void
snapshot_clear (gpointer data)
{
  nn_dataset_unref (((NumeralGanSnapshot *) data)->samples);
}

static void
add_snapshots (NumeralGanTrainer *self, const GArray *snapshots)
{
  for (guint i = 0; i < snapshots->len; i++)
    {
      NumeralGanSnapshot snapshot = g_array_index (snapshots, NumeralGanSnapshot, i);

      nn_dataset_ref (snapshot.samples);
      g_array_append_val (self->snapshots, snapshot);
      /* The first and the newest one stay. */
      if (self->snapshots->len > NUMERAL_GAN_MAX_SNAPSHOTS)
        for (guint k = 1; k + 1 < self->snapshots->len; k++)
          g_array_remove_index (self->snapshots, k);
    }
}

static void
take_points (NumeralGanTrainer *self, const NumeralGanNews *news)
{
  const NnGanStep *last;

  if (news->points->len == 0)
    return;
  g_array_append_vals (self->points, news->points->data, news->points->len);
  last = &g_array_index (self->points, NnGanStep, self->points->len - 1);
  self->progress = MIN (1, (double) (last->step + 1) / (double) MAX (news->n_steps, 1));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_signal_emit (self, signals[POINTS], 0);
}

static void
end (NumeralGanTrainer *self, const GError *error)
{
  g_clear_pointer (&self->run, numeral_gan_run_unref);
  self->paused = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_signal_emit (self, signals[ENDED], 0, error);
}

static void
on_ready (NumeralGanRun *run, gpointer data)
{
  g_autoptr (NumeralGanTrainer) self = g_weak_ref_get (data);
  g_auto (NumeralGanNews) news = { 0 };

  numeral_gan_run_take_news (run, &news);
  if (self == NULL || self->run != run)
    return;
  if (news.generator != NULL)
    {
      g_clear_pointer (&self->generator, numeral_generator_unref);
      self->generator = g_steal_pointer (&news.generator);
    }
  take_points (self, &news);
  if (news.snapshots->len > 0)
    {
      add_snapshots (self, news.snapshots);
      g_signal_emit (self, signals[SNAPSHOT], 0);
    }
  for (guint i = 0; i < news.epochs->len; i++)
    g_signal_emit (self, signals[EPOCH], 0, &g_array_index (news.epochs, NumeralGanEpoch, i));
  for (guint i = 0; i < news.warnings->len; i++)
    g_signal_emit (self, signals[WARNING], 0, news.warnings->pdata[i]);
  if (news.ended && self->run == run)
    end (self, news.error);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
numeral_gan_trainer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralGanTrainer *self = NUMERAL_GAN_TRAINER (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->run != NULL);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_gan_trainer_dispose (GObject *object)
{
  NumeralGanTrainer *self = NUMERAL_GAN_TRAINER (object);

  /* The thread must not compute while the program ends. */
  if (self->run != NULL)
    numeral_gan_run_join (self->run);
  g_clear_pointer (&self->run, numeral_gan_run_unref);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->snapshots, g_array_unref);
  g_clear_pointer (&self->generator, numeral_generator_unref);
  G_OBJECT_CLASS (numeral_gan_trainer_parent_class)->dispose (object);
}

static void
numeral_gan_trainer_class_init (NumeralGanTrainerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GType type = NUMERAL_TYPE_GAN_TRAINER;

  object_class->get_property = numeral_gan_trainer_get_property;
  object_class->dispose = numeral_gan_trainer_dispose;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[POINTS] =
      g_signal_new ("points", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SNAPSHOT] =
      g_signal_new ("snapshot", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EPOCH] = g_signal_new ("epoch", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_POINTER);
  signals[WARNING] = g_signal_new ("warning", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR);
}

static void
numeral_gan_trainer_init (NumeralGanTrainer *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (NnGanStep));
  self->snapshots = g_array_new (FALSE, FALSE, sizeof (NumeralGanSnapshot));
  g_array_set_clear_func (self->snapshots, snapshot_clear);
}

NumeralGanTrainer *
numeral_gan_trainer_new (void)
{
  return g_object_new (NUMERAL_TYPE_GAN_TRAINER, NULL);
}

void
numeral_gan_trainer_start (NumeralGanTrainer *self,
                           const NnGanConfig *config,
                           const NumeralRunConfig *data)
{
  GWeakRef *weak;

  g_return_if_fail (NUMERAL_IS_GAN_TRAINER (self));
  g_return_if_fail (self->run == NULL);

  g_array_set_size (self->points, 0);
  g_array_set_size (self->snapshots, 0);
  g_clear_pointer (&self->generator, numeral_generator_unref);
  self->progress = 0;
  weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  self->run = numeral_gan_run_new (config, data, on_ready, weak, weak_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

void
numeral_gan_trainer_set_paused (NumeralGanTrainer *self, gboolean paused)
{
  g_return_if_fail (NUMERAL_IS_GAN_TRAINER (self));

  if (self->run == NULL || self->paused == paused)
    return;
  self->paused = paused;
  numeral_gan_run_set_paused (self->run, paused);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

void
numeral_gan_trainer_stop (NumeralGanTrainer *self)
{
  g_return_if_fail (NUMERAL_IS_GAN_TRAINER (self));

  if (self->run != NULL)
    numeral_gan_run_stop (self->run);
}

const GArray *
numeral_gan_trainer_get_points (NumeralGanTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_GAN_TRAINER (self), NULL);

  return self->points;
}

const GArray *
numeral_gan_trainer_get_snapshots (NumeralGanTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_GAN_TRAINER (self), NULL);

  return self->snapshots;
}

NumeralGenerator *
numeral_gan_trainer_get_generator (NumeralGanTrainer *self)
{
  g_return_val_if_fail (NUMERAL_IS_GAN_TRAINER (self), NULL);

  return self->generator;
}
