/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-history.h"

#include <math.h>

#include "numeral-json.h"

NumeralHistory *
numeral_history_new (guint64 steps_per_epoch)
{
  NumeralHistory *history = g_new0 (NumeralHistory, 1);

  g_return_val_if_fail (steps_per_epoch > 0, NULL);

  history->steps = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));
  history->epochs = g_array_new (FALSE, FALSE, sizeof (NumeralEpochPoint));
  history->steps_per_epoch = steps_per_epoch;
  history->best_epoch = -1;
  return history;
}

void
numeral_history_free (NumeralHistory *history)
{
  g_array_unref (history->steps);
  g_array_unref (history->epochs);
  g_free (history);
}

void
numeral_history_add_steps (NumeralHistory *history, const NumeralStepPoint *points, guint n)
{
  g_array_append_vals (history->steps, points, n);
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
  if (numeral_epoch_point_is_better (point, numeral_history_get_best (history)))
    history->best_epoch = (int) history->epochs->len;
  g_array_append_val (history->epochs, *point);
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

  if (step < history->steps->len)
    g_array_set_size (history->steps, (guint) step);
  history->epochs = g_array_new (FALSE, FALSE, sizeof (NumeralEpochPoint));
  history->best_epoch = -1;
  for (guint i = 0; i < epochs->len; i++)
    {
      const NumeralEpochPoint *point = &g_array_index (epochs, NumeralEpochPoint, i);

      if (point->step <= step)
        numeral_history_add_epoch (history, point);
    }
}

/* The fewest digits that read back as the same float. Neither format has NaN or infinity: they
 * are left out. */
static void
append_float (GString *text, const char *nothing, float value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, nothing);
      return;
    }
  for (int precision = 7; precision <= 9; precision++)
    {
      char format[] = { '%', '.', (char) ('0' + precision), 'g', '\0' };

      g_ascii_formatd (digits, sizeof digits, format, (double) value);
      if ((float) g_ascii_strtod (digits, NULL) == value)
        break;
    }
  g_string_append (text, digits);
}

static void
append_double (GString *text, const char *nothing, double value)
{
  if (isfinite (value))
    numeral_json_append_double (text, value);
  else
    g_string_append (text, nothing);
}

/* Calls @step for each minibatch in order, and @epoch after the last minibatch of an epoch. */
typedef void (*StepFunc) (GString *text,
                          guint64 step,
                          guint64 epoch,
                          const NumeralStepPoint *point);
typedef void (*EpochFunc) (GString *text,
                           const NumeralEpochPoint *point,
                           const NumeralStepPoint *last);

static GBytes *
write_curve (const NumeralHistory *history,
             const char *head,
             StepFunc add_step,
             EpochFunc add_epoch)
{
  GString *text = g_string_new (head);
  guint e = 0;

  for (guint i = 0; i < history->steps->len; i++)
    {
      const NumeralStepPoint *point = &g_array_index (history->steps, NumeralStepPoint, i);
      const NumeralEpochPoint *epoch = NULL;

      if (e < history->epochs->len)
        epoch = &g_array_index (history->epochs, NumeralEpochPoint, e);
      add_step (text, i, i / history->steps_per_epoch, point);
      add_epoch (text, epoch != NULL && epoch->step == (guint64) i + 1 ? epoch : NULL, point);
      if (epoch != NULL && epoch->step <= (guint64) i + 1)
        e++;
    }
  return g_string_free_to_bytes (text);
}

static void
csv_step (GString *text, guint64 step, guint64 epoch, const NumeralStepPoint *point)
{
  g_string_append_printf (text, "%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",", step + 1,
                          epoch + 1);
  append_float (text, "", point->loss);
  g_string_append_c (text, ',');
  append_float (text, "", point->accuracy);
  g_string_append_c (text, ',');
  append_float (text, "", point->learning_rate);
}

/* Every row has these columns; only the row of an epoch's last minibatch has values in them. */
static void
csv_epoch (GString *text, const NumeralEpochPoint *point, const NumeralStepPoint *last)
{
  const double values[] = { point != NULL ? point->train_loss : NAN,
                            point != NULL ? point->train_accuracy : NAN,
                            point != NULL ? point->validation_loss : NAN,
                            point != NULL ? point->validation_accuracy : NAN,
                            point != NULL ? point->seconds : NAN };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_string_append_c (text, ',');
      append_double (text, "", values[i]);
    }
  g_string_append_c (text, '\n');
}

GBytes *
numeral_history_to_csv (const NumeralHistory *history)
{
  return write_curve (history,
                      "step,epoch,loss,accuracy,learning_rate,train_loss,train_accuracy,"
                      "validation_loss,validation_accuracy,seconds\n",
                      csv_step, csv_epoch);
}

void
numeral_step_point_append_json (GString *text,
                                guint64 step,
                                guint64 epoch,
                                const NumeralStepPoint *point,
                                gboolean with_accuracy)
{
  g_string_append_printf (text,
                          "{\"epoch\":%" G_GUINT64_FORMAT ",\"step\":%" G_GUINT64_FORMAT
                          ",\"loss\":",
                          epoch + 1, step + 1);
  append_float (text, "null", point->loss);
  g_string_append (text, ",\"learning_rate\":");
  append_float (text, "null", point->learning_rate);
  if (with_accuracy)
    {
      g_string_append (text, ",\"batch_accuracy\":");
      append_float (text, "null", point->accuracy);
    }
  g_string_append (text, "}\n");
}

static void
jsonl_step (GString *text, guint64 step, guint64 epoch, const NumeralStepPoint *point)
{
  numeral_step_point_append_json (text, step, epoch, point, TRUE);
}

static void
append_member (GString *text, const char *name, double value)
{
  g_string_append_printf (text, ",\"%s\":", name);
  append_double (text, "null", value);
}

void
numeral_epoch_point_append_json (GString *text, const NumeralEpochPoint *point, float learning_rate)
{
  g_string_append_printf (text, "{\"epoch\":%u,\"step\":%" G_GUINT64_FORMAT, point->epoch + 1,
                          point->step);
  append_member (text, "loss", point->train_loss);
  g_string_append (text, ",\"learning_rate\":");
  append_float (text, "null", learning_rate);
  append_member (text, "accuracy", point->train_accuracy);
  append_member (text, "validation_loss", point->validation_loss);
  append_member (text, "validation_accuracy", point->validation_accuracy);
  append_member (text, "seconds", point->seconds);
  g_string_append (text, "}\n");
}

static void
jsonl_epoch (GString *text, const NumeralEpochPoint *point, const NumeralStepPoint *last)
{
  if (point != NULL)
    numeral_epoch_point_append_json (text, point, last->learning_rate);
}

GBytes *
numeral_history_to_jsonl (const NumeralHistory *history)
{
  return write_curve (history, "", jsonl_step, jsonl_epoch);
}
