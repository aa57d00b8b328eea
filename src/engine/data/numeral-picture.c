/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-picture.h"

#include <glib/gi18n-lib.h>

#include "nn-error.h"
#include "numeral-blank.h"
#include "numeral-image.h"

/* Takes ownership of @prepared, which is from numeral_image_prepare(). */
static NumeralPicture *
new_from_prepared (GdkPixbuf *prepared, const char *name, GError **error)
{
  g_autoptr (NumeralPicture) picture = g_new0 (NumeralPicture, 1);
  g_autoptr (GError) local = NULL;

  g_mutex_init (&picture->mutex);
  picture->ref_count = 1;
  picture->pixbuf = prepared;
  picture->name = g_strdup (name);
  picture->image = numeral_image_find_ink (prepared, &local);
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
  GdkPixbuf *prepared;

  g_return_val_if_fail (GDK_IS_PIXBUF (pixbuf), NULL);

  prepared = numeral_image_prepare (pixbuf, error);
  return prepared != NULL ? new_from_prepared (prepared, name, error) : NULL;
}

NumeralPicture *
numeral_picture_turn (const NumeralPicture *picture, int degrees, GError **error)
{
  GdkPixbuf *turned;

  g_return_val_if_fail (degrees == 90 || degrees == 180 || degrees == 270, NULL);

  /* GdkPixbuf counts the other way round. */
  turned = gdk_pixbuf_rotate_simple (picture->pixbuf, (GdkPixbufRotation) (360 - degrees));
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
  g_object_unref (picture->pixbuf);
  g_free (picture->name);
  g_clear_pointer (&picture->image, ink_image_unref);
  g_clear_pointer (&picture->sheet, ink_sheet_free);
  g_mutex_clear (&picture->mutex);
  g_free (picture);
}

const InkSheet *
numeral_picture_get_sheet (NumeralPicture *picture)
{
  g_mutex_lock (&picture->mutex);
  if (!picture->searched)
    picture->sheet = numeral_image_find_sheet (picture->pixbuf);
  picture->searched = TRUE;
  g_mutex_unlock (&picture->mutex);
  return picture->sheet;
}
