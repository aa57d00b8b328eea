/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-json.h"
#include "numeral-results-page-private.h"
#include "numeral-toast.h"

/**
 * Step:
 * @cancellable: of this measurement; a stale callback no longer matches the page's
 * @compares: whether the other model is measured
 *
 * Measuring: load a model, load the samples unless they are there, read them.
 */
typedef struct
{
  NumeralResultsPage *page;
  GCancellable *cancellable;
  gboolean compares;
  NumeralModel *model; /* (nullable) */
} Step;

static void
step_free (Step *step)
{
  g_object_unref (step->page);
  g_object_unref (step->cancellable);
  g_clear_pointer (&step->model, numeral_model_unref);
  g_free (step);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static gboolean
is_wanted (const Step *step)
{
  return step->page->going == step->cancellable;
}

static void
set_going (NumeralResultsPage *self, GCancellable *going, const char *text)
{
  g_set_object (&self->going, going);
  gtk_widget_set_visible (self->going_box, going != NULL);
  gtk_label_set_text (self->going_text, text);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.measure", !going);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.cancel", going != NULL);
}

void
numeral_results_page_stop (NumeralResultsPage *self)
{
  if (self->going)
    g_cancellable_cancel (self->going);
  set_going (self, NULL, "");
}

void
numeral_results_page_cancel (NumeralResultsPage *self)
{
  if (!self->going)
    return;
  numeral_results_page_stop (self);
  if (self->whole)
    return;
  numeral_results_page_clear (self);
  numeral_results_page_show_status (self, _ ("Stopped"), _ ("Nothing was measured."), TRUE);
}

/* Ends the step with its error. */
static void
fail (Step *step, const char *title, const GError *error)
{
  NumeralResultsPage *self = step->page;
  g_autofree char *text = numeral_format_sentence (error->message);

  set_going (self, NULL, "");
  if (step->compares)
    {
      numeral_results_page_show_comparison (self);
      numeral_toast_show (GTK_WIDGET (self), text);
      return;
    }
  numeral_results_page_clear (self);
  numeral_results_page_show_status (self, title, text, TRUE);
}

static void
on_progress (double share, gpointer data)
{
  Step *step = data;

  if (is_wanted (step))
    gtk_progress_bar_set_fraction (step->page->progress, share);
}

static void
on_found (const NumeralMistake *mistakes, guint n, gpointer data)
{
  Step *step = data;

  if (is_wanted (step))
    numeral_results_page_add_mistakes (step->page, mistakes, n);
}

static void
take_evaluation (NumeralResultsPage *self, NumeralEvaluation *evaluation)
{
  const double seconds = (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;
  /* Translators: a number of samples, and the time that it took to read them */
  g_autofree char *text =
      g_strdup_printf (_ ("%'zu samples in %.1f s"), evaluation->dataset->n, seconds);

  numeral_results_page_list_writers (self, evaluation->writers);
  self->whole = evaluation;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->accuracy), text);
  numeral_results_page_restrict (self);
  numeral_results_page_compare (self);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  NumeralResultsPage *self = step->page;
  g_autoptr (GError) error = NULL;
  NumeralEvaluation *evaluation = numeral_evaluation_run_finish (result, &error);

  if (!is_wanted (step))
    {
      g_clear_pointer (&evaluation, numeral_evaluation_unref);
      return;
    }
  if (!evaluation)
    {
      fail (step, _ ("The Model Cannot Be Measured"), error);
      return;
    }
  set_going (self, NULL, "");
  if (!step->compares)
    {
      take_evaluation (self, evaluation);
      return;
    }
  self->whole_compared = evaluation;
  numeral_results_page_restrict (self);
}

static void
evaluate (Step *step)
{
  NumeralResultsPage *self = step->page;
  const NumeralEvaluationWatch watch = { on_progress, step->compares ? NULL : on_found, step };

  gtk_label_set_text (self->going_text, step->compares ? _ ("Comparing…") : _ ("Measuring…"));
  if (!step->compares)
    self->started = g_get_monotonic_time ();
  numeral_evaluation_run_async (step->model, self->dataset, &watch, step->cancellable, on_measured,
                                step);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  NumeralResultsPage *self = step->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *remarks = NULL;
  g_autoptr (NnDataset) dataset = numeral_dataset_load_finish (result, &remarks, &error);

  if (!is_wanted (step))
    return;
  if (g_error_matches (error, NUMERAL_DATASET_ERROR, NUMERAL_DATASET_ERROR_NO_MNIST))
    {
      set_going (self, NULL, "");
      numeral_results_page_clear (self);
      numeral_results_page_show_missing (self);
      return;
    }
  if (!dataset)
    {
      fail (step, _ ("These Samples Cannot Be Read"), error);
      return;
    }
  gtk_label_set_text (self->remarks, remarks ? remarks : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), remarks != NULL);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  self->dataset = g_steal_pointer (&dataset);
  evaluate (g_steal_pointer (&step));
}

/* The settings that say which samples are held out. */
static const NumeralRunConfig *
get_config (NumeralResultsPage *self)
{
  NumeralRun *run = numeral_model_choice_get_run (self->model);

  return run ? numeral_run_get_config (run) : numeral_lab_get_config (self->lab);
}

/* (transfer full) (nullable): what would be loaded; %NULL for files and one's own handwriting,
 * which may change. */
static char *
describe_data (NumeralResultsPage *self)
{
  const NumeralRunConfig *config = get_config (self);
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GBytes) text = NULL;

  if (self->what == NUMERAL_BROWSE_TEST_PATH || self->what == NUMERAL_BROWSE_HANDWRITING)
    return NULL;
  if (self->what != NUMERAL_BROWSE_VALIDATION)
    return g_strdup_printf ("%d", self->what);
  if (config->source == NUMERAL_SOURCE_PATH || config->source == NUMERAL_SOURCE_HANDWRITING)
    return NULL;
  json = numeral_run_config_to_json (config);
  text = numeral_json_format (json);
  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

static void
on_model (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  NumeralResultsPage *self = step->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *loaded = NULL;

  step->model = numeral_model_choice_load_finish (result, &error);
  if (!is_wanted (step))
    return;
  if (!step->model)
    {
      fail (step, _ ("The Model Cannot Be Loaded"), error);
      return;
    }
  loaded = step->compares ? NULL : describe_data (self);
  if (step->compares || (self->dataset && loaded && g_strcmp0 (loaded, self->loaded) == 0))
    {
      evaluate (g_steal_pointer (&step));
      return;
    }
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  if (self->measured != self->what || g_strcmp0 (self->measured_path, self->path) != 0)
    numeral_results_page_drop_writers (self);
  g_free (self->loaded);
  self->loaded = g_steal_pointer (&loaded);
  gtk_label_set_text (self->going_text, _ ("Loading…"));
  self->measured = self->what;
  g_free (self->measured_path);
  self->measured_path = g_strdup (self->path);
  numeral_dataset_load_async (self->what, get_config (self), self->path, step->cancellable,
                              on_loaded, step);
  g_steal_pointer (&step);
}

static void
begin (NumeralResultsPage *self, gboolean compares)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Step *step = g_new0 (Step, 1);

  *step = (Step){ g_object_ref (self), g_object_ref (cancellable), compares, NULL };
  set_going (self, cancellable, compares ? _ ("Comparing…") : _ ("Loading…"));
  numeral_model_choice_load_async (compares ? self->other : self->model, cancellable, on_model,
                                   step);
}

void
numeral_results_page_measure (NumeralResultsPage *self)
{
  numeral_results_page_stop (self);
  numeral_results_page_stop_finding (self);
  numeral_results_page_clear (self);
  begin (self, FALSE);
}

void
numeral_results_page_compare (NumeralResultsPage *self)
{
  if (!self->whole)
    return;
  numeral_results_page_stop (self);
  g_clear_pointer (&self->whole_compared, numeral_evaluation_unref);
  numeral_results_page_restrict (self);
  if (!numeral_model_choice_is_none (self->other))
    begin (self, TRUE);
}
