/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Receives the next @size bytes of an output that is written in pieces and is never in memory as
 * a whole. %FALSE on an error: the caller must stop writing. */
typedef gboolean (*NnWriteFunc) (gpointer data, gconstpointer bytes, gsize size, GError **error);

/* An NnWriteFunc that appends to a GByteArray, its @data. */
gboolean nn_write_to_array (gpointer data, gconstpointer bytes, gsize size, GError **error);

G_END_DECLS
