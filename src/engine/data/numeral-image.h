/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "ink-sheet.h"

G_BEGIN_DECLS

/* A picture is reduced to this size of its longer side, which is enough to read a digit or a number
 * in it. */
#define NUMERAL_IMAGE_SIDE 1024
/* For the small digits of a page, a picture is kept with at most this side and so many pixels: a
 * page of A4 at 300 dpi has 8.7 million. */
#define NUMERAL_IMAGE_FULL_SIDE 4096
#define NUMERAL_IMAGE_FULL_PIXELS ((guint64) 12 * 1000 * 1000)
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
 * Applies the EXIF orientation, reduces the picture to NUMERAL_IMAGE_FULL_SIDE and
 * NUMERAL_IMAGE_FULL_PIXELS, and replaces transparency by a background on which the ink is visible:
 * white, or black if the visible part is light.
 *
 * Returns: (transfer full): opaque; NN_ERROR_TOO_LARGE
 */
GdkPixbuf *numeral_image_prepare (GdkPixbuf *pixbuf, GError **error);

/* (transfer full): @pixbuf, which is from numeral_image_prepare(), reduced to NUMERAL_IMAGE_SIDE.
 * NN_ERROR_TOO_LARGE */
GdkPixbuf *numeral_image_reduce (GdkPixbuf *pixbuf, GError **error);

/* Whether all of a picture is black, or nearly. */
gboolean numeral_image_is_black (const GdkPixbuf *pixbuf);

/* (transfer full): the ink in @pixbuf, which is from numeral_image_reduce(). INK_ERROR_*,
 * INK_BLANK_ERROR with the text of numeral_blank_get_text(). */
InkImage *numeral_image_find_ink (const GdkPixbuf *pixbuf, GError **error);

/* (transfer full) (nullable): the lines of @pixbuf if it is a page, in its pixels:
 * ink_sheet_new(). Where its digits are small, they are looked for in @full, the same picture with
 * more pixels (nullable). */
InkSheet *numeral_image_find_sheet (const GdkPixbuf *pixbuf, const GdkPixbuf *full);

G_END_DECLS
