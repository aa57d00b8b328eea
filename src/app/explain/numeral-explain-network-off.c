/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-explain-network-private.h"

/* Units are switched off in a model that is derived from the one that reads. The lab reads with it,
 * so that all that shows an answer follows. */

/* Reads with what is left. */
static void
apply (NumeralExplainNetwork *self)
{
  g_autoptr (NumeralModel) last = g_steal_pointer (&self->derived);
  g_autofree char *name = NULL;

  if (!last)
    {
      g_free (self->name);
      g_object_get (self->lab, "reading-with", &self->name, NULL);
    }
  if (self->off->len > 0)
    {
      self->derived =
          numeral_model_switch_off (self->whole, (const NumeralUnit *) (gpointer) self->off->data,
                                    self->off->len);
      /* Translators: the model that reads: its name, and how many of its units are off */
      name = g_strdup_printf (ngettext ("%s, %u unit off", "%s, %u units off", self->off->len),
                              self->name, self->off->len);
      numeral_lab_use_model (self->lab, self->derived, name);
    }
  else if (last)
    numeral_lab_use_model (self->lab, self->whole, self->name);
}

static void
update (NumeralExplainNetwork *self)
{
  self->accuracy_off = -1;
  apply (self);
  numeral_explain_network_show_off (self);
  numeral_explain_network_restart (self, NUMERAL_NETWORK_OFF);
  numeral_explain_network_want (self, NUMERAL_NETWORK_LIVE);
}

void
numeral_explain_network_toggle (NumeralExplainNetwork *self, guint unit)
{
  const NumeralUnit named = { self->layer, unit };
  const guint at = numeral_explain_network_find_off (self, self->layer, unit);

  if (!self->whole || !numeral_unit_is_hidden (self->whole->network, &named))
    return;
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

/* While a network learns, each snapshot of it is another model; its units stay off. Any other model
 * has all of its units. */
static gboolean
stays_off (NumeralExplainNetwork *self, const NumeralModel *model)
{
  return self->whole &&
         numeral_trainer_get_state (numeral_lab_get_trainer (self->lab)) != NUMERAL_TRAINER_IDLE &&
         nn_architecture_equal (&self->whole->network->arch, &model->network->arch) &&
         numeral_trainer_get_network (numeral_lab_get_trainer (self->lab)) == model->network;
}

void
numeral_explain_network_follow (NumeralExplainNetwork *self)
{
  NumeralModel *model = numeral_lab_get_model (self->lab);
  gboolean keep;

  if (model == self->whole || (model && model == self->derived))
    return;
  keep = model && self->off->len > 0 && stays_off (self, model);
  g_clear_pointer (&self->whole, numeral_model_unref);
  self->whole = model ? numeral_model_ref (model) : NULL;
  if (keep)
    {
      /* The accuracy of the last snapshot stays until that of this one is known. */
      apply (self);
      return;
    }
  g_clear_pointer (&self->derived, numeral_model_unref);
  if (self->off->len == 0)
    return;
  g_array_set_size (self->off, 0);
  numeral_explain_network_show_off (self);
}
