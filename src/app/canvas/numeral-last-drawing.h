/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-drawing.h"

G_BEGIN_DECLS

/* The last drawing, saved in the user's data directory as InkML, so that closing the window
 * needs no question and loses nothing. It is encrypted when the handwriting is
 * (numeral-hand-file.h). */

/* (transfer full) (nullable): %NULL without an error if there is no saved drawing.
 * NUMERAL_HAND_ERROR_LOCKED until the handwriting is unlocked. Blocks for a short time. */
InkDrawing *numeral_last_drawing_load (GError **error);

/* The same in the write queue, after what is being saved. */
void numeral_last_drawing_load_async (GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable) */
InkDrawing *numeral_last_drawing_load_finish (GAsyncResult *result, GError **error);

/* Writes in the write queue, in the order of the calls. An empty drawing removes the file. An
 * error, such as NUMERAL_HAND_ERROR_LOCKED, is logged too, and the old file stays. @callback:
 * (nullable) */
void numeral_last_drawing_save_async (InkDrawing *drawing,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean numeral_last_drawing_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
