/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ink-inkml.h"
#include "numeral-export.h"
#include "numeral-file-chooser.h"
#include "numeral-file.h"
#include "numeral-window-private.h"
#include "picture-export.h"

#define PNG_PIXELS 1024

typedef enum
{
  FORMAT_INKML,
  FORMAT_PNG,
  FORMAT_SVG,
  N_FORMATS
} Format;

static const char *const suffixes[N_FORMATS] = { ".inkml", ".png", ".svg" };
static const char *const format_names[N_FORMATS] = { N_ ("InkML (the strokes)"),
                                                     N_ ("PNG (an image)"),
                                                     N_ ("SVG (a vector drawing)") };

typedef struct
{
  InkDrawing *drawing;
  Format format;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  ink_drawing_unref (job->drawing);
  g_free (job);
}

static GBytes *
format_drawing (const InkDrawing *drawing, Format format, GError **error)
{
  switch (format)
    {
    case FORMAT_PNG:
      return picture_export_png (drawing, NUMERAL_CANVAS_SIZE, PNG_PIXELS, &picture_style_light,
                                 error);
    case FORMAT_SVG:
      return picture_export_svg (drawing, NUMERAL_CANVAS_SIZE, &picture_style_light, error);
    case FORMAT_INKML:
    case N_FORMATS:
    default:
      return ink_inkml_format (drawing);
    }
}

static gboolean
write_in_thread (gpointer data, GFile *file, GError **error)
{
  const Job *job = data;
  g_autoptr (GBytes) bytes = format_drawing (job->drawing, job->format, error);

  return bytes && numeral_file_write (file, bytes, NULL, error);
}

static void
write_drawing (NumeralWindow *self, GFile *file, Format format, gboolean fresh)
{
  Job *job = g_new (Job, 1);
  const NumeralExport export = { .file = file,
                                 .saved = TRUE,
                                 .fresh = fresh,
                                 .func = write_in_thread,
                                 .data = job,
                                 .destroy = job_free };

  job->drawing = ink_drawing_ref (numeral_canvas_get_drawing (self->canvas));
  job->format = format;
  numeral_export (GTK_WIDGET (self->pane), &export);
}

/* Returns N_FORMATS if the name has no known suffix. */
static Format
format_of_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  Format format;

  for (format = 0; format < N_FORMATS; format++)
    if (g_str_has_suffix (lower, suffixes[format]))
      break;
  return format;
}

void
numeral_window_save_file (NumeralWindow *self, GFile *file)
{
  g_autofree char *name = NULL;
  Format format;

  g_return_if_fail (NUMERAL_IS_WINDOW (self));

  name = g_file_get_basename (file);
  format = format_of_name (name);
  write_drawing (self, file, format == N_FORMATS ? FORMAT_INKML : format, FALSE);
}

/* The same name with the suffix of the format. */
static GFile *
with_suffix (GFile *file, Format format)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  const Format before = format_of_name (name);
  g_autofree char *better = NULL;

  if (before != N_FORMATS)
    name[strlen (name) - strlen (suffixes[before])] = '\0';
  better = g_strconcat (name, suffixes[format], NULL);
  return g_file_get_child (folder, better);
}

static void
save_chosen (NumeralWindow *self, GFile *file, const char *filter_name)
{
  g_autofree char *name = g_file_get_basename (file);
  Format format;
  g_autoptr (GFile) better = NULL;

  for (format = 0; format < N_FORMATS; format++)
    if (g_strcmp0 (filter_name, _ (format_names[format])) == 0)
      break;
  if (format == N_FORMATS || format == format_of_name (name))
    {
      numeral_window_save_file (self, file);
      return;
    }

  /* The name's suffix and the chosen format differ: the format wins, but nobody has been asked
   * whether a file of that name may be replaced. */
  better = with_suffix (file, format);
  write_drawing (self, better, format, TRUE);
}

static void
on_chosen (gpointer window, GFile *file, GtkFileFilter *filter, gpointer unused)
{
  save_chosen (window, file, filter ? gtk_file_filter_get_name (filter) : NULL);
}

/* (transfer full): @format: N_FORMATS for all of them, by the name of the file */
static GtkFileFilter *
make_filter (Format format)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, format == N_FORMATS ? _ ("InkML, PNG or SVG, by the name") :
                                                          _ (format_names[format]));
  for (Format i = 0; i < N_FORMATS; i++)
    if (format == N_FORMATS || format == i)
      gtk_file_filter_add_suffix (filter, suffixes[i] + 1);
  return filter;
}

void
numeral_window_save (NumeralWindow *self)
{
  /* Translators: the name that a saved drawing has unless another is given, without its end */
  g_autofree char *name = g_strconcat (_ ("digit"), suffixes[FORMAT_INKML], NULL);
  g_autoptr (GPtrArray) filters =
      g_ptr_array_new_null_terminated (N_FORMATS + 1, g_object_unref, TRUE);
  NumeralFileRequest request = { .title = _ ("Save the Drawing"),
                                 .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                                 .accept = _ ("_Save"),
                                 .name = name };

  g_ptr_array_add (filters, make_filter (N_FORMATS));
  for (Format format = 0; format < N_FORMATS; format++)
    g_ptr_array_add (filters, make_filter (format));
  request.filters = (GtkFileFilter **) filters->pdata;
  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_chosen, NULL, NULL);
}
