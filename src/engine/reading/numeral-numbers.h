/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-random.h"
#include "ink-unipen.h"
#include "numeral-reader.h"

G_BEGIN_DECLS

/**
 * NumeralNumbersConfig:
 * @length: digits of a number, 1 to NUMERAL_MAX_NUMBER
 * @gap_low: @gap_high: gap between the ink of two digits, uniformly distributed, in units of the
 *   mean height of the number's digits
 * @jitter: standard deviation of the vertical offset of a digit from the line, in the same unit
 * @n_passes: how often every digit of a writer is used
 * @seed: the same seed gives the same numbers
 */
typedef struct
{
  guint length;
  double gap_low, gap_high;
  double jitter;
  guint n_passes;
  guint64 seed;
} NumeralNumbersConfig;

/* Numbers of four digits at natural spacing: gaps of 0.10 to 0.45 digit heights. Printed figures
 * have a gap of about 0.1. Digits that are written apart by hand, as in a year, have gaps
 * between 0.1 and half the width of a wide digit. */
extern const NumeralNumbersConfig numeral_numbers_config_default;

/**
 * NumeralNumbersResult:
 * @n_split: numbers that were split into exactly the strokes of each digit
 * @n_right: numbers in which every digit was read correctly
 * @n_digits: digits in all numbers
 * @n_digits_right: digits that were split off with exactly their strokes, and read correctly
 */
typedef struct
{
  guint n_numbers, n_split, n_right;
  guint n_digits, n_digits_right;
} NumeralNumbersResult;

/* Called for each number that was not read correctly. */
typedef void (*NumeralNumbersFailure) (InkDrawing *page,
                                       const char *written,
                                       const char *read,
                                       gpointer user_data);

/* (transfer full): @digits side by side on a line, each in its written size. */
InkDrawing *numeral_numbers_compose (const NumeralNumbersConfig *config,
                                     InkDrawing *const *digits,
                                     InkRandom *random);

/**
 * numeral_numbers_measure:
 * @samples: (element-type InkSample): isolated digits; samples without a label or ink are left
 *   out
 * @failure: (nullable)
 *
 * Composes numbers, each from digits of one writer, and reads them. Each pass shuffles a
 * writer's digits and uses each of them once. Blocks.
 *
 * Returns: %FALSE with NN_ERROR_VALUE if no writer has enough digits, or NN_ERROR_CONFIG
 */
gboolean numeral_numbers_measure (NumeralReader *reader,
                                  GPtrArray *samples,
                                  const NumeralNumbersConfig *config,
                                  NumeralNumbersFailure failure,
                                  gpointer user_data,
                                  NumeralNumbersResult *result,
                                  GError **error);

G_END_DECLS
