/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-model.h"
#include "numeral-lab-private.h"

/* Which model reads while a hand is learned, and afterwards. */

static void
set_model (NumeralModel **place, NumeralModel *model)
{
  g_autoptr (NumeralModel) last = g_steal_pointer (place);

  *place = model ? numeral_model_ref (model) : NULL;
}

/* (nullable): the model that is offered. */
static NumeralModel *
get_offered (NumeralLab *self)
{
  const NumeralHandLesson *lesson = numeral_hand_learner_get_lesson (self->learner);

  return lesson && lesson->adaptation->keep ? lesson->adaptation->model : NULL;
}

gboolean
numeral_lab_reads_kept (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), FALSE);

  return self->kept && self->whole == self->kept;
}

gboolean
numeral_lab_is_trying (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), FALSE);

  return self->trial && self->whole == self->before;
}

/* A model that was chosen since the learning began goes on reading. */
static void
begin_trial (NumeralLab *self, NumeralModel *offered)
{
  g_autofree char *name = NULL;
  const char *from = numeral_model_get_metadata (offered, NUMERAL_CARD_ADAPTED_FROM);

  set_model (&self->trial, offered);
  self->kept_by_hand = TRUE;
  /* A newer snapshot of the network in training was not chosen. */
  if (!self->using && self->whole != self->before && self->whole_followed)
    set_model (&self->before, self->whole);
  if (self->using || self->whole != self->before)
    return;
  self->trial_followed = numeral_lab_unfollow (self);
  name = numeral_lab_dup_adapted_name (from);
  numeral_lab_use_derived (self, offered, name);
}

static void
end_trial (NumeralLab *self)
{
  const gboolean trying = numeral_lab_is_trying (self);

  set_model (&self->trial, NULL);
  if (trying)
    numeral_lab_use_whole (self);
  if (trying && self->trial_followed)
    numeral_lab_follow (self);
  self->trial_followed = FALSE;
}

void
numeral_lab_use_kept (NumeralLab *self)
{
  g_autofree char *name = NULL;

  g_return_if_fail (NUMERAL_IS_LAB (self));

  if (!self->kept)
    return;
  numeral_lab_unfollow (self);
  name = numeral_lab_dup_kept_name (self);
  numeral_lab_use_model (self, self->kept, name);
}

/* @was_read: whether the model that was kept before was the one that read */
static void
follow_kept (NumeralLab *self, gboolean was_read)
{
  /* At the start, unless another model was chosen meanwhile. */
  const gboolean free = !self->using && (!self->whole || self->whole_shipped);

  if (self->kept && (self->kept_by_hand || free))
    numeral_lab_use_kept (self);
  else if (!self->kept && was_read)
    (void) numeral_lab_use_shipped (self, NULL);
}

static void
on_learner (NumeralLab *self)
{
  NumeralModel *kept = numeral_hand_learner_get_kept (self->learner);
  NumeralModel *offered = get_offered (self);
  const gboolean was_read = numeral_lab_reads_kept (self);

  if (offered && offered != self->trial)
    begin_trial (self, offered);
  if (!offered && self->trial && kept != self->trial)
    end_trial (self);
  if (kept == self->kept)
    return;
  set_model (&self->trial, NULL);
  self->trial_followed = FALSE;
  set_model (&self->kept, kept);
  follow_kept (self, was_read);
  /* The first one comes from the file, also after it was locked. */
  self->kept_by_hand = !self->was_locked;
}

NumeralHandLearner *
numeral_lab_get_learner (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  if (!self->learner)
    {
      self->learner = numeral_hand_learner_new (numeral_lab_get_hand (self), NULL);
      g_signal_connect_object (self->learner, "changed", G_CALLBACK (on_learner), self,
                               G_CONNECT_SWAPPED);
    }
  return self->learner;
}

/* The learned model, and what is known of the runs on one's own handwriting, go when it is locked,
 * and come back when it is unlocked. */
static void
on_protector (NumeralLab *self)
{
  const gboolean locked = numeral_protector_is_locked (self->protector);

  if (locked == self->was_locked)
    return;
  self->was_locked = locked;
  numeral_run_store_reload_own (self->store);
  if (self->loads_kept)
    numeral_hand_learner_load (numeral_lab_get_learner (self));
}

NumeralProtector *
numeral_lab_get_protector (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  if (!self->protector)
    {
      self->protector = numeral_protector_new (numeral_lab_get_hand (self));
      g_signal_connect_object (self->protector, "changed", G_CALLBACK (on_protector), self,
                               G_CONNECT_SWAPPED);
    }
  return self->protector;
}

void
numeral_lab_load_kept (NumeralLab *self)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  if (self->loads_kept)
    return;
  self->loads_kept = TRUE;
  numeral_hand_learner_load (numeral_lab_get_learner (self));
  numeral_protector_start (numeral_lab_get_protector (self));
}

gboolean
numeral_lab_learn_hand (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), FALSE);

  set_model (&self->before, self->whole);
  /* The card of the shipped model has its name. */
  return numeral_hand_learner_start (numeral_lab_get_learner (self), self->whole,
                                     self->whole_shipped ? NULL : self->whole_name);
}
