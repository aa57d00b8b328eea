/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-filter.h"

#include <glib/gi18n.h>

#include "numeral-model-format.h"

void
numeral_model_filter_add (GtkFileFilter *filter)
{
  const NumeralModelFormat *const *formats = numeral_model_formats ();

  for (guint i = 0; formats[i]; i++)
    for (guint k = 0; formats[i]->suffixes[k]; k++)
      gtk_file_filter_add_suffix (filter, formats[i]->suffixes[k]);
}

GtkFileFilter *
numeral_model_filter_new (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  g_autofree char *names = numeral_model_format_dup_names ();
  /* Translators: %s is a list of file formats such as "safetensors" */
  g_autofree char *title = g_strdup_printf (_ ("Models (%s)"), names);

  gtk_file_filter_set_name (filter, title);
  numeral_model_filter_add (filter);
  return filter;
}
