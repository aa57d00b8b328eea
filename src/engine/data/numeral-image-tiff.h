/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NumeralImageTiff:
 * @n_pages: number of pages, without reduced copies and masks; at least 1
 * @bits: bits for each value of the first page; 1 if the file does not say
 *
 * What the directories of a TIFF file say.
 */
typedef struct
{
  guint n_pages;
  guint bits;
} NumeralImageTiff;

/* Walks the chain of directories of a TIFF or BigTIFF file. @data is not trusted: the walk ends at
 * the first directory that is not inside of the file or was there before. Returns %FALSE if it is
 * no TIFF file. */
gboolean numeral_image_tiff_read (const guint8 *data, gsize size, NumeralImageTiff *tiff);

G_END_DECLS
