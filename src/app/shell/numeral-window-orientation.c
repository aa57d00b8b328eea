/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-digits.h"
#include "numeral-orientation.h"
#include "numeral-picture-read.h"
#include "numeral-toast.h"
#include "numeral-window-private.h"

/* Offers to turn a picture that can only be read when it is turned. Each picture is looked at once,
 * in a thread of its own, with the model that reads at that time. */

typedef struct
{
  NumeralPicture *picture;
  NumeralModel *model;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  numeral_picture_unref (look->picture);
  numeral_model_unref (look->model);
  g_free (look);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *look = data;
  g_autoptr (NumeralReader) reader = numeral_reader_new (look->model);
  g_autoptr (NumeralSheet) sheet = NULL;
  g_autoptr (NumeralPrediction) prediction = numeral_picture_read (reader, look->picture, &sheet);

  g_task_return_int (task, numeral_orientation_find (reader, look->picture, prediction, sheet));
}

static void
on_accepted (AdwToast *toast, NumeralWindow *self)
{
  const int degrees = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (toast), "degrees"));

  if (numeral_canvas_get_picture (self->canvas) == self->looked_at)
    numeral_window_turn (self, degrees);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  const Look *look = g_task_get_task_data (G_TASK (result));
  const int degrees = (int) g_task_propagate_int (G_TASK (result), NULL);

  if (degrees <= 0 || !self->lab || numeral_canvas_get_picture (self->canvas) != look->picture)
    return;
  self->turn_offer = g_object_ref_sink (adw_toast_new (_ ("It can be read when it is turned")));
  adw_toast_set_button_label (self->turn_offer, _ ("_Turn"));
  adw_toast_set_timeout (self->turn_offer, 0);
  g_object_set_data (G_OBJECT (self->turn_offer), "degrees", GINT_TO_POINTER (degrees));
  g_signal_connect_object (self->turn_offer, "button-clicked", G_CALLBACK (on_accepted), self, 0);
  numeral_toast_present (self->toasts, g_object_ref (self->turn_offer));
}

static void
withdraw (NumeralWindow *self)
{
  g_autoptr (AdwToast) offer = g_steal_pointer (&self->turn_offer);

  if (offer)
    numeral_toast_withdraw (self->toasts, offer);
}

static void
look (NumeralWindow *self)
{
  NumeralPicture *picture = numeral_canvas_get_picture (self->canvas);
  NumeralModel *model = numeral_lab_get_model (self->lab);
  g_autoptr (GTask) task = NULL;
  Look *what;

  if (picture != self->looked_at)
    withdraw (self);
  if (!picture || picture == self->looked_at || !model ||
      !numeral_digits_check (model->network, NULL))
    return;
  g_clear_pointer (&self->looked_at, numeral_picture_unref);
  self->looked_at = numeral_picture_ref (picture);
  what = g_new (Look, 1);
  what->picture = numeral_picture_ref (picture);
  what->model = numeral_model_ref (model);
  /* The task does not hold the window, which must not be freed in a thread. */
  task = g_task_new (NULL, NULL, on_looked, g_object_ref (self));
  g_task_set_task_data (task, what, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

void
numeral_window_orientation_init (NumeralWindow *self)
{
  g_signal_connect_object (self->canvas, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  /* A picture may be there before the model. */
  g_signal_connect_object (self->lab, "notify::model", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
}

void
numeral_window_orientation_clear (NumeralWindow *self)
{
  g_clear_object (&self->turn_offer);
  g_clear_pointer (&self->looked_at, numeral_picture_unref);
}
