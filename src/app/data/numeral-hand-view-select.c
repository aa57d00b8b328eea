/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-view-private.h"

GPtrArray *
numeral_hand_view_get_selected (NumeralHandView *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        gpointer item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

        if (item)
          g_ptr_array_add (items, item);
      }
    while (gtk_bitset_iter_next (&iter, &position));
  return items;
}

void
numeral_hand_view_stop_selecting (NumeralHandView *self)
{
  self->selecting = FALSE;
  g_clear_pointer (&self->waiting, g_free);
  g_clear_pointer (&self->waiting_for, g_variant_unref);
}

void
numeral_hand_view_select_all (NumeralHandView *self)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) parameter = NULL;

  self->selecting = !numeral_hand_list_load_all (self->list);
  if (self->selecting)
    return;
  gtk_selection_model_select_all (self->selection);
  action = g_steal_pointer (&self->waiting);
  parameter = g_steal_pointer (&self->waiting_for);
  if (action)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), action, parameter);
}

gboolean
numeral_hand_view_wait_for_all (NumeralHandView *self, const char *action, GVariant *parameter)
{
  if (!self->selecting)
    return FALSE;
  g_free (self->waiting);
  g_clear_pointer (&self->waiting_for, g_variant_unref);
  self->waiting = g_strdup (action);
  self->waiting_for = parameter ? g_variant_ref (parameter) : NULL;
  return TRUE;
}
