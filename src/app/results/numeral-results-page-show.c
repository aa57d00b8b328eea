/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-mnist.h"
#include "numeral-results-page-private.h"
#include "picture-confusion.h"

/* A p value below this one is shown as such. */
#define LEAST_P 0.0001

const char *const numeral_results_page_show_names[NUMERAL_N_SHOWS] = {
  "all", "cell", "mended", "broken", "both", "suspects"
};

void
numeral_results_page_show_status (NumeralResultsPage *self,
                                  const char *title,
                                  const char *text,
                                  gboolean retry)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (self->retry, retry);
  gtk_widget_set_visible (self->get_mnist, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

void
numeral_results_page_show_empty (NumeralResultsPage *self)
{
  numeral_results_page_show_status (self, _ ("No Results Yet"),
                                    _ ("Choose a model and samples, and measure how well the "
                                       "model reads them."),
                                    FALSE);
}

void
numeral_results_page_show_missing (NumeralResultsPage *self)
{
  numeral_results_page_show_status (self, _ ("MNIST Is Not Here"),
                                    _ ("Measure on the handwriting that is built in, open a folder "
                                       "of samples, or get MNIST."),
                                    FALSE);
  gtk_widget_set_visible (self->get_mnist, numeral_mnist_can_download ());
}

static void
show_chip (NumeralResultsPage *self, NumeralShow show, const char *name, gboolean visible, gsize n)
{
  /* Translators: a kind of samples, and how many of it there are */
  g_autofree char *text = g_strdup_printf (_ ("%s %'zu"), name, n);

  gtk_button_set_label (GTK_BUTTON (self->chips[show]), text);
  gtk_widget_set_visible (GTK_WIDGET (self->chips[show]), visible);
}

static void
show_chips (NumeralResultsPage *self)
{
  const NumeralEvaluation *evaluation = self->evaluation;
  g_autoptr (GArray) suspects = numeral_results_page_collect_suspects (self);
  const gsize *n = self->comparison ? self->comparison->n : (const gsize[NN_N_CHANGES]){ 0 };
  guint label, answer;
  const gboolean chosen = numeral_confusion_view_get_chosen (self->confusion, &label, &answer);
  const gsize n_cell =
      chosen ?
          evaluation->figures->confusion[(gsize) label * evaluation->figures->n_classes + answer] :
          0;

  show_chip (self, NUMERAL_SHOW_ALL, _ ("Mistakes"), TRUE,
             evaluation ? evaluation->mistakes->len :
                          numeral_result_list_get_total (self->results));
  show_chip (self, NUMERAL_SHOW_CELL, _ ("This Cell"), chosen, n_cell);
  /* Translators: mistakes of the other model that this one does not make */
  show_chip (self, NUMERAL_SHOW_MENDED, _ ("Mended"), self->comparison != NULL,
             n[NN_CHANGE_MENDED]);
  /* Translators: mistakes that the other model does not make */
  show_chip (self, NUMERAL_SHOW_BROKEN, _ ("Broken"), self->comparison != NULL,
             n[NN_CHANGE_BROKEN]);
  show_chip (self, NUMERAL_SHOW_BOTH, _ ("Both Wrong"), self->comparison != NULL,
             n[NN_CHANGE_BOTH_WRONG]);
  show_chip (self, NUMERAL_SHOW_SUSPECTS, _ ("Probably Mislabelled"), self->suspects != NULL,
             suspects->len);
}

static gboolean
is_available (NumeralResultsPage *self, NumeralShow show)
{
  guint label, answer;

  switch (show)
    {
    case NUMERAL_SHOW_CELL:
      return numeral_confusion_view_get_chosen (self->confusion, &label, &answer);
    case NUMERAL_SHOW_MENDED:
    case NUMERAL_SHOW_BROKEN:
    case NUMERAL_SHOW_BOTH:
      return self->comparison != NULL;
    case NUMERAL_SHOW_SUSPECTS:
      return self->suspects != NULL;
    case NUMERAL_SHOW_ALL:
    case NUMERAL_N_SHOWS:
    default:
      return TRUE;
    }
}

/* A mistake of @of (nullable): of all samples */
static NumeralResult
result_of (const NumeralEvaluation *of, const NumeralMistake *mistake)
{
  return (NumeralResult){ .index = of ? numeral_evaluation_get_number (of, mistake->index) :
                                        mistake->index,
                          .kind = NUMERAL_RESULT_MISTAKE,
                          .label = mistake->label,
                          .answer = mistake->answer,
                          .probability = mistake->probability };
}

/* The mistakes of one model, by their confidence; @change: of the comparison, or NN_N_CHANGES for
 * all */
static void
add_mistakes (NumeralResultsPage *self, const NumeralEvaluation *of, guint change, GArray *results)
{
  static const NumeralResultKind kinds[NN_N_CHANGES] = {
    [NN_CHANGE_MENDED] = NUMERAL_RESULT_MENDED,
    [NN_CHANGE_BROKEN] = NUMERAL_RESULT_BROKEN,
    [NN_CHANGE_BOTH_WRONG] = NUMERAL_RESULT_BOTH_WRONG,
  };

  for (guint i = 0; i < of->mistakes->len; i++)
    {
      const NumeralMistake *mistake = &g_array_index (of->mistakes, NumeralMistake, i);
      NumeralResult result = result_of (of, mistake);

      if (change != NN_N_CHANGES)
        {
          if (self->comparison->changes[mistake->index] != change)
            continue;
          result.kind = kinds[change];
          result.other = self->compared->answers[mistake->index];
        }
      g_array_append_val (results, result);
    }
}

/* Of a cell of right answers all samples, in their order. */
static void
add_cell (NumeralResultsPage *self, GArray *results)
{
  const NumeralEvaluation *of = self->evaluation;
  guint label, answer;

  numeral_confusion_view_get_chosen (self->confusion, &label, &answer);
  if (label != answer)
    {
      for (guint i = 0; i < of->mistakes->len; i++)
        {
          const NumeralMistake *mistake = &g_array_index (of->mistakes, NumeralMistake, i);
          const NumeralResult result = result_of (of, mistake);

          if (mistake->label == label && mistake->answer == answer)
            g_array_append_val (results, result);
        }
      return;
    }
  for (gsize i = 0; i < of->dataset->n; i++)
    if (of->dataset->labels[i] == label && of->answers[i] == answer)
      {
        const NumeralResult result = { .index = numeral_evaluation_get_number (of, i),
                                       .kind = NUMERAL_RESULT_MISTAKE,
                                       .label = label,
                                       .answer = answer,
                                       .probability = (double) of->probabilities[i] };

        g_array_append_val (results, result);
      }
}

static void
add_suspects (NumeralResultsPage *self, GArray *results)
{
  g_autoptr (GArray) suspects = numeral_results_page_collect_suspects (self);

  for (guint i = 0; i < suspects->len; i++)
    {
      const NnSuspect *suspect = &g_array_index (suspects, NnSuspect, i);
      const NumeralResult result = {
        suspect->index,          NUMERAL_RESULT_SUSPECT, suspect->label, suspect->better, 0,
        (double) suspect->margin
      };

      g_array_append_val (results, result);
    }
}

/* (transfer full) */
static GArray *
collect (NumeralResultsPage *self)
{
  GArray *results = g_array_new (FALSE, FALSE, sizeof (NumeralResult));

  if (!self->evaluation)
    return results;
  if (self->show == NUMERAL_SHOW_ALL)
    add_mistakes (self, self->evaluation, NN_N_CHANGES, results);
  else if (self->show == NUMERAL_SHOW_CELL)
    add_cell (self, results);
  else if (self->show == NUMERAL_SHOW_MENDED)
    add_mistakes (self, self->compared, NN_CHANGE_MENDED, results);
  else if (self->show == NUMERAL_SHOW_BROKEN)
    add_mistakes (self, self->evaluation, NN_CHANGE_BROKEN, results);
  else if (self->show == NUMERAL_SHOW_BOTH)
    add_mistakes (self, self->evaluation, NN_CHANGE_BOTH_WRONG, results);
  else
    add_suspects (self, results);
  return results;
}

void
numeral_results_page_update_more (NumeralResultsPage *self)
{
  const guint total = numeral_result_list_get_total (self->results);

  gtk_widget_set_visible (self->more,
                          total > g_list_model_get_n_items (G_LIST_MODEL (self->results)));
  gtk_label_set_text (self->none, self->show == NUMERAL_SHOW_ALL ? _ ("There are no mistakes.") :
                                                                   _ ("There are none."));
  gtk_widget_set_visible (GTK_WIDGET (self->none), self->evaluation && total == 0);
}

gboolean
numeral_results_page_can_leave_out (NumeralResultsPage *self)
{
  return self->show == NUMERAL_SHOW_SUSPECTS && self->suspects && self->suspects->len > 0 &&
         (self->measured == NUMERAL_BROWSE_MNIST_TRAIN ||
          self->measured == NUMERAL_BROWSE_TEST_PATH);
}

void
numeral_results_page_set_show (NumeralResultsPage *self, NumeralShow show)
{
  const NumeralShow before = self->show;

  self->show = is_available (self, show) ? show : NUMERAL_SHOW_ALL;
  show_chips (self);
  numeral_result_list_set (self->results, self->evaluation ? self->whole->dataset : NULL,
                           collect (self));
  numeral_results_page_update_more (self);
  gtk_widget_set_visible (self->leave_out, numeral_results_page_can_leave_out (self));
  if (self->show != before || show != self->show)
    g_object_notify (G_OBJECT (self), "show");
}

void
numeral_results_page_clear (NumeralResultsPage *self)
{
  numeral_results_page_stop_restricting (self);
  numeral_results_page_forget_labels (self);
  g_clear_pointer (&self->whole, numeral_evaluation_unref);
  g_clear_pointer (&self->whole_compared, numeral_evaluation_unref);
  g_clear_pointer (&self->evaluation, numeral_evaluation_unref);
  g_clear_pointer (&self->compared, numeral_evaluation_unref);
  g_clear_pointer (&self->comparison, nn_comparison_free);
  g_clear_pointer (&self->suspects, g_array_unref);
  numeral_confusion_view_set (self->confusion, NULL);
  numeral_reliability_view_set (self->reliability, NULL);
  gtk_label_set_text (self->compared_text, "");
  numeral_results_page_set_show (self, NUMERAL_SHOW_ALL);
  numeral_figure_card_set (self->accuracy, "–", NULL);
  numeral_figure_card_set (self->loss, "–", NULL);
  numeral_figure_card_set (self->ece, "–", NULL);
  numeral_figure_card_set (self->refused, "–", NULL);
  gtk_widget_set_visible (self->cards, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->writer), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.find-mislabelled", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.export", FALSE);
}

void
numeral_results_page_add_mistakes (NumeralResultsPage *self,
                                   const NumeralMistake *mistakes,
                                   guint n)
{
  g_autofree NumeralResult *results = g_new (NumeralResult, n);
  guint n_taken = 0;

  for (guint i = 0; i < n; i++)
    if (numeral_results_page_takes (self, mistakes[i].index))
      results[n_taken++] = result_of (NULL, &mistakes[i]);
  if (numeral_result_list_get_total (self->results) == 0)
    numeral_result_list_set (self->results, self->dataset, NULL);
  numeral_result_list_merge (self->results, results, n_taken);
  show_chips (self);
  numeral_results_page_update_more (self);
  gtk_stack_set_visible_child_name (self->stack, "results");
}

static void
show_accuracy (NumeralResultsPage *self)
{
  const NnEvaluation *figures = self->evaluation->figures;
  g_autofree char *value = g_strdup_printf (_ ("%.2f %%"), 100 * figures->accuracy);
  /* Translators: the two ends of an interval in percent */
  g_autofree char *note =
      g_strdup_printf (_ ("95 %% interval %.2f to %.2f"), 100 * figures->interval.low,
                       100 * figures->interval.high);

  numeral_figure_card_set (self->accuracy, value, note);
}

static void
show_refused (NumeralResultsPage *self)
{
  const NumeralEvaluation *evaluation = self->evaluation;
  g_autofree char *value = g_strdup_printf ("%'zu", evaluation->n_refused);
  g_autofree char *note = g_strdup_printf (_ ("%.2f %% of the samples"),
                                           100 * (double) evaluation->n_refused /
                                               (double) MAX (evaluation->figures->count, 1));

  if (evaluation->novelty)
    numeral_figure_card_set (self->refused, value, note);
  else
    numeral_figure_card_set (self->refused, "–", _ ("the model refuses nothing"));
}

void
numeral_results_page_show_figures (NumeralResultsPage *self)
{
  const NnEvaluation *figures = self->evaluation->figures;
  g_autofree char *loss = g_strdup_printf ("%.4f", figures->loss);
  g_autofree char *ece = g_strdup_printf (_ ("%.2f %%"), 100 * figures->ece);
  g_autofree char *bins = g_strdup_printf (_ ("expected, %u bins"), NN_ECE_BINS);
  const gboolean legible = figures->n_classes <= PICTURE_CONFUSION_MAX;

  show_accuracy (self);
  numeral_figure_card_set (self->loss, loss, _ ("of the network"));
  numeral_figure_card_set (self->ece, ece, bins);
  show_refused (self);
  gtk_widget_set_visible (self->confusion_card, legible);
  numeral_confusion_view_set (self->confusion, legible ? self->evaluation : NULL);
  numeral_reliability_view_set (self->reliability, self->evaluation);
  gtk_widget_set_visible (self->cards, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.find-mislabelled", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.export", TRUE);
  gtk_stack_set_visible_child_name (self->stack, "results");
  numeral_results_page_show_comparison (self);
}

void
numeral_results_page_show_comparison (NumeralResultsPage *self)
{
  g_autofree char *text = NULL;

  if (self->comparison)
    {
      const gsize *n = self->comparison->n;
      const NnEvaluation *other = self->compared->figures;

      const double p = self->comparison->p;
      g_autofree char *test =
          p < LEAST_P ? g_strdup_printf ("p < %.4f", LEAST_P) : g_strdup_printf ("p = %.4f", p);

      /* Translators: the accuracy of another model in percent, numbers of samples that this model
         reads right or wrong where that one does not, and such as "p = 0.0312" */
      text =
          g_strdup_printf (_ ("It reads %.2f %%. Against it: %'zu mended, %'zu broken, %'zu wrong "
                              "in both (McNemar %s)"),
                           100 * other->accuracy, n[NN_CHANGE_MENDED], n[NN_CHANGE_BROKEN],
                           n[NN_CHANGE_BOTH_WRONG], test);
    }
  gtk_label_set_text (self->compared_text, text ? text : "");
  numeral_results_page_set_show (self, self->show);
}
