/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the next @size bytes of something that is written piece by piece, so that it need not be in
 * memory as a whole. %FALSE where they cannot be kept: nothing more is to be written then. */
typedef gboolean (*NnWriteFunc) (gpointer data, gconstpointer bytes, gsize size, GError **error);

/* An NnWriteFunc: onto the end of a GByteArray, the @data. */
gboolean nn_write_to_array (gpointer data, gconstpointer bytes, gsize size, GError **error);

G_END_DECLS
