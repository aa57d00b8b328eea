/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-window-private.h"

/* Shows a spinner while a file or a page takes long to be read. Most are read before it appears. */

/* In milliseconds: after this time the spinner appears, and then it is looked this often whether it
 * is still needed. */
#define LONG 1000
#define OFTEN 100

static gboolean
is_busy (NumeralWindow *self)
{
  return self->opening || (numeral_canvas_get_picture (self->canvas) &&
                           numeral_reading_pane_get_shown (self->pane) !=
                               numeral_reading_pane_get_asked (self->pane));
}

static gboolean
on_check (gpointer data)
{
  NumeralWindow *self = data;
  const gboolean busy = is_busy (self);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  self->waiting = busy ? g_timeout_add (OFTEN, on_check, self) : 0;
  return G_SOURCE_REMOVE;
}

void
numeral_window_wait (NumeralWindow *self)
{
  if (!self->waiting)
    self->waiting = g_timeout_add (LONG, on_check, self);
}
