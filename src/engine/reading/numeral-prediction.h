/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ink-split.h"
#include "ink-split-sign.h"
#include "ink-tensor.h"
#include "numeral-digits.h"

G_BEGIN_DECLS

/* Maximum number of digits in a number. */
#define NUMERAL_MAX_NUMBER INK_SPLIT_MAX_PARTS

/**
 * NumeralReading:
 * @digit: the most probable digit
 * @runner_up: the second most probable digit
 * @probabilities: [10], summing to 1
 * @tensor: [28, 28] the input of the network
 * @box: bounding box of the digit's ink, in units of the drawing; empty (x1 < x0) if the source
 *   was a tensor
 * @strokes: the strokes of the drawing that it consists of, bit i for stroke i; 0 if these are all
 *   strokes, and if the source was a tensor or a picture
 * @novelty: 1 - P(digit), shifted as NumeralNovelty describes; 0 without a novelty detector
 * @refused: whether there is no answer: it is rejected as not a digit, or @overflow
 * @sign: what it is if it is a sign between digits; then it is refused too, and the digit means
 *   nothing
 * @overflow: whether the network's figures are not finite numbers, so that it cannot read this;
 *   then all probabilities are 0
 *
 * The output of the network for one digit.
 */
typedef struct
{
  guint digit, runner_up;
  float probabilities[NUMERAL_N_DIGITS];
  float tensor[INK_TENSOR_SIZE];
  InkBox box;
  guint64 strokes;
  float novelty;
  InkSign sign;
  gboolean refused, overflow;
} NumeralReading;

/**
 * NumeralPrediction:
 * @generation: number of the submission; it increases
 * @empty: there was no ink, so there is no digit
 * @forward_seconds: time that the network took for all digits together
 * @n_digits: 0 where @empty, otherwise 1 to NUMERAL_MAX_NUMBER
 * @digits: [n_digits] in reading order
 *
 * The output of the network for a drawing or a tensor: a number of one or more digits. A boxed
 * type, reference-counted (atomic). Immutable once it is published.
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

/* (transfer full): the ink of one digit. @drawing: that was read */
InkDrawing *numeral_reading_copy_ink (const NumeralReading *reading, InkDrawing *drawing);

#define NUMERAL_TYPE_PREDICTION (numeral_prediction_get_type ())
GType numeral_prediction_get_type (void);
/* @n_digits readings, all zero; empty if @n_digits is 0. */
NumeralPrediction *numeral_prediction_new (guint n_digits);
NumeralPrediction *numeral_prediction_ref (NumeralPrediction *prediction);
void numeral_prediction_unref (NumeralPrediction *prediction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralPrediction, numeral_prediction_unref)

/* Whether the network cannot read one of the digits: NumeralReading::overflow. */
gboolean numeral_prediction_overflows (const NumeralPrediction *prediction);

/* Whether one of the digits is refused; signs are none. */
gboolean numeral_prediction_is_refused (const NumeralPrediction *prediction);

/* (transfer full): the digits and signs as text, such as "2026" or "3,14"; "" if there is no digit.
 */
char *numeral_prediction_get_number (const NumeralPrediction *prediction);

/* The probability that every digit is correct: the product of the digits' probabilities, without
 * signs; 0 if there is no digit. */
double numeral_prediction_get_probability (const NumeralPrediction *prediction);

/**
 * numeral_prediction_get_runner_up:
 * @probability: (out) (optional): the probability of that number
 *
 * The second most probable number replaces one digit by its runner-up: the digit that is the
 * least probable relative to its runner-up. There must be a digit.
 *
 * Returns: the index of that digit
 */
guint numeral_prediction_get_runner_up (const NumeralPrediction *prediction, double *probability);

G_END_DECLS
