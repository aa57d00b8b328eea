/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ink-split.h"
#include "ink-tensor.h"
#include "numeral-digits.h"

G_BEGIN_DECLS

/* The longest number that is read. */
#define NUMERAL_MAX_NUMBER INK_SPLIT_MAX_PARTS

/**
 * NumeralReading:
 * @digit: the most probable one
 * @runner_up: the next
 * @probabilities: [10], summing to 1
 * @tensor: [28, 28] what was read
 * @box: of the ink that it was, in the units of the drawing; empty (x1 < x0) where a tensor was
 *   read and no ink
 * @novelty: how little it looks like any digit, 0 where that is not measured
 * @refused: it is taken for no digit at all
 *
 * What the network says of one digit.
 */
typedef struct
{
  guint digit, runner_up;
  float probabilities[NUMERAL_N_DIGITS];
  float tensor[INK_TENSOR_SIZE];
  InkBox box;
  float novelty;
  gboolean refused;
} NumeralReading;

/**
 * NumeralPrediction:
 * @generation: of what was submitted, rising
 * @empty: there was no ink, and there is no digit
 * @forward_seconds: what the network took for all digits together
 * @n_digits: 0 where @empty, otherwise 1 to NUMERAL_MAX_NUMBER
 * @digits: [n_digits] in reading order
 *
 * What the network says of a drawing or a tensor: a number of one or more digits. Immutable once it
 * is handed on; a boxed type, reference-counted (atomic).
 */
typedef struct
{
  guint64 generation;
  gboolean empty;
  double forward_seconds;
  /*< private >*/
  int ref_count;
  /*< public >*/
  guint n_digits;
  NumeralReading digits[];
} NumeralPrediction;

#define NUMERAL_TYPE_PREDICTION (numeral_prediction_get_type ())
GType numeral_prediction_get_type (void);
/* With @n_digits readings that are all zero; empty where that is 0. */
NumeralPrediction *numeral_prediction_new (guint n_digits);
NumeralPrediction *numeral_prediction_ref (NumeralPrediction *prediction);
void numeral_prediction_unref (NumeralPrediction *prediction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralPrediction, numeral_prediction_unref)

/* "2026"; "" where there is no digit. (transfer full) */
char *numeral_prediction_get_number (const NumeralPrediction *prediction);

/* That every digit of it is right, each by itself: the product; 0 where there is no digit. */
double numeral_prediction_get_probability (const NumeralPrediction *prediction);

/**
 * numeral_prediction_get_runner_up:
 * @probability: (out) (optional): of that number
 *
 * The second most probable number: with the runner-up in place of the digit that is least sure
 * against it. Returns which digit that is. There must be a digit.
 */
guint numeral_prediction_get_runner_up (const NumeralPrediction *prediction, double *probability);

G_END_DECLS
