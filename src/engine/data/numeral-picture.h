/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "ink-blank.h"
#include "ink-sheet.h"

G_BEGIN_DECLS

/**
 * NumeralPicture:
 * @pixbuf: the picture, opaque, at most NUMERAL_IMAGE_SIDE on its longer side
 * @name: (nullable): its name for people, such as that of its file
 * @image: (nullable): all of its ink; %NULL if it can only be read as a page
 * @blank: why @image is %NULL, if it is
 *
 * A picture of a digit, a number or a page. Immutable but for numeral_picture_forget_full(), and
 * reference-counted (atomic).
 */
typedef struct
{
  GdkPixbuf *pixbuf;
  char *name;
  InkImage *image;
  InkBlank blank;
  /*< private >*/
  GMutex full_mutex;
  GdkPixbuf *full;   /* (nullable): the picture with more pixels */
  GMutex mutex;      /* protects the two below; held while the lines are looked for */
  gboolean searched; /* whether the lines were looked for */
  InkSheet *sheet;
  int ref_count;
} NumeralPicture;

/**
 * numeral_picture_new:
 * @pixbuf: as it is in its file: see numeral_image_prepare()
 * @name: (nullable)
 *
 * Finds the ink. Blocks.
 *
 * Returns: (transfer full): INK_ERROR_EMPTY if nothing stands out from the background;
 *   NN_ERROR_TOO_LARGE
 */
NumeralPicture *numeral_picture_new (GdkPixbuf *pixbuf, const char *name, GError **error);

/* (transfer full): the same turned clockwise by @degrees: 90, 180 or 270. The errors are those of
 * numeral_picture_new(). */
NumeralPicture *numeral_picture_turn (NumeralPicture *picture, int degrees, GError **error);

NumeralPicture *numeral_picture_ref (NumeralPicture *picture);
void numeral_picture_unref (NumeralPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralPicture, numeral_picture_unref)

/* (transfer full) (nullable): the picture with more pixels than @pixbuf, from
 * numeral_image_prepare(), if there are and they were not forgotten. Any thread. */
GdkPixbuf *numeral_picture_dup_full (NumeralPicture *picture);
/* Frees what numeral_picture_dup_full() gives, up to 36 MB. Small digits are not read any more if
 * they were not until now. Any thread. */
void numeral_picture_forget_full (NumeralPicture *picture);

/* (transfer none) (nullable): its lines if it is a page: ink_sheet_new(). The first call looks for
 * them, which takes a large part of the time of reading. Any thread. */
const InkSheet *numeral_picture_get_sheet (NumeralPicture *picture);

G_END_DECLS
