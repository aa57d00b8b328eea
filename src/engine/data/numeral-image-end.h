/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a file reaches the mark of its end. Decoders take one that does not for a picture whose
 * other rows are grey, or whatever was in memory, and say nothing. What follows the end does not
 * matter; whether what is before it is sound is the decoder's business. */

/* The end-of-image marker; those of thumbnails inside do not count. */
gboolean numeral_image_end_jpeg (const guint8 *data, gsize size);
/* The chunk IEND. */
gboolean numeral_image_end_png (const guint8 *data, gsize size);

G_END_DECLS
