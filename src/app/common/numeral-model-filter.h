/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets the files of every model format through, beside the files that @filter has already. */
void numeral_model_filter_add (GtkFileFilter *filter);

/* (transfer full): models alone. */
GtkFileFilter *numeral_model_filter_new (void);

G_END_DECLS
