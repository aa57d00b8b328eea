/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-history.h"

#include <math.h>

/* Minibatches that are converted at a time. */
#define CHUNK 512

NumeralHistory *
numeral_history_new (guint64 steps_per_epoch)
{
  NumeralHistory *history = g_new0 (NumeralHistory, 1);

  g_return_val_if_fail (steps_per_epoch > 0, NULL);

  history->loss = base_series_new ();
  history->accuracy = base_series_new ();
  history->learning_rate = base_series_new ();
  history->epochs = g_array_new (FALSE, FALSE, sizeof (NumeralEpochPoint));
  history->validation_loss = base_series_new ();
  history->validation_accuracy = base_series_new ();
  history->epsilon = base_series_new ();
  history->steps_per_epoch = steps_per_epoch;
  history->best_epoch = -1;
  return history;
}

NumeralHistory *
numeral_history_copy (const NumeralHistory *history)
{
  NumeralHistory *copy = g_memdup2 (history, sizeof *history);

  copy->loss = base_series_copy (history->loss);
  copy->accuracy = base_series_copy (history->accuracy);
  copy->learning_rate = base_series_copy (history->learning_rate);
  copy->epochs = g_array_copy (history->epochs);
  copy->validation_loss = base_series_copy (history->validation_loss);
  copy->validation_accuracy = base_series_copy (history->validation_accuracy);
  copy->epsilon = base_series_copy (history->epsilon);
  return copy;
}

void
numeral_history_free (NumeralHistory *history)
{
  base_series_unref (history->loss);
  base_series_unref (history->accuracy);
  base_series_unref (history->learning_rate);
  g_array_unref (history->epochs);
  base_series_unref (history->validation_loss);
  base_series_unref (history->validation_accuracy);
  base_series_unref (history->epsilon);
  g_free (history);
}

void
numeral_history_add_steps (NumeralHistory *history, const NumeralStepPoint *points, gsize n)
{
  float loss[CHUNK], accuracy[CHUNK], learning_rate[CHUNK];

  for (gsize first = 0; first < n; first += CHUNK)
    {
      const gsize size = MIN (n - first, CHUNK);

      for (gsize i = 0; i < size; i++)
        {
          loss[i] = points[first + i].loss;
          accuracy[i] = points[first + i].accuracy;
          learning_rate[i] = points[first + i].learning_rate;
        }
      base_series_append (history->loss, loss, size);
      base_series_append (history->accuracy, accuracy, size);
      base_series_append (history->learning_rate, learning_rate, size);
    }
}

gboolean
numeral_epoch_point_is_better (const NumeralEpochPoint *point, const NumeralEpochPoint *best)
{
  if (best == NULL)
    return TRUE;
  if (isnan (best->validation_loss))
    return TRUE;
  return point->validation_loss < best->validation_loss;
}

void
numeral_history_add_epoch (NumeralHistory *history, const NumeralEpochPoint *point)
{
  const float loss = (float) point->validation_loss;
  const float accuracy = (float) point->validation_accuracy;
  const float epsilon = point->epsilon > 0 ? (float) point->epsilon : NAN;

  if (numeral_epoch_point_is_better (point, numeral_history_get_best (history)))
    history->best_epoch = (int) history->epochs->len;
  g_array_append_val (history->epochs, *point);
  base_series_append (history->validation_loss, &loss, 1);
  base_series_append (history->validation_accuracy, &accuracy, 1);
  base_series_append (history->epsilon, &epsilon, 1);
}

gsize
numeral_history_get_n_steps (const NumeralHistory *history)
{
  return base_series_length (history->loss);
}

void
numeral_history_get_steps (const NumeralHistory *history,
                           gsize first,
                           gsize n,
                           NumeralStepPoint *points)
{
  float loss[CHUNK], accuracy[CHUNK], learning_rate[CHUNK];

  for (gsize done = 0; done < n; done += CHUNK)
    {
      const gsize size = MIN (n - done, CHUNK);

      base_series_read (history->loss, first + done, size, loss);
      base_series_read (history->accuracy, first + done, size, accuracy);
      base_series_read (history->learning_rate, first + done, size, learning_rate);
      for (gsize i = 0; i < size; i++)
        points[done + i] = (NumeralStepPoint){ loss[i], accuracy[i], learning_rate[i] };
    }
}

NumeralStepPoint
numeral_history_get_step (const NumeralHistory *history, gsize step)
{
  return (NumeralStepPoint){ base_series_get (history->loss, step),
                             base_series_get (history->accuracy, step),
                             base_series_get (history->learning_rate, step) };
}

const NumeralEpochPoint *
numeral_history_get_best (const NumeralHistory *history)
{
  return history->best_epoch < 0 ?
             NULL :
             &g_array_index (history->epochs, NumeralEpochPoint, history->best_epoch);
}

void
numeral_history_truncate (NumeralHistory *history, guint64 step)
{
  g_autoptr (GArray) epochs = g_steal_pointer (&history->epochs);

  base_series_truncate (history->loss, step);
  base_series_truncate (history->accuracy, step);
  base_series_truncate (history->learning_rate, step);
  history->epochs = g_array_new (FALSE, FALSE, sizeof (NumeralEpochPoint));
  base_series_truncate (history->validation_loss, 0);
  base_series_truncate (history->validation_accuracy, 0);
  base_series_truncate (history->epsilon, 0);
  history->best_epoch = -1;
  for (guint i = 0; i < epochs->len; i++)
    {
      const NumeralEpochPoint *point = &g_array_index (epochs, NumeralEpochPoint, i);

      if (point->step <= step)
        numeral_history_add_epoch (history, point);
    }
}

void
numeral_history_clear_steps (NumeralHistory *history)
{
  base_series_truncate (history->loss, 0);
  base_series_truncate (history->accuracy, 0);
  base_series_truncate (history->learning_rate, 0);
}

gsize
numeral_history_get_steps_size (const NumeralHistory *history)
{
  return base_series_size (history->loss) + base_series_size (history->accuracy) +
         base_series_size (history->learning_rate);
}
