/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-drawing.h"

G_BEGIN_DECLS

/* The drawing of last time, kept in the user's data directory as InkML, so that closing the window
 * asks no question and loses nothing. */

/* Blocks, shortly. (transfer full) (nullable): %NULL without an error where nothing was kept. */
InkDrawing *numeral_last_drawing_load (GError **error);

/* Writes at once. An empty drawing removes the file. Blocks. */
gboolean numeral_last_drawing_save (InkDrawing *drawing, GError **error);

/* The same in a thread; never undoes what a later call has written. */
void numeral_last_drawing_save_async (InkDrawing *drawing,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean numeral_last_drawing_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
