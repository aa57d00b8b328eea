/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "ink-image.h"

G_BEGIN_DECLS

/* A picture is reduced to this on its longer side: plenty for one digit and for showing. */
#define NUMERAL_IMAGE_SIDE 1024
/* Beyond INK_IMAGE_MAX_SIDE a side, or this in all, a picture is refused before it is decoded. */
#define NUMERAL_IMAGE_MAX_PIXELS ((guint64) 100 * 1000 * 1000)

/**
 * numeral_image_decode:
 * @bytes: of any format that gdk-pixbuf knows
 *
 * Refuses absurd sizes as soon as the header is read, reduces while decoding where the format can,
 * and leaves out all but the first picture of several.
 *
 * Returns: (transfer full): as it is in the file, for numeral_image_prepare(); GDK_PIXBUF_ERROR_*,
 *   NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE
 */
GdkPixbuf *numeral_image_decode (GBytes *bytes, GError **error);

/**
 * numeral_image_prepare:
 *
 * Turns it as its EXIF orientation says, reduces it to NUMERAL_IMAGE_SIDE, and lays what is
 * transparent on a ground that lets the ink be seen: on white, but on black where what is visible
 * is light.
 *
 * Returns: (transfer full): opaque; NN_ERROR_TOO_LARGE
 */
GdkPixbuf *numeral_image_prepare (GdkPixbuf *pixbuf, GError **error);

/* (transfer full): what is written in @pixbuf, which is from numeral_image_prepare(). INK_ERROR_*.
 */
InkImage *numeral_image_find_ink (const GdkPixbuf *pixbuf, GError **error);

/* The same as the tensor of one digit. */
gboolean
numeral_image_to_tensor (const GdkPixbuf *pixbuf, float tensor[INK_TENSOR_SIZE], GError **error);

G_END_DECLS
