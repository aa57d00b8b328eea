/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-toast.h"

/* Letters that stand together without a place to break a line. */
#define LONGEST_WORD 30
/* U+200B, a space without width: here a line may be broken. */
#define BREAK "\xe2\x80\x8b"

/* (transfer full): paths and long names may be broken, for newer versions of libadwaita break the
 * lines of a toast, and a word of more than its width widens the window. */
static char *
make_breakable (const char *message)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (const char *p = message; *p; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (n == LONGEST_WORD)
        {
          g_string_append (text, BREAK);
          n = 0;
        }
      g_string_append_unichar (text, c);
      n = g_unichar_isspace (c) ? 0 : n + 1;
      if (c == '/')
        {
          g_string_append (text, BREAK);
          n = 0;
        }
    }
  return g_string_free (text, FALSE);
}

AdwToast *
numeral_toast_show (GtkWidget *widget, const char *message)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text = make_breakable (message);
  /* File names may hold what markup means something by. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (!overlay)
    return NULL;
  toast = adw_toast_new (escaped);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  return toast;
}
