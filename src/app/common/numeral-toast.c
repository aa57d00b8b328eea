/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-toast.h"

AdwToast *
numeral_toast_show (GtkWidget *widget, const char *message)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  /* A toast's title is markup, and a file name may contain "<" or "&". */
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast;

  if (!overlay)
    return NULL;
  toast = adw_toast_new (escaped);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  return toast;
}
