/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-data.h"
#include "numeral-format.h"
#include "numeral-left-out.h"
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
                                 !finding && self->whole && !self->suspects);
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

  if (!self->whole || self->suspects)
    return;
  numeral_results_page_stop_finding (self);
  search = g_new0 (Search, 1);
  *search = (Search){ g_object_ref (self), g_object_ref (cancellable) };
  watch.data = search;
  set_finding (self, cancellable);
  numeral_evaluation_suspects_async (self->whole->dataset, &watch, cancellable, on_found, search);
}

/**
 * Leaving:
 * @path: (nullable): of the samples, if they are not MNIST
 *
 * What is worked out in a thread: the identity of the samples, and whether a run would learn from
 * the same ones.
 */
typedef struct
{
  NnDataset *dataset;
  GArray *suspects;
  char *path;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  nn_dataset_unref (leaving->dataset);
  g_array_unref (leaving->suspects);
  g_free (leaving->path);
  g_free (leaving);
}

static void
format_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Leaving *leaving = data;
  const guint n = leaving->suspects->len;
  g_autofree guint32 *indices = g_new (guint32, MAX (n, 1));

  if (leaving->path && numeral_data_has_test (leaving->path))
    {
      g_task_return_new_error (task, NN_ERROR, NN_ERROR_CONFIG,
                               _ ("These are samples for testing, which no run learns from"));
      return;
    }
  for (guint i = 0; i < n; i++)
    indices[i] = (guint32) g_array_index (leaving->suspects, NnSuspect, i).index;
  g_task_return_pointer (task, numeral_left_out_format (leaving->dataset, indices, n), g_free);
}

static void
on_formatted (GObject *source, GAsyncResult *result, gpointer page)
{
  g_autoptr (NumeralResultsPage) self = page;
  const Leaving *leaving = g_task_get_task_data (G_TASK (result));
  const guint n = leaving->suspects->len;
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autofree char *message = NULL, *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (!self->lab)
    return;
  if (!text)
    {
      numeral_toast_show (GTK_WIDGET (self), error->message);
      return;
    }
  config = numeral_run_config_copy (numeral_lab_get_config (self->lab));
  config->source = leaving->path ? NUMERAL_SOURCE_PATH : NUMERAL_SOURCE_MNIST;
  if (leaving->path)
    {
      g_free (config->path);
      config->path = g_strdup (leaving->path);
    }
  g_free (config->left_out);
  config->left_out = g_steal_pointer (&text);
  numeral_lab_set_config (self->lab, config);
  message = g_strdup_printf (ngettext ("The next run leaves %u sample out",
                                       "The next run leaves %u samples out", n),
                             n);
  numeral_toast_show (GTK_WIDGET (self), message);
}

void
numeral_results_page_leave_out (NumeralResultsPage *self)
{
  g_autoptr (GTask) task = NULL;
  Leaving *leaving;

  if (!numeral_results_page_can_leave_out (self))
    return;
  task = g_task_new (NULL, NULL, on_formatted, g_object_ref (self));
  leaving = g_new0 (Leaving, 1);
  leaving->dataset = nn_dataset_ref (self->dataset);
  leaving->suspects = numeral_results_page_collect_suspects (self);
  if (self->measured == NUMERAL_BROWSE_TEST_PATH)
    leaving->path = g_strdup (self->measured_path);
  g_task_set_task_data (task, leaving, leaving_free);
  g_task_run_in_thread (task, format_in_thread);
}
