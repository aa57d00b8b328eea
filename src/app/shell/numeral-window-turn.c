/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-window-private.h"

/* Turns the picture on the canvas, in a thread, because its ink is looked for again. */

typedef struct
{
  NumeralPicture *picture;
  int degrees;
} Turn;

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  numeral_picture_unref (turn->picture);
  g_free (turn);
}

static void
turn_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Turn *turn = data;
  GError *error = NULL;
  NumeralPicture *turned = numeral_picture_turn (turn->picture, turn->degrees, &error);

  if (turned)
    g_task_return_pointer (task, turned, (GDestroyNotify) numeral_picture_unref);
  else
    g_task_return_error (task, error);
}

static void start (NumeralWindow *self);

static void
on_turned (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  const Turn *turn = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralPicture) turned = g_task_propagate_pointer (G_TASK (result), &error);
  const gboolean shown = numeral_canvas_get_picture (self->canvas) == turn->picture;

  self->turning = FALSE;
  if (error)
    numeral_window_show_error (self, _ ("The picture cannot be turned"), error);
  /* Something else may have been opened or drawn since. */
  if (!turned || !shown)
    self->to_turn = 0;
  else
    {
      numeral_canvas_show_picture (self->canvas, turned);
      start (self);
    }
}

/* Turns the picture by what was asked for until now. */
static void
start (NumeralWindow *self)
{
  NumeralPicture *picture = numeral_canvas_get_picture (self->canvas);
  const int degrees = ((self->to_turn % 360) + 360) % 360;
  g_autoptr (GTask) task = NULL;
  Turn *turn;

  self->to_turn = 0;
  if (!picture || degrees == 0)
    return;
  turn = g_new (Turn, 1);
  turn->picture = numeral_picture_ref (picture);
  turn->degrees = degrees;
  self->turning = TRUE;
  /* The task does not hold the window, which must not be freed in a thread. */
  task = g_task_new (NULL, NULL, on_turned, g_object_ref (self));
  g_task_set_task_data (task, turn, turn_free);
  g_task_run_in_thread (task, turn_in_thread);
}

void
numeral_window_turn (NumeralWindow *self, int degrees)
{
  self->to_turn += degrees;
  if (!self->turning)
    start (self);
}
