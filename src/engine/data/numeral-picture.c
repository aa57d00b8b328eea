/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-picture.h"

#include <glib/gi18n-lib.h>

#include "nn-error.h"
#include "numeral-blank.h"
#include "numeral-image.h"

/* @prepared: from numeral_image_prepare() */
static NumeralPicture *
new_from_prepared (GdkPixbuf *prepared, const char *name, GError **error)
{
  g_autoptr (NumeralPicture) picture = NULL;
  g_autoptr (GdkPixbuf) reduced = numeral_image_reduce (prepared, error);
  g_autoptr (GError) local = NULL;

  if (reduced == NULL)
    return NULL;
  picture = g_new0 (NumeralPicture, 1);
  g_mutex_init (&picture->mutex);
  g_mutex_init (&picture->full_mutex);
  picture->ref_count = 1;
  picture->pixbuf = g_object_ref (reduced);
  picture->full = reduced != prepared ? g_object_ref (prepared) : NULL;
  picture->name = g_strdup (name);
  picture->image = numeral_image_find_ink (reduced, &local);
  if (picture->image == NULL)
    numeral_blank_matches (local, &picture->blank);
  if (picture->image == NULL && numeral_picture_get_sheet (picture) == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&picture);
}

NumeralPicture *
numeral_picture_new (GdkPixbuf *pixbuf, const char *name, GError **error)
{
  g_autoptr (GdkPixbuf) prepared = NULL;

  g_return_val_if_fail (GDK_IS_PIXBUF (pixbuf), NULL);

  prepared = numeral_image_prepare (pixbuf, error);
  return prepared != NULL ? new_from_prepared (prepared, name, error) : NULL;
}

NumeralPicture *
numeral_picture_turn (NumeralPicture *picture, int degrees, GError **error)
{
  g_autoptr (GdkPixbuf) full = numeral_picture_dup_full (picture);
  g_autoptr (GdkPixbuf) turned = NULL;

  g_return_val_if_fail (degrees == 90 || degrees == 180 || degrees == 270, NULL);

  /* GdkPixbuf counts the other way round. */
  turned = gdk_pixbuf_rotate_simple (full != NULL ? full : picture->pixbuf,
                                     (GdkPixbufRotation) (360 - degrees));
  if (turned == NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                           _ ("there is not enough memory for the picture"));
      return NULL;
    }
  return new_from_prepared (turned, picture->name, error);
}

NumeralPicture *
numeral_picture_ref (NumeralPicture *picture)
{
  g_atomic_int_inc (&picture->ref_count);
  return picture;
}

void
numeral_picture_unref (NumeralPicture *picture)
{
  if (!g_atomic_int_dec_and_test (&picture->ref_count))
    return;
  g_clear_object (&picture->pixbuf);
  g_clear_object (&picture->full);
  g_free (picture->name);
  g_clear_pointer (&picture->image, ink_image_unref);
  g_clear_pointer (&picture->sheet, ink_sheet_free);
  g_mutex_clear (&picture->mutex);
  g_mutex_clear (&picture->full_mutex);
  g_free (picture);
}

GdkPixbuf *
numeral_picture_dup_full (NumeralPicture *picture)
{
  GdkPixbuf *full;

  g_mutex_lock (&picture->full_mutex);
  full = picture->full != NULL ? g_object_ref (picture->full) : NULL;
  g_mutex_unlock (&picture->full_mutex);
  return full;
}

void
numeral_picture_forget_full (NumeralPicture *picture)
{
  g_mutex_lock (&picture->full_mutex);
  g_clear_object (&picture->full);
  g_mutex_unlock (&picture->full_mutex);
}

const InkSheet *
numeral_picture_get_sheet (NumeralPicture *picture)
{
  g_mutex_lock (&picture->mutex);
  if (!picture->searched)
    {
      g_autoptr (GdkPixbuf) full = numeral_picture_dup_full (picture);

      picture->sheet = numeral_image_find_sheet (picture->pixbuf, full);
    }
  picture->searched = TRUE;
  g_mutex_unlock (&picture->mutex);
  return picture->sheet;
}
