/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NumeralHandError:
 * @NUMERAL_HAND_ERROR_DAMAGED: the file is no database of handwriting, or a damaged one
 * @NUMERAL_HAND_ERROR_NEWER: a newer version of the program wrote it
 * @NUMERAL_HAND_ERROR_READ_ONLY: the file or its folder may not be written
 * @NUMERAL_HAND_ERROR_FULL: the disk is full
 * @NUMERAL_HAND_ERROR_BUSY: another program did not finish its change in time
 * @NUMERAL_HAND_ERROR_NOT_FOUND: there is no sample of this number
 * @NUMERAL_HAND_ERROR_INVALID: the sample cannot be kept: no ink, too much ink, or a wrong label
 * @NUMERAL_HAND_ERROR_LOCKED: the handwriting is encrypted, and no key was given yet
 * @NUMERAL_HAND_ERROR_FAILED: anything else
 *
 * After each of them the file is as it was before the call.
 */
typedef enum
{
  NUMERAL_HAND_ERROR_DAMAGED,
  NUMERAL_HAND_ERROR_NEWER,
  NUMERAL_HAND_ERROR_READ_ONLY,
  NUMERAL_HAND_ERROR_FULL,
  NUMERAL_HAND_ERROR_BUSY,
  NUMERAL_HAND_ERROR_NOT_FOUND,
  NUMERAL_HAND_ERROR_INVALID,
  NUMERAL_HAND_ERROR_LOCKED,
  NUMERAL_HAND_ERROR_FAILED,
} NumeralHandError;

#define NUMERAL_HAND_ERROR (numeral_hand_error_quark ())
GQuark numeral_hand_error_quark (void);

G_END_DECLS
