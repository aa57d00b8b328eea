/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-runs-page-private.h"

/* GtkListView makes up to 200 rows at once, which takes half a second. Here the list begins with a
 * few runs, and gets some more in each frame. */
#define FIRST_ROWS 12
#define ROWS_A_FRAME 2
#define ALL_ROWS 210

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NumeralRunsPage *self = data;
  const guint size = gtk_slice_list_model_get_size (self->slice) + ROWS_A_FRAME;

  gtk_slice_list_model_set_size (self->slice, size < ALL_ROWS ? size : G_MAXUINT);
  if (size < ALL_ROWS && size < g_list_model_get_n_items (G_LIST_MODEL (self->store)))
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  return G_SOURCE_REMOVE;
}

void
numeral_runs_page_begin_rows (NumeralRunsPage *self)
{
  self->slice = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), 0, FIRST_ROWS);
}

void
numeral_runs_page_add_rows (NumeralRunsPage *self)
{
  if (!self->growing && gtk_slice_list_model_get_size (self->slice) <
                            g_list_model_get_n_items (G_LIST_MODEL (self->store)))
    self->growing = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, self, NULL);
}

void
numeral_runs_page_end_rows (NumeralRunsPage *self)
{
  if (self->growing)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->growing);
  self->growing = 0;
  g_clear_object (&self->slice);
}

void
numeral_runs_page_reach_row (NumeralRunsPage *self, guint position)
{
  if (position >= gtk_slice_list_model_get_size (self->slice))
    gtk_slice_list_model_set_size (self->slice, G_MAXUINT);
}
