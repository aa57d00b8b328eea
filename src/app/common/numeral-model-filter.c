/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-filter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "numeral-model-format.h"

/* The number of the format on a filter for one. */
#define KEY_FORMAT "numeral-format"

static void
add_format (GtkFileFilter *filter, const NumeralModelFormat *format)
{
  for (guint k = 0; format->suffixes[k]; k++)
    gtk_file_filter_add_suffix (filter, format->suffixes[k]);
}

void
numeral_model_filter_add (GtkFileFilter *filter)
{
  const NumeralModelFormat *const *formats = numeral_model_formats ();

  for (guint i = 0; formats[i]; i++)
    if (formats[i]->load)
      add_format (filter, formats[i]);
}

GtkFileFilter *
numeral_model_filter_new (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  g_autofree char *names = numeral_model_format_dup_names (TRUE);
  /* Translators: %s is a list of file formats such as "safetensors" */
  g_autofree char *title = g_strdup_printf (_ ("Models (%s)"), names);

  gtk_file_filter_set_name (filter, title);
  numeral_model_filter_add (filter);
  return filter;
}

GPtrArray *
numeral_model_filter_list (void)
{
  const NumeralModelFormat *const *formats = numeral_model_formats ();
  GPtrArray *list = g_ptr_array_new_null_terminated (8, g_object_unref, TRUE);
  GtkFileFilter *all = gtk_file_filter_new ();
  g_autofree char *names = numeral_model_format_dup_names (FALSE);
  /* Translators: %s is a list of file formats such as "safetensors, ONNX" */
  g_autofree char *title = g_strdup_printf (_ ("%s, by the name"), names);

  gtk_file_filter_set_name (all, title);
  g_ptr_array_add (list, all);
  for (guint i = 0; formats[i]; i++)
    {
      GtkFileFilter *one = gtk_file_filter_new ();

      gtk_file_filter_set_name (one, formats[i]->name);
      add_format (one, formats[i]);
      add_format (all, formats[i]);
      g_object_set_data (G_OBJECT (one), KEY_FORMAT, (gpointer) formats[i]);
      g_ptr_array_add (list, one);
    }
  return list;
}

/* (transfer full): @name with the suffix of @format in place of that of another format. */
static char *
with_suffix (const char *name, const NumeralModelFormat *format)
{
  const gsize length =
      numeral_model_format_for_name (name) ? (gsize) (strrchr (name, '.') - name) : strlen (name);

  return g_strdup_printf ("%.*s.%s", (int) length, name, format->suffixes[0]);
}

char *
numeral_model_filter_dup_name (const char *name)
{
  return with_suffix (name, numeral_model_formats ()[0]);
}

GFile *
numeral_model_filter_rename (GtkFileFilter *filter, GFile *file)
{
  const NumeralModelFormat *format =
      filter ? g_object_get_data (G_OBJECT (filter), KEY_FORMAT) : NULL;
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *better = NULL;

  if (!format || format == numeral_model_format_for_name (name) || !folder)
    return g_object_ref (file);
  better = with_suffix (name, format);
  return g_file_get_child (folder, better);
}
