/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-picture.h"
#include "numeral-sheet.h"

G_BEGIN_DECLS

/**
 * numeral_picture_read:
 * @sheet: (out) (transfer full) (nullable): the page; %NULL if the picture is one number
 *
 * Decides whether a picture is one number or a page, and reads it.
 *
 * Returns: (transfer full): the number; empty if the picture is a page, or if nothing in it can be
 *   read
 */
NumeralPrediction *
numeral_picture_read (NumeralReader *reader, NumeralPicture *picture, NumeralSheet **sheet);

G_END_DECLS
