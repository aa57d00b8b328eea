/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-hand-view-private.h"

void
numeral_hand_view_show_error (NumeralHandView *self, const char *what, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *reason = numeral_format_sentence (error->message);
  GtkWidget *dialog;

  if (!root)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root), what, reason);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("C_lose"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
