/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-curves.h"

#include <glib/gi18n.h>

enum
{
  TRAINING,
  VALIDATION,
  EARLIER,
};

/**
 * NumeralRunCurves:
 * @shown: (nullable): the losses that are shown; with them the other series of their history
 * @n_steps: @n_epochs: how many points of them were drawn last
 */
struct _NumeralRunCurves
{
  NumeralChart *loss, *accuracy, *rate, *epsilon;
  guint epochs;
  BaseSeries *shown;
  gsize n_steps, n_epochs;
};

NumeralRunCurves *
numeral_run_curves_new (NumeralChart *loss,
                        NumeralChart *accuracy,
                        NumeralChart *rate,
                        NumeralChart *epsilon)
{
  NumeralRunCurves *self = g_new0 (NumeralRunCurves, 1);
  NumeralChart *const charts[] = { loss, accuracy, rate };

  *self =
      (NumeralRunCurves){ .loss = loss, .accuracy = accuracy, .rate = rate, .epsilon = epsilon };
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      numeral_chart_set_texts (charts[i], _ ("epoch"), _ ("Press Train to watch a network learn"));
      numeral_chart_add_curve (charts[i], i < 2 ? _ ("training") : _ ("learning rate"),
                               i < 2 ? NUMERAL_CHART_NOISY : NUMERAL_CHART_PLAIN);
    }
  numeral_chart_add_curve (loss, _ ("validation"), NUMERAL_CHART_MARKED);
  numeral_chart_add_curve (accuracy, _ ("validation"), NUMERAL_CHART_MARKED);
  numeral_chart_set_y_format (accuracy, PICTURE_FORMAT_PERCENT);
  numeral_chart_set_texts (epsilon, _ ("epoch"), _ ("Known after the first epoch"));
  /* Translators: epsilon of differential privacy: what a run tells of any one sample */
  numeral_chart_add_curve (epsilon, _ ("epsilon spent"), NUMERAL_CHART_MARKED);
  return self;
}

void
numeral_run_curves_free (NumeralRunCurves *self)
{
  g_clear_pointer (&self->shown, base_series_unref);
  g_free (self);
}

void
numeral_run_curves_begin (NumeralRunCurves *self, guint epochs)
{
  self->epochs = epochs;
  g_clear_pointer (&self->shown, base_series_unref);
  self->n_steps = self->n_epochs = 0;
  numeral_chart_clear_curve (self->rate, TRAINING);
  numeral_chart_clear_curve (self->epsilon, TRAINING);
  numeral_chart_clear_curve (self->loss, TRAINING);
  numeral_chart_clear_curve (self->accuracy, TRAINING);
  numeral_chart_clear_curve (self->loss, VALIDATION);
  numeral_chart_clear_curve (self->accuracy, VALIDATION);
  numeral_chart_set_best (self->loss, VALIDATION, (double) NAN);
  numeral_chart_set_best (self->accuracy, VALIDATION, (double) NAN);
  numeral_chart_set_x_end (self->loss, epochs);
  numeral_chart_set_x_end (self->accuracy, epochs);
  numeral_chart_set_x_end (self->rate, epochs);
  numeral_chart_set_x_end (self->epsilon, epochs);
}

static double
epoch_of (const NumeralHistory *history, guint64 steps)
{
  return (double) steps / (double) MAX (history->steps_per_epoch, 1);
}

static void
mark_best (NumeralRunCurves *self, const NumeralHistory *history)
{
  const NumeralEpochPoint *best;
  double x;

  if (history->best_epoch < 0)
    return;
  best = &g_array_index (history->epochs, NumeralEpochPoint, history->best_epoch);
  if (isnan (best->validation_loss))
    return;
  x = epoch_of (history, best->step);
  numeral_chart_set_best (self->loss, VALIDATION, x);
  numeral_chart_set_best (self->accuracy, VALIDATION, x);
}

static void
show (NumeralRunCurves *self, const NumeralHistory *history)
{
  const guint64 per_epoch = history->steps_per_epoch;

  self->shown = base_series_ref (history->loss);
  numeral_chart_show_values (self->loss, TRAINING, history->loss, per_epoch);
  numeral_chart_show_values (self->accuracy, TRAINING, history->accuracy, per_epoch);
  numeral_chart_show_values (self->rate, TRAINING, history->learning_rate, per_epoch);
  numeral_chart_show_values (self->epsilon, TRAINING, history->epsilon, 1);
  numeral_chart_show_values (self->loss, VALIDATION, history->validation_loss, 1);
  numeral_chart_show_values (self->accuracy, VALIDATION, history->validation_accuracy, 1);
}

void
numeral_run_curves_update (NumeralRunCurves *self, const NumeralHistory *history)
{
  const gsize n_steps = numeral_history_get_n_steps (history), n_epochs = history->epochs->len;

  if (self->shown != history->loss)
    {
      numeral_run_curves_begin (self, self->epochs);
      show (self, history);
    }
  if (n_steps == self->n_steps && n_epochs == self->n_epochs)
    return;
  self->n_steps = n_steps;
  self->n_epochs = n_epochs;
  mark_best (self, history);
  gtk_widget_queue_draw (GTK_WIDGET (self->loss));
  gtk_widget_queue_draw (GTK_WIDGET (self->accuracy));
  gtk_widget_queue_draw (GTK_WIDGET (self->rate));
  gtk_widget_queue_draw (GTK_WIDGET (self->epsilon));
}

void
numeral_run_curves_set_earlier (NumeralRunCurves *self,
                                const char *name,
                                const NumeralHistory *history)
{
  guint loss, accuracy;

  numeral_chart_remove_curves (self->loss, EARLIER);
  numeral_chart_remove_curves (self->accuracy, EARLIER);
  if (!name || !history)
    return;
  loss = numeral_chart_add_curve (self->loss, name, NUMERAL_CHART_EARLIER);
  accuracy = numeral_chart_add_curve (self->accuracy, name, NUMERAL_CHART_EARLIER);
  numeral_chart_show_values (self->loss, loss, history->loss, history->steps_per_epoch);
  numeral_chart_show_values (self->accuracy, accuracy, history->accuracy, history->steps_per_epoch);
}
