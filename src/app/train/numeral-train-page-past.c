/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <glib/gi18n.h>
#include <math.h>

#include "numeral-toast.h"
#include "numeral-train-page-private.h"
#include "numeral-wheel.h"

static guint64
get_step (NumeralTrainPage *self, guint i)
{
  return g_array_index (self->snapshots, guint64, i);
}

static void
on_used (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralTrainPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!numeral_lab_use_finish (result, &error) && self->lab &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    numeral_toast_show (GTK_WIDGET (self), error->message);
}

static void
on_past (NumeralTrainPage *self)
{
  const guint i = (guint) gtk_range_get_value (GTK_RANGE (self->past));
  NumeralRun *run = numeral_lab_get_run (self->lab);
  g_autofree char *text = NULL;

  if (self->showing || !run || !self->snapshots || i >= self->snapshots->len)
    return;
  numeral_lab_use_snapshot (self->lab, run, get_step (self, i), on_used, g_object_ref (self));
  text = g_strdup_printf (_ ("After %'" PRIu64 " minibatches"), get_step (self, i));
  gtk_label_set_text (self->past_text, text);
}

static char *
on_format_past (GtkScale *scale, double value, gpointer data)
{
  NumeralTrainPage *self = data;
  const guint i = (guint) value;

  if (!self->snapshots || i >= self->snapshots->len)
    return g_strdup ("");
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, get_step (self, i));
}

static char *
on_format_factor (GtkScale *scale, double value, gpointer data)
{
  return g_strdup_printf ("× %.2g", pow (10, value));
}

static void
on_factor (NumeralTrainPage *self)
{
  if (!self->showing && self->lab)
    numeral_trainer_set_learning_rate_scale (numeral_lab_get_trainer (self->lab),
                                             pow (10,
                                                  gtk_range_get_value (GTK_RANGE (self->factor))));
}

void
numeral_train_page_past_init (NumeralTrainPage *self)
{
  g_signal_connect_object (self->past, "value-changed", G_CALLBACK (on_past), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->factor, "value-changed", G_CALLBACK (on_factor), self,
                           G_CONNECT_SWAPPED);
  gtk_scale_set_format_value_func (self->past, on_format_past, self, NULL);
  numeral_wheel_ignore (GTK_WIDGET (self->factor));
  numeral_wheel_ignore (GTK_WIDGET (self->past));
  gtk_scale_set_format_value_func (self->factor, on_format_factor, NULL, NULL);
  gtk_scale_add_mark (self->factor, 0, GTK_POS_BOTTOM, NULL);
}

void
numeral_train_page_past_clear (NumeralTrainPage *self)
{
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_pointer (&self->snapshots, g_array_unref);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralTrainPage) self = data;
  g_autoptr (GArray) snapshots = numeral_run_list_snapshots_finish (result, NULL);

  if (!snapshots || self->listing != g_task_get_cancellable (G_TASK (result)))
    return;
  self->snapshots = g_steal_pointer (&snapshots);
  if (self->snapshots->len > 1)
    {
      self->showing = TRUE;
      gtk_range_set_range (GTK_RANGE (self->past), 0, self->snapshots->len - 1);
      gtk_range_set_value (GTK_RANGE (self->past), self->snapshots->len - 1);
      self->showing = FALSE;
    }
  self->loaded (self);
}

void
numeral_train_page_past_reload (NumeralTrainPage *self)
{
  NumeralRun *run = numeral_lab_get_run (self->lab);

  numeral_train_page_past_clear (self);
  if (run)
    {
      self->listing = g_cancellable_new ();
      numeral_run_list_snapshots_async (run, self->listing, on_listed, g_object_ref (self));
    }
  /* Each run begins without a factor on its schedule. */
  self->showing = TRUE;
  gtk_range_set_value (GTK_RANGE (self->factor), 0);
  gtk_label_set_text (self->past_text, _ ("Look back"));
  self->showing = FALSE;
}

void
numeral_train_page_past_update (NumeralTrainPage *self)
{
  const gboolean idle = numeral_train_page_get_state (self) == NUMERAL_TRAINER_IDLE;

  gtk_widget_set_visible (self->factor_box, !idle);
  gtk_widget_set_visible (self->past_box, idle && self->snapshots && self->snapshots->len > 1);
}
