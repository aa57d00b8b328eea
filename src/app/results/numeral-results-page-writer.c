/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-results-page-private.h"

gboolean
numeral_results_page_get_writer (NumeralResultsPage *self, guint32 *writer)
{
  const guint selected = gtk_drop_down_get_selected (self->writer);

  if (!self->writers || selected == 0 || selected > self->writers->len)
    return FALSE;
  *writer = g_array_index (self->writers, guint32, selected - 1);
  return TRUE;
}

gboolean
numeral_results_page_takes (NumeralResultsPage *self, gsize index)
{
  guint32 writer;

  return !numeral_results_page_get_writer (self, &writer) || !self->dataset->groups ||
         self->dataset->groups[index] == writer;
}

void
numeral_results_page_list_writers (NumeralResultsPage *self, GArray *writers)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  guint32 chosen = 0;
  const gboolean is_chosen = numeral_results_page_get_writer (self, &chosen);
  guint selected = 0;

  g_strv_builder_add (names, _ ("All Writers"));
  for (guint i = 0; i < writers->len; i++)
    {
      const guint32 writer = g_array_index (writers, guint32, i);
      /* Translators: the number of a writer in a data set */
      g_autofree char *text = g_strdup_printf (_ ("Writer %u"), writer);

      /* Translators: the samples whose writer a data set does not name */
      g_strv_builder_add (names, writer > 0 ? text : _ ("Unknown Writer"));
      if (is_chosen && writer == chosen)
        selected = i + 1;
    }
  texts = g_strv_builder_end (names);
  g_array_ref (writers);
  g_clear_pointer (&self->writers, g_array_unref);
  self->writers = writers;
  gtk_string_list_splice (self->writer_names, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->writer_names)),
                          (const char *const *) texts);
  gtk_drop_down_set_selected (self->writer, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->writer), writers->len > 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->writer), TRUE);
}

void
numeral_results_page_drop_writers (NumeralResultsPage *self)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (guint32));

  numeral_results_page_list_writers (self, none);
}

void
numeral_results_page_stop_restricting (NumeralResultsPage *self)
{
  if (self->restricting)
    g_cancellable_cancel (self->restricting);
  g_clear_object (&self->restricting);
}

GArray *
numeral_results_page_collect_suspects (NumeralResultsPage *self)
{
  GArray *suspects = g_array_new (FALSE, FALSE, sizeof (NnSuspect));

  for (guint i = 0; self->suspects && i < self->suspects->len; i++)
    {
      const NnSuspect *suspect = &g_array_index (self->suspects, NnSuspect, i);

      if (numeral_results_page_takes (self, suspect->index))
        g_array_append_vals (suspects, suspect, 1);
    }
  return suspects;
}
