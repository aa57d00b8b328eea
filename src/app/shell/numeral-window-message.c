/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-toast.h"
#include "numeral-window-private.h"

/* Maximum length of a message in a toast, in characters. */
#define TOAST_LENGTH 90

void
numeral_window_show_message (NumeralWindow *self, const char *message)
{
  /* A toast's title is markup, and a file name may contain "<" or "&". */
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  numeral_toast_present (self->toasts, adw_toast_new (escaped));
}

static void
on_details_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)),
                            adw_message_dialog_get_body (dialog));
}

static void
on_details (AdwToast *toast, NumeralWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), adw_toast_get_title (toast),
                                              g_object_get_data (G_OBJECT (toast), "details"));

  adw_message_dialog_set_heading_use_markup (ADW_MESSAGE_DIALOG (dialog), TRUE);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "copy", _ ("_Copy"), "close",
                                    _ ("C_lose"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_details_response), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
numeral_window_show_error (NumeralWindow *self, const char *what, const GError *error)
{
  g_autofree char *escaped = g_markup_escape_text (what, -1);
  AdwToast *toast;

  g_return_if_fail (NUMERAL_IS_WINDOW (self));

  if (g_utf8_strlen (error->message, -1) <= TOAST_LENGTH)
    {
      numeral_window_show_message (self, error->message);
      return;
    }
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("Details"));
  adw_toast_set_timeout (toast, 10);
  g_object_set_data_full (G_OBJECT (toast), "details", g_strdup (error->message), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_details), self, 0);
  numeral_toast_present (self->toasts, toast);
}

void
numeral_window_show_problem (NumeralWindow *self, const char *text)
{
  g_return_if_fail (NUMERAL_IS_WINDOW (self));

  gtk_label_set_text (self->problem, text);
  gtk_revealer_set_reveal_child (self->problem_bar, TRUE);
}
