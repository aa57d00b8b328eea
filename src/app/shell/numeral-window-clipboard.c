/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ink-inkml.h"
#include "numeral-csv.h"
#include "numeral-window-private.h"
#include "picture-export.h"

/* Side of the copied picture, in pixels. */
#define PIXELS 1024

/* InkML, as programs of the desktop and Microsoft's Office call it. */
static const char *const ink_types[] = { "application/inkml+xml", "InkML Format", NULL };

static void
open_file_list (NumeralWindow *self, GSList *list)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *link = list; link; link = link->next)
    g_ptr_array_add (files, link->data);
  if (files->len)
    numeral_window_open_files (self, (GFile **) files->pdata, files->len);
}

static void
open_value (NumeralWindow *self, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    numeral_window_open_texture (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    open_file_list (self, g_value_get_boxed (value));
}

/* (nullable) (transfer none) */
static NumeralSheet *
get_sheet (NumeralWindow *self)
{
  return numeral_sheet_choice_get_sheet (numeral_reading_pane_get_numbers (self->pane));
}

/* Copies what was read, and says how many numbers of it are in doubt. */
static void
copy_text (NumeralWindow *self, const char *text, const char *copied)
{
  const NumeralSheet *sheet = get_sheet (self);
  g_autofree char *doubt = NULL, *message = NULL;
  guint n_refused = 0;

  for (guint i = 0; i < sheet->n_numbers; i++)
    n_refused += numeral_prediction_is_refused (sheet->numbers[i].prediction);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  if (n_refused == 0)
    {
      numeral_window_show_message (self, copied);
      return;
    }
  doubt = g_strdup_printf (ngettext ("not sure of %u number", "not sure of %u numbers", n_refused),
                           n_refused);
  /* Translators: "Lines copied as text", and "not sure of 2 numbers" */
  message = g_strdup_printf (_ ("%s; %s"), copied, doubt);
  numeral_window_show_message (self, message);
}

/* A line for each line of the page, as the window shows it. */
static void
copy_lines (NumeralWindow *self)
{
  const NumeralSheet *sheet = get_sheet (self);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint first = 0, last; first < sheet->n_numbers; first = last)
    {
      g_autofree char *line = NULL;

      last = numeral_sheet_end_of_line (sheet, first);
      line = numeral_sheet_get_text (sheet, first, last);
      g_string_append_printf (text, "%s\n", line);
    }
  copy_text (self, text->str, _ ("Lines copied as text"));
}

void
numeral_window_copy_csv (NumeralWindow *self)
{
  const NumeralSheet *sheet = get_sheet (self);
  const NumeralPicture *picture = numeral_canvas_get_picture (self->canvas);
  g_autoptr (GString) text = g_string_new (NUMERAL_CSV_HEADER);
  g_autofree char *name = NULL;

  if (!sheet || !picture)
    return;
  /* Where the file is may be private. */
  name = picture->name ? g_path_get_basename (picture->name) : g_strdup ("");
  numeral_csv_append_sheet (text, name, sheet);
  copy_text (self, text->str, _ ("Lines copied as CSV"));
}

/* Other programs take the image, or the ink; this one takes the ink. */
static void
copy_drawing (NumeralWindow *self)
{
  InkDrawing *drawing = numeral_canvas_get_drawing (self->canvas);
  cairo_surface_t *surface =
      picture_export_surface (drawing, NUMERAL_CANVAS_SIZE, PIXELS, &picture_style_light);

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      const int stride = cairo_image_surface_get_stride (surface);
      g_autoptr (GBytes) bytes =
          g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * PIXELS);
      g_autoptr (GdkTexture) texture =
          gdk_memory_texture_new (PIXELS, PIXELS, GDK_MEMORY_DEFAULT, bytes, stride);

      g_autoptr (GBytes) ink = ink_inkml_format (drawing);
      GdkContentProvider *offers[] = {
        gdk_content_provider_new_for_bytes (ink_types[0], ink),
        gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture),
      };
      g_autoptr (GdkContentProvider) offer =
          gdk_content_provider_new_union (offers, G_N_ELEMENTS (offers));

      gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), offer);
      numeral_window_show_message (self, _ ("Drawing copied as an image and as ink"));
    }
  cairo_surface_destroy (surface);
}

void
numeral_window_copy (NumeralWindow *self)
{
  if (get_sheet (self))
    copy_lines (self);
  else
    copy_drawing (self);
}

static void
on_clipboard_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value)
    open_value (self, value);
  else
    numeral_window_show_error (self, _ ("The clipboard cannot be read"), error);
}

static void
on_ink_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  GMemoryOutputStream *stream = G_MEMORY_OUTPUT_STREAM (source);
  g_autoptr (GError) error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    numeral_window_show_error (self, _ ("The clipboard cannot be read"), error);
  else
    {
      g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (stream);

      numeral_window_open_bytes (self, bytes);
    }
}

static void
on_ink_offered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) offered =
      gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) bytes = NULL;

  if (!offered)
    {
      numeral_window_show_error (self, _ ("The clipboard cannot be read"), error);
      return;
    }
  bytes = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (bytes, offered,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                    G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, on_ink_copied, g_object_ref (self));
}

static gboolean
offers_ink (const GdkContentFormats *formats)
{
  for (guint i = 0; ink_types[i]; i++)
    if (gdk_content_formats_contain_mime_type (formats, ink_types[i]))
      return TRUE;
  return FALSE;
}

void
numeral_window_paste (NumeralWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));
  GType type = G_TYPE_INVALID;

  /* A file manager offers files, and often a picture of their icons. */
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    type = GDK_TYPE_FILE_LIST;
  else if (offers_ink (formats))
    {
      /* Beside it there is often a picture, which says less. */
      gdk_clipboard_read_async (clipboard, (const char **) ink_types, G_PRIORITY_DEFAULT, NULL,
                                on_ink_offered, g_object_ref (self));
      return;
    }
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    type = GDK_TYPE_TEXTURE;

  if (type == G_TYPE_INVALID)
    numeral_window_show_message (self, _ ("Nothing to paste: copy ink, an image or a file first"));
  else
    gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, on_clipboard_read,
                                    g_object_ref (self));
}

static gboolean
on_drop (NumeralWindow *self, const GValue *value, double x, double y)
{
  open_value (self, value);
  return TRUE;
}

void
numeral_window_drop_init (NumeralWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->pane), GTK_EVENT_CONTROLLER (target));
}
