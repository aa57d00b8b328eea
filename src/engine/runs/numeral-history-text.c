/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-history-text.h"

#include <math.h>

#include "numeral-decimal.h"
#include "numeral-json.h"

/* Minibatches that are read at a time. */
#define CHUNK 512
/* Texts are written in pieces of about this many bytes. */
#define PIECE ((gsize) 1 << 16)

/* Neither format has NaN or infinity: they are left out. */
static void
append_float (GString *text, const char *nothing, float value)
{
  if (isfinite (value))
    numeral_decimal_append_float (text, value);
  else
    g_string_append (text, nothing);
}

static void
append_double (GString *text, const char *nothing, double value)
{
  if (isfinite (value))
    numeral_json_append_double (text, value);
  else
    g_string_append (text, nothing);
}

/* A format of the text. @add_step appends a minibatch, and then @add_epoch the epoch that ends with
 * it (nullable). */
typedef struct
{
  const char *head;
  void (*add_step) (GString *text, guint64 step, guint64 epoch, const NumeralStepPoint *point);
  void (*add_epoch) (GString *text, const NumeralEpochPoint *point, const NumeralStepPoint *last);
} Format;

static gboolean
write_pieces (const NumeralHistory *history,
              const Format *format,
              NnWriteFunc write,
              gpointer data,
              GError **error)
{
  g_autoptr (GString) text = g_string_new (format->head);
  const gsize n = numeral_history_get_n_steps (history);
  NumeralStepPoint points[CHUNK];
  guint e = 0;

  for (gsize i = 0; i < n; i++)
    {
      const NumeralStepPoint *point = &points[i % CHUNK];
      const NumeralEpochPoint *epoch = NULL;

      if (i % CHUNK == 0)
        numeral_history_get_steps (history, i, MIN (n - i, CHUNK), points);
      if (e < history->epochs->len)
        epoch = &g_array_index (history->epochs, NumeralEpochPoint, e);
      format->add_step (text, i, i / history->steps_per_epoch, point);
      format->add_epoch (text, epoch != NULL && epoch->step == i + 1 ? epoch : NULL, point);
      if (epoch != NULL && epoch->step <= i + 1)
        e++;
      if (text->len >= PIECE)
        {
          if (!write (data, text->str, text->len, error))
            return FALSE;
          g_string_truncate (text, 0);
        }
    }
  return write (data, text->str, text->len, error);
}

static void
csv_step (GString *text, guint64 step, guint64 epoch, const NumeralStepPoint *point)
{
  numeral_decimal_append_uint (text, step + 1);
  g_string_append_c (text, ',');
  numeral_decimal_append_uint (text, epoch + 1);
  g_string_append_c (text, ',');
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
                            point != NULL ? point->seconds : NAN,
                            point != NULL && point->epsilon > 0 ? point->epsilon : NAN };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_string_append_c (text, ',');
      append_double (text, "", values[i]);
    }
  g_string_append_c (text, '\n');
}

gboolean
numeral_history_write_csv (const NumeralHistory *history,
                           NnWriteFunc write,
                           gpointer data,
                           GError **error)
{
  static const Format format = { "step,epoch,loss,accuracy,learning_rate,train_loss,train_accuracy,"
                                 "validation_loss,validation_accuracy,seconds,epsilon\n",
                                 csv_step, csv_epoch };

  return write_pieces (history, &format, write, data, error);
}

void
numeral_step_point_append_json (GString *text,
                                guint64 step,
                                guint64 epoch,
                                const NumeralStepPoint *point,
                                gboolean with_accuracy)
{
  g_string_append (text, "{\"epoch\":");
  numeral_decimal_append_uint (text, epoch + 1);
  g_string_append (text, ",\"step\":");
  numeral_decimal_append_uint (text, step + 1);
  g_string_append (text, ",\"loss\":");
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
  if (point->epsilon > 0)
    append_member (text, "epsilon", point->epsilon);
  g_string_append (text, "}\n");
}

static void
jsonl_epoch (GString *text, const NumeralEpochPoint *point, const NumeralStepPoint *last)
{
  if (point != NULL)
    numeral_epoch_point_append_json (text, point, last->learning_rate);
}

gboolean
numeral_history_write_jsonl (const NumeralHistory *history,
                             NnWriteFunc write,
                             gpointer data,
                             GError **error)
{
  static const Format format = { "", jsonl_step, jsonl_epoch };

  return write_pieces (history, &format, write, data, error);
}
