/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-network-private.h"

/* Units are switched off in a model that is derived from the one that reads, in a thread. The lab
 * reads with it, so that all that shows an answer follows. */

/* Reads with what is left, or with the whole. */
static void
apply (NumeralExplainNetwork *self)
{
  if (self->off->len > 0)
    {
      numeral_explain_network_restart (self, NUMERAL_NETWORK_DERIVE);
      return;
    }
  numeral_explain_network_cancel (self, NUMERAL_NETWORK_DERIVE);
  g_clear_pointer (&self->derived, numeral_model_unref);
  numeral_lab_use_derived (numeral_page_get_lab (NUMERAL_PAGE (self)), self->whole, self->name);
}

static void
update (NumeralExplainNetwork *self)
{
  self->accuracy_off = -1;
  numeral_explain_network_cancel (self, NUMERAL_NETWORK_OFF);
  apply (self);
  numeral_explain_network_show_off (self);
  numeral_explain_network_want (self, NUMERAL_NETWORK_LIVE);
}

void
numeral_explain_network_toggle (NumeralExplainNetwork *self, guint unit)
{
  const NumeralUnit named = { self->layer, unit };
  const guint at = numeral_explain_network_find_off (self, self->layer, unit);

  if (!self->whole || !numeral_unit_is_hidden (self->whole->network, &named))
    return;
  if (self->off->len == 0)
    {
      /* The lab still reads with the whole. */
      g_free (self->name);
      g_object_get (numeral_page_get_lab (NUMERAL_PAGE (self)), "reading-with", &self->name, NULL);
    }
  if (at < self->off->len)
    g_array_remove_index (self->off, at);
  else
    g_array_append_val (self->off, named);
  update (self);
}

void
numeral_explain_network_all_on (NumeralExplainNetwork *self)
{
  if (self->off->len == 0)
    return;
  g_array_set_size (self->off, 0);
  update (self);
}

static void
set_whole (NumeralExplainNetwork *self, NumeralModel *model)
{
  NumeralTrainer *trainer = numeral_lab_get_trainer (numeral_page_get_lab (NUMERAL_PAGE (self)));
  NumeralRun *run = model && numeral_trainer_get_network (trainer) == model->network ?
                        numeral_trainer_get_run (trainer) :
                        NULL;

  g_clear_pointer (&self->whole, numeral_model_unref);
  self->whole = model ? numeral_model_ref (model) : NULL;
  g_set_object (&self->whole_run, run);
}

gboolean
numeral_explain_network_take_learned (NumeralExplainNetwork *self,
                                      NumeralModel *model,
                                      const char *name)
{
  NumeralRun *run = numeral_trainer_get_run (
      numeral_lab_get_trainer (numeral_page_get_lab (NUMERAL_PAGE (self))));

  if (self->off->len == 0 || !self->whole_run || self->whole_run != run ||
      !nn_architecture_equal (&self->whole->network->arch, &model->network->arch))
    return FALSE;
  set_whole (self, model);
  g_free (self->name);
  self->name = g_strdup (name);
  /* The accuracy of the last snapshot stays until that of this one is known. */
  numeral_explain_network_want (self, NUMERAL_NETWORK_DERIVE);
  return TRUE;
}

void
numeral_explain_network_follow (NumeralExplainNetwork *self)
{
  NumeralModel *model = numeral_lab_get_model (numeral_page_get_lab (NUMERAL_PAGE (self)));
  gboolean same;

  if (model == self->whole || (model && model == self->derived))
    return;
  /* The lab may only have lent the model what it lacked. */
  same = model && self->whole && model->network == self->whole->network;
  set_whole (self, model);
  if (same && self->off->len > 0)
    {
      apply (self);
      return;
    }
  numeral_explain_network_cancel (self, NUMERAL_NETWORK_DERIVE);
  g_clear_pointer (&self->derived, numeral_model_unref);
  if (self->off->len == 0)
    return;
  g_array_set_size (self->off, 0);
  numeral_explain_network_show_off (self);
}
