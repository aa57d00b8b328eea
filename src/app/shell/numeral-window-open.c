/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-blank.h"
#include "numeral-file-chooser.h"
#include "numeral-model-filter.h"
#include "numeral-window-private.h"

void
numeral_window_show_sample (NumeralWindow *self)
{
  const InkSample *sample = numeral_samples_bar_get_sample (self->samples_bar);
  g_autoptr (InkDrawing) fitted = NULL;

  if (!sample)
    return;
  fitted = numeral_canvas_fit (sample->drawing, numeral_canvas_get_pen_width (self->canvas));
  /* Its label is in the file. */
  numeral_teach_set_known (numeral_reading_pane_get_teach (self->pane), fitted);
  /* Moving through the samples of a file is one undo step, until a person draws on a sample. */
  if (self->sample_drawing && numeral_canvas_get_drawing (self->canvas) == self->sample_drawing)
    numeral_canvas_swap_drawing (self->canvas, fitted);
  else
    numeral_canvas_show_drawing (self->canvas, fitted);
  g_clear_pointer (&self->sample_drawing, ink_drawing_unref);
  self->sample_drawing = g_steal_pointer (&fitted);
}

static void
show_document (NumeralWindow *self, NumeralDocument *document)
{
  g_clear_pointer (&self->sample_drawing, ink_drawing_unref);
  if (document->samples)
    {
      numeral_samples_bar_set_samples (self->samples_bar, document->samples);
      numeral_window_show_sample (self);
    }
  else
    {
      numeral_samples_bar_set_samples (self->samples_bar, NULL);
      numeral_canvas_show_picture (self->canvas, document->picture);
    }
  if (document->n_pages > 1)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("Only the first of its %u pages is read"), document->n_pages);

      numeral_window_show_message (self, message);
    }
}

static GCancellable *
begin_opening (NumeralWindow *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  numeral_window_wait (self);
  return self->opening;
}

/* Takes ownership of @document and @error. */
static void
opened (NumeralWindow *self, GCancellable *cancellable, NumeralDocument *document, GError *error)
{
  g_autoptr (NumeralDocument) owned = document;
  g_autoptr (GError) owned_error = error;
  InkBlank blank;

  /* Another file was opened since, or the window is gone. */
  if (self->opening != cancellable)
    return;
  g_clear_object (&self->opening);
  if (document)
    show_document (self, document);
  else if (numeral_blank_matches (error, &blank))
    numeral_window_show_message (self, numeral_blank_get_text (blank));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    numeral_window_show_error (self, _ ("The file cannot be opened"), error);
}

typedef struct
{
  NumeralWindow *window;
  GCancellable *cancellable;
  /* (nullable): the file that is opened, if it is a file. */
  GFile *file;
} Opening;

static Opening *
opening_new (NumeralWindow *self, GFile *file)
{
  Opening *opening = g_new (Opening, 1);

  opening->file = file ? g_object_ref (file) : NULL;
  opening->window = g_object_ref (self);
  opening->cancellable = g_object_ref (begin_opening (self));
  return opening;
}

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_object_unref (opening->cancellable);
  g_clear_object (&opening->file);
  g_free (opening);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  GError *error = NULL;
  NumeralDocument *document = numeral_document_load_finish (result, &error);

  if (document)
    numeral_window_add_recent (opening->window, opening->file);
  opened (opening->window, opening->cancellable, document, error);
  opening_free (opening);
}

void
numeral_window_open_file (NumeralWindow *self, GFile *file)
{
  Opening *opening;

  g_return_if_fail (NUMERAL_IS_WINDOW (self));

  if (numeral_window_is_model (file))
    {
      numeral_window_open_model (self, file, begin_opening (self));
      return;
    }
  opening = opening_new (self, file);
  numeral_document_load_async (file, opening->cancellable, on_loaded, opening);
}

void
numeral_window_open_files (NumeralWindow *self, GFile **files, guint n_files)
{
  g_return_if_fail (NUMERAL_IS_WINDOW (self));
  g_return_if_fail (n_files > 0);

  numeral_window_open_file (self, files[0]);
  if (n_files > 1)
    {
      g_autofree char *message =
          g_strdup_printf (ngettext ("Only the first of %u file is opened",
                                     "Only the first of %u files is opened", n_files),
                           n_files);

      numeral_window_show_message (self, message);
    }
}

static void
read_pixbuf (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  NumeralDocument *document = numeral_document_new_from_pixbuf (data, &error);

  if (document)
    g_task_return_pointer (task, document, (GDestroyNotify) numeral_document_free);
  else
    g_task_return_error (task, error);
}

static void
parse_bytes (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  NumeralDocument *document = numeral_document_parse (data, _ ("Clipboard"), &error);

  if (document)
    g_task_return_pointer (task, document, (GDestroyNotify) numeral_document_free);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  GError *error = NULL;
  NumeralDocument *document = g_task_propagate_pointer (G_TASK (result), &error);

  opened (opening->window, opening->cancellable, document, error);
  opening_free (opening);
}

void
numeral_window_open_texture (NumeralWindow *self, GdkTexture *texture)
{
  Opening *opening = opening_new (self, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, opening->cancellable, on_read, opening);

  g_task_set_task_data (task, gdk_pixbuf_get_from_texture (texture), g_object_unref);
  g_task_run_in_thread (task, read_pixbuf);
}

void
numeral_window_open_bytes (NumeralWindow *self, GBytes *bytes)
{
  Opening *opening = opening_new (self, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, opening->cancellable, on_read, opening);

  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, parse_bytes);
}

static void
on_chosen (gpointer window, GFile *file, GtkFileFilter *filter, gpointer unused)
{
  numeral_window_open_file (window, file);
}

/* (transfer full) */
static GtkFileFilter *
make_known_filter (void)
{
  GtkFileFilter *known = gtk_file_filter_new ();

  gtk_file_filter_set_name (known, _ ("Images, ink and models"));
  /* gtk_file_filter_add_pixbuf_formats() of GTK 4.8 leaks. */
  gtk_file_filter_add_mime_type (known, "image/*");
  gtk_file_filter_add_mime_type (known, "application/inkml+xml");
  gtk_file_filter_add_suffix (known, "inkml");
  gtk_file_filter_add_suffix (known, "unipen");
  gtk_file_filter_add_suffix (known, "inkml.gz");
  gtk_file_filter_add_suffix (known, "unipen.gz");
  gtk_file_filter_add_suffix (known, "xopp");
  gtk_file_filter_add_suffix (known, "xoj");
  numeral_model_filter_add (known);
  return known;
}

void
numeral_window_open (NumeralWindow *self)
{
  g_autoptr (GtkFileFilter) known = make_known_filter ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  GtkFileFilter *const filters[] = { known, all, NULL };
  const NumeralFileRequest request = { .title = _ ("Open an Image, Ink or a Model"),
                                       .action = GTK_FILE_CHOOSER_ACTION_OPEN,
                                       .accept = _ ("_Open"),
                                       .filters = filters };

  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_chosen, NULL, NULL);
}
