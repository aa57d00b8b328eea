/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a file contains its end marker. Decoders silently accept a truncated file, and its
 * missing rows are grey or contain old memory. Data after the end is ignored; the decoder checks
 * the data before it. */

/* The end-of-image marker; those of thumbnails inside do not count. */
gboolean numeral_image_end_jpeg (const guint8 *data, gsize size);
/* The chunk IEND. */
gboolean numeral_image_end_png (const guint8 *data, gsize size);

G_END_DECLS
