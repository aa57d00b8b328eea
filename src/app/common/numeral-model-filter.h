/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets the files of every model format that is read through, beside the files that @filter has
 * already. */
void numeral_model_filter_add (GtkFileFilter *filter);

/* (transfer full): models alone, in all formats that are read. */
GtkFileFilter *numeral_model_filter_new (void);

/* (transfer full) (element-type GtkFileFilter): to save a model: all formats, by the name of the
 * file, and each format alone. The array ends with %NULL. */
GPtrArray *numeral_model_filter_list (void);

/* (transfer full): the name to propose for the file of a model: @name, without the suffix of a
 * format that it may have from a file, and with that of the first format. */
char *numeral_model_filter_dup_name (const char *name);

/**
 * numeral_model_filter_rename:
 * @filter: (nullable): one of the list
 *
 * Returns: (transfer full): @file, or beside it that with the suffix of the one format of @filter
 */
GFile *numeral_model_filter_rename (GtkFileFilter *filter, GFile *file);

G_END_DECLS
