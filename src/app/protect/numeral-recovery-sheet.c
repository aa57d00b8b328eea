/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-recovery-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "numeral-export.h"
#include "numeral-file-chooser.h"
#include "numeral-recovery-text.h"
#include "numeral-toast.h"

/* In points. */
#define TITLE_SIZE 20
#define KEY_SIZE 22
#define TEXT_SIZE 11
#define SPACE 18

/* KDE's and GNOME's clipboard managers keep no text that has this type beside it. */
#define SECRET_TYPE "x-kde-passwordManagerHint"

static const char *
explain (void)
{
  return _ (
      "This key opens your handwriting in Numeral when the passphrase and the keyring do not. "
      "Keep it away from the computer: whoever has both can read your handwriting. A newer "
      "recovery key makes this one worthless.");
}

char *
numeral_recovery_sheet_wrap (const char *text)
{
  const char *middle = text + strlen (text) / 2;
  const char *dash = strchr (middle, '-');
  const int head = dash ? (int) (dash - text) + 1 : 0;

  return g_strdup_printf ("%.*s%s%s", head, text, dash ? "\n" : "", text + head);
}

char *
numeral_recovery_sheet_format (const char *text)
{
  return g_strdup_printf ("%s\n\n%s\n%s\n", text, _ ("Recovery Key of My Handwriting"), explain ());
}

/* Draws a paragraph at @y; returns the place below it. All in points. */
static double
draw_text (GtkPrintContext *context, double y, const char *family, int size, const char *text)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  int height;

  pango_font_description_set_family (font, family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (cr, 0, y);
  pango_cairo_show_layout (cr, layout);
  return y + (double) height / PANGO_SCALE + SPACE;
}

static void
on_draw_page (GtkPrintOperation *print, GtkPrintContext *context, int page, const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%x");
  double y = 0;

  y = draw_text (context, y, "sans", TITLE_SIZE, _ ("Recovery Key of My Handwriting"));
  y = draw_text (context, y + SPACE, "monospace", KEY_SIZE, text);
  y = draw_text (context, y + SPACE, "sans", TEXT_SIZE, explain ());
  draw_text (context, y, "sans", TEXT_SIZE, date);
}

GtkPrintOperation *
numeral_recovery_sheet_new_print (const char *text)
{
  GtkPrintOperation *print = gtk_print_operation_new ();

  gtk_print_operation_set_n_pages (print, 1);
  gtk_print_operation_set_unit (print, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (print, _ ("Recovery Key"));
  gtk_print_operation_set_allow_async (print, TRUE);
  g_signal_connect_data (print, "draw-page", G_CALLBACK (on_draw_page),
                         numeral_recovery_sheet_wrap (text),
                         (GClosureNotify) (GCallback) numeral_recovery_text_free, 0);
  return print;
}

/* In the thread of the write queue. */
static gboolean
write_file (gpointer text, GFile *file, GError **error)
{
  g_autofree char *path = g_file_get_path (file);

  if (g_file_replace_contents (file, text, strlen (text), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                               NULL, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path ? path : "?");
  return FALSE;
}

static void
on_chosen (gpointer widget, GFile *file, GtkFileFilter *filter, gpointer text)
{
  const NumeralExport export = { .file = file,
                                 .saved = TRUE,
                                 .func = write_file,
                                 .data = numeral_recovery_sheet_format (text),
                                 .destroy = (GDestroyNotify) numeral_recovery_text_free };

  numeral_export (widget, &export);
}

void
numeral_recovery_sheet_save (GtkWidget *widget, const char *text)
{
  const NumeralFileRequest request = { .title = _ ("Save the Recovery Key"),
                                       .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                                       .accept = _ ("_Save"),
                                       .name = _ ("recovery-key.txt") };

  numeral_file_chooser_ask (widget, &request, on_chosen, g_strdup (text),
                            (GDestroyNotify) numeral_recovery_text_free);
}

void
numeral_recovery_sheet_copy (GtkWidget *widget, const char *text)
{
  static const char hint[] = "secret";
  g_autoptr (GBytes) secret = g_bytes_new_static (hint, strlen (hint));
  GdkContentProvider *parts[] = { gdk_content_provider_new_typed (G_TYPE_STRING, text),
                                  gdk_content_provider_new_for_bytes (SECRET_TYPE, secret) };
  g_autoptr (GdkContentProvider) content =
      gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  numeral_toast_show (widget, _ ("Copied: paste it somewhere safe"));
}
