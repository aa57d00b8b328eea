/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-results-page-private.h"
#include "numeral-toast.h"

/* The search that a callback belongs to. */
typedef struct
{
  NumeralResultsPage *page;
  GCancellable *cancellable;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->page);
  g_object_unref (search->cancellable);
  g_free (search);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
set_finding (NumeralResultsPage *self, GCancellable *finding)
{
  g_set_object (&self->finding, finding);
  gtk_progress_bar_set_fraction (self->find_progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->find_progress), finding != NULL);
  gtk_widget_set_visible (self->find_stop, finding != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.find-mislabelled",
                                 !finding && self->evaluation && !self->suspects);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.cancel-find", finding != NULL);
}

void
numeral_results_page_stop_finding (NumeralResultsPage *self)
{
  if (self->finding)
    g_cancellable_cancel (self->finding);
  set_finding (self, NULL);
}

static void
on_progress (double share, gpointer data)
{
  Search *search = data;

  if (search->page->finding == search->cancellable)
    gtk_progress_bar_set_fraction (search->page->find_progress, share);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Search) search = data;
  NumeralResultsPage *self = search->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) suspects = numeral_evaluation_suspects_finish (result, &error);

  if (self->finding != search->cancellable)
    return;
  if (suspects)
    self->suspects = g_steal_pointer (&suspects);
  set_finding (self, NULL);
  if (error)
    {
      g_autofree char *text = numeral_format_sentence (error->message);

      numeral_toast_show (GTK_WIDGET (self), text);
      return;
    }
  numeral_results_page_set_show (self, NUMERAL_SHOW_SUSPECTS);
}

void
numeral_results_page_find (NumeralResultsPage *self)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Search *search;
  NumeralEvaluationWatch watch = { on_progress, NULL, NULL };

  if (!self->evaluation || self->suspects)
    return;
  numeral_results_page_stop_finding (self);
  search = g_new0 (Search, 1);
  *search = (Search){ g_object_ref (self), g_object_ref (cancellable) };
  watch.data = search;
  set_finding (self, cancellable);
  numeral_evaluation_suspects_async (self->evaluation->dataset, &watch, cancellable, on_found,
                                     search);
}
