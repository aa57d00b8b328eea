/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-picture-read.h"

NumeralPrediction *
numeral_picture_read (NumeralReader *reader, NumeralPicture *picture, NumeralSheet **sheet)
{
  g_autoptr (NumeralPrediction) single = picture->image != NULL ?
                                             numeral_reader_read_image (reader, picture->image) :
                                             numeral_prediction_new (0);
  const InkSheet *ink = NULL;

  *sheet = NULL;
  if (!numeral_sheet_is_single (picture->image, single))
    ink = numeral_picture_get_sheet (picture);
  if (ink != NULL)
    *sheet = numeral_sheet_read (reader, ink, picture->image, single);
  return *sheet != NULL ? numeral_prediction_new (0) : g_steal_pointer (&single);
}
