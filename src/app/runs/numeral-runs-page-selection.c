/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-runs-page-private.h"
#include "numeral-toast.h"

GPtrArray *
numeral_runs_page_get_picked (NumeralRunsPage *self)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) set =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (runs, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  return runs;
}

NumeralRun *
numeral_runs_page_get_one (NumeralRunsPage *self)
{
  g_autoptr (GPtrArray) runs = numeral_runs_page_get_picked (self);

  return runs->len == 1 ? runs->pdata[0] : NULL; /* the store keeps it */
}

void
numeral_runs_page_pick (NumeralRunsPage *self, NumeralRun *run)
{
  guint i;

  if (!numeral_run_store_find (self->store, run, &i))
    return;
  numeral_runs_page_reach_row (self, i);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
}

void
numeral_runs_page_say (NumeralRunsPage *self, char *message)
{
  numeral_toast_show (GTK_WIDGET (self), message);
  g_free (message);
}
