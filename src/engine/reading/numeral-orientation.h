/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-picture.h"
#include "numeral-sheet.h"

G_BEGIN_DECLS

/**
 * numeral_orientation_find:
 * @prediction: @sheet: what numeral_picture_read() gave for @picture
 *
 * Looks whether a picture lies on its side or on its head: whether most of what is in it can be
 * read with confidence in one other orientation only, and hardly anything as it is. A 6 is a 9
 * upside down, and a number such as 8108 can be read either way, so what can be read as it is
 * stays. Takes up to three times as long as reading the picture, but no time where it can be read.
 *
 * Returns: degrees by which to turn it clockwise: 90, 180 or 270; 0 to leave it
 */
int numeral_orientation_find (NumeralReader *reader,
                              NumeralPicture *picture,
                              const NumeralPrediction *prediction,
                              const NumeralSheet *sheet);

G_END_DECLS
