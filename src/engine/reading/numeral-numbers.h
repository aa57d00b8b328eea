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
 * @gap_low: @gap_high: the room between the ink of two digits, evenly distributed, in heights of
 *   the number's digits on average
 * @jitter: how far digits stand off the line: the standard deviation, in the same unit
 * @n_passes: how often every digit of a writer is used
 * @seed: the same one gives the same numbers
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
 * have about 0.1 between their ink; a hand that writes digits apart, as people write a year, leaves
 * between that and half the width of a wide digit. */
extern const NumeralNumbersConfig numeral_numbers_config_default;

/**
 * NumeralNumbersResult:
 * @n_split: numbers taken apart into just the strokes of each digit
 * @n_right: numbers read right as a whole
 * @n_digits: in all numbers
 * @n_digits_right: digits that were taken out with just their strokes, and read right
 */
typedef struct
{
  guint n_numbers, n_split, n_right;
  guint n_digits, n_digits_right;
} NumeralNumbersResult;

/* Called for each number that was not read right. */
typedef void (*NumeralNumbersFailure) (InkDrawing *page,
                                       const char *written,
                                       const char *read,
                                       gpointer user_data);

/* (transfer full): @digits side by side on a line, each as large as it was written. */
InkDrawing *numeral_numbers_compose (const NumeralNumbersConfig *config,
                                     InkDrawing *const *digits,
                                     InkRandom *random);

/**
 * numeral_numbers_measure:
 * @samples: (element-type InkSample): isolated digits; those without a label or ink are left out
 * @failure: (nullable)
 *
 * Makes numbers, each out of digits of one writer, and reads them. Each pass deals a writer's
 * digits out in a new order, so that each is used as often as any other. Blocks.
 *
 * Returns: %FALSE with NN_ERROR_VALUE where no writer has enough digits, NN_ERROR_CONFIG
 */
gboolean numeral_numbers_measure (NumeralReader *reader,
                                  GPtrArray *samples,
                                  const NumeralNumbersConfig *config,
                                  NumeralNumbersFailure failure,
                                  gpointer user_data,
                                  NumeralNumbersResult *result,
                                  GError **error);

G_END_DECLS
