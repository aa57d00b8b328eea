/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-window-private.h"
#include "picture-export.h"

/* Side of the copied picture, in pixels. */
#define PIXELS 1024

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

void
numeral_window_copy (NumeralWindow *self)
{
  cairo_surface_t *surface =
      picture_export_surface (numeral_canvas_get_drawing (self->canvas), NUMERAL_CANVAS_SIZE,
                              PIXELS, &picture_style_light);

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      const int stride = cairo_image_surface_get_stride (surface);
      g_autoptr (GBytes) bytes =
          g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * PIXELS);
      g_autoptr (GdkTexture) texture =
          gdk_memory_texture_new (PIXELS, PIXELS, GDK_MEMORY_DEFAULT, bytes, stride);

      gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
      numeral_window_show_message (self, _ ("Drawing copied as an image"));
    }
  cairo_surface_destroy (surface);
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
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    type = GDK_TYPE_TEXTURE;

  if (type == G_TYPE_INVALID)
    numeral_window_show_message (self, _ ("Nothing to paste: copy an image or a file first"));
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
