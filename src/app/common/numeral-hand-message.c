/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-message.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-hand-error.h"

static void
on_response (AdwMessageDialog *dialog, const char *response)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (parent && g_str_equal (response, "unlock"))
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.unlock", NULL);
}

void
numeral_hand_message_show (GtkWidget *widget, const char *what, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *reason = numeral_format_sentence (error->message);
  AdwMessageDialog *dialog;

  if (!root)
    return;
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (root), what, reason));
  adw_message_dialog_add_response (dialog, "close", _ ("C_lose"));
  adw_message_dialog_set_close_response (dialog, "close");
  if (g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED))
    {
      adw_message_dialog_add_response (dialog, "unlock", _ ("_Unlock…"));
      adw_message_dialog_set_response_appearance (dialog, "unlock", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (dialog, "unlock");
    }
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}
