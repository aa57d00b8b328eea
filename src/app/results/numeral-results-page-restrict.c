/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-results-page-private.h"

/**
 * Restriction:
 * @whole: @other: (nullable): of all samples, and that of the model to compare with
 * @of_writer: @writer: whether only the samples of a writer are wanted, and whose
 * @evaluation: @compared: @comparison: the result, for these samples
 *
 * Worked out in a thread, because a data set may have many samples.
 */
typedef struct
{
  NumeralEvaluation *whole, *other;
  gboolean of_writer;
  guint32 writer;
  NumeralEvaluation *evaluation, *compared;
  NnComparison *comparison;
} Restriction;

static void
restriction_free (gpointer data)
{
  Restriction *restriction = data;

  numeral_evaluation_unref (restriction->whole);
  g_clear_pointer (&restriction->other, numeral_evaluation_unref);
  g_clear_pointer (&restriction->evaluation, numeral_evaluation_unref);
  g_clear_pointer (&restriction->compared, numeral_evaluation_unref);
  g_clear_pointer (&restriction->comparison, nn_comparison_free);
  g_free (restriction);
}

static void
restrict_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Restriction *r = data;

  r->evaluation = r->of_writer ? numeral_evaluation_of_writer (r->whole, r->writer) :
                                 numeral_evaluation_ref (r->whole);
  if (r->other)
    {
      r->compared = r->of_writer ? numeral_evaluation_of_writer (r->other, r->writer) :
                                   numeral_evaluation_ref (r->other);
      r->comparison = numeral_evaluation_compare (r->evaluation, r->compared);
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_restricted (GObject *source, GAsyncResult *result, gpointer page)
{
  g_autoptr (NumeralResultsPage) self = page;
  Restriction *restriction = g_task_get_task_data (G_TASK (result));

  /* A stale callback no longer matches the page's cancellable. */
  if (self->restricting != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->restricting);
  g_clear_pointer (&self->evaluation, numeral_evaluation_unref);
  g_clear_pointer (&self->compared, numeral_evaluation_unref);
  g_clear_pointer (&self->comparison, nn_comparison_free);
  self->evaluation = g_steal_pointer (&restriction->evaluation);
  self->compared = g_steal_pointer (&restriction->compared);
  self->comparison = g_steal_pointer (&restriction->comparison);
  numeral_results_page_show_figures (self);
}

void
numeral_results_page_restrict (NumeralResultsPage *self)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_restricted, g_object_ref (self));
  Restriction *restriction = g_new0 (Restriction, 1);

  numeral_results_page_stop_restricting (self);
  self->restricting = g_steal_pointer (&cancellable);
  restriction->whole = numeral_evaluation_ref (self->whole);
  if (self->whole_compared)
    restriction->other = numeral_evaluation_ref (self->whole_compared);
  restriction->of_writer = numeral_results_page_get_writer (self, &restriction->writer);
  g_task_set_task_data (task, restriction, restriction_free);
  g_task_run_in_thread (task, restrict_in_thread);
}
