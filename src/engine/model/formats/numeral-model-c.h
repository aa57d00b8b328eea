/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-format.h"

G_BEGIN_DECLS

/**
 * numeral_model_c:
 *
 * One file of C99 that reads digits by itself (numeral_c_write()), with the calibration and what
 * tells non-digits. Its comment has the card. It is written only; nothing reads it back.
 */
extern const NumeralModelFormat numeral_model_c;

G_END_DECLS
