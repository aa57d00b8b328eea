/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "ink-sheet.h"

G_BEGIN_DECLS

/* A picture is reduced to this size of its longer side, which is enough to read and to show it. */
#define NUMERAL_IMAGE_SIDE 1024
/* A picture with a side above INK_IMAGE_MAX_SIDE, or with more pixels than this, is rejected
 * before it is decoded. */
#define NUMERAL_IMAGE_MAX_PIXELS ((guint64) 100 * 1000 * 1000)

/**
 * numeral_image_decode:
 * @bytes: a file in any format that gdk-pixbuf supports
 *
 * Rejects absurd sizes when the header is read, reduces the size while decoding if the format
 * supports it, and reads only the first of several pictures.
 *
 * Returns: (transfer full): as it is in the file, for numeral_image_prepare(); GDK_PIXBUF_ERROR_*,
 *   NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE
 */
GdkPixbuf *numeral_image_decode (GBytes *bytes, GError **error);

/**
 * numeral_image_prepare:
 *
 * Applies the EXIF orientation, reduces the picture to NUMERAL_IMAGE_SIDE, and replaces
 * transparency by a background on which the ink is visible: white, or black if the visible part
 * is light.
 *
 * Returns: (transfer full): opaque; NN_ERROR_TOO_LARGE
 */
GdkPixbuf *numeral_image_prepare (GdkPixbuf *pixbuf, GError **error);

/* Whether all of a picture is black, or nearly. */
gboolean numeral_image_is_black (const GdkPixbuf *pixbuf);

/* (transfer full): the ink in @pixbuf, which is from numeral_image_prepare(). INK_ERROR_*,
 * INK_BLANK_ERROR with the text of numeral_blank_get_text(). */
InkImage *numeral_image_find_ink (const GdkPixbuf *pixbuf, GError **error);

/* (transfer full) (nullable): its lines if it is a page: ink_sheet_new(). */
InkSheet *numeral_image_find_sheet (const GdkPixbuf *pixbuf);

G_END_DECLS
