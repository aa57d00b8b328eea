/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-curves.h"

#include <glib/gi18n.h>

enum
{
  TRAINING,
  VALIDATION,
  EARLIER,
};

struct _NumeralRunCurves
{
  NumeralChart *loss, *accuracy, *rate;
  guint epochs;
  guint n_steps, n_epochs; /* numbers of points in the charts */
};

NumeralRunCurves *
numeral_run_curves_new (NumeralChart *loss, NumeralChart *accuracy, NumeralChart *rate)
{
  NumeralRunCurves *self = g_new0 (NumeralRunCurves, 1);
  NumeralChart *const charts[] = { loss, accuracy, rate };

  *self = (NumeralRunCurves){ .loss = loss, .accuracy = accuracy, .rate = rate };
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      numeral_chart_set_texts (charts[i], _ ("epoch"), _ ("Press Train to watch a network learn"));
      numeral_chart_add_curve (charts[i], i < 2 ? _ ("training") : _ ("learning rate"),
                               i < 2 ? NUMERAL_CHART_NOISY : NUMERAL_CHART_PLAIN);
    }
  numeral_chart_add_curve (loss, _ ("validation"), NUMERAL_CHART_MARKED);
  numeral_chart_add_curve (accuracy, _ ("validation"), NUMERAL_CHART_MARKED);
  numeral_chart_set_y_format (accuracy, PICTURE_FORMAT_PERCENT);
  return self;
}

void
numeral_run_curves_free (NumeralRunCurves *self)
{
  g_free (self);
}

void
numeral_run_curves_begin (NumeralRunCurves *self, guint epochs)
{
  self->epochs = epochs;
  self->n_steps = self->n_epochs = 0;
  numeral_chart_clear_curve (self->rate, TRAINING);
  numeral_chart_clear_curve (self->loss, TRAINING);
  numeral_chart_clear_curve (self->accuracy, TRAINING);
  numeral_chart_clear_curve (self->loss, VALIDATION);
  numeral_chart_clear_curve (self->accuracy, VALIDATION);
  numeral_chart_set_best (self->loss, VALIDATION, (double) NAN);
  numeral_chart_set_best (self->accuracy, VALIDATION, (double) NAN);
  numeral_chart_set_x_end (self->loss, epochs);
  numeral_chart_set_x_end (self->accuracy, epochs);
  numeral_chart_set_x_end (self->rate, epochs);
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

void
numeral_run_curves_update (NumeralRunCurves *self, const NumeralHistory *history)
{
  if (history->steps->len < self->n_steps || history->epochs->len < self->n_epochs)
    numeral_run_curves_begin (self, self->epochs);
  for (guint i = self->n_steps; i < history->steps->len; i++)
    {
      const NumeralStepPoint *point = &g_array_index (history->steps, NumeralStepPoint, i);
      const double x = epoch_of (history, i + 1);

      numeral_chart_append (self->loss, TRAINING, x, (double) point->loss);
      numeral_chart_append (self->accuracy, TRAINING, x, (double) point->accuracy);
      numeral_chart_append (self->rate, TRAINING, x, (double) point->learning_rate);
    }
  self->n_steps = history->steps->len;
  for (guint i = self->n_epochs; i < history->epochs->len; i++)
    {
      const NumeralEpochPoint *point = &g_array_index (history->epochs, NumeralEpochPoint, i);
      const double x = epoch_of (history, point->step);

      numeral_chart_append (self->loss, VALIDATION, x, point->validation_loss);
      numeral_chart_append (self->accuracy, VALIDATION, x, point->validation_accuracy);
    }
  self->n_epochs = history->epochs->len;
  mark_best (self, history);
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
  for (guint i = 0; i < history->steps->len; i++)
    {
      const NumeralStepPoint *point = &g_array_index (history->steps, NumeralStepPoint, i);

      numeral_chart_append (self->loss, loss, epoch_of (history, i + 1), (double) point->loss);
      numeral_chart_append (self->accuracy, accuracy, epoch_of (history, i + 1),
                            (double) point->accuracy);
    }
}
