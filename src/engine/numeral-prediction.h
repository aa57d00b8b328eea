/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ink-tensor.h"

G_BEGIN_DECLS

#define NUMERAL_N_DIGITS 10

/**
 * NumeralPrediction:
 * @generation: of the tensor that was submitted, rising
 * @empty: there was no ink; nothing else but @generation is set
 * @digit: the most probable one
 * @runner_up: the next
 * @probabilities: [10], summing to 1
 * @tensor: [28, 28] what was read
 * @forward_seconds: what the forward pass took
 *
 * What the network says of one tensor. Immutable; a boxed type, reference-counted (atomic).
 */
typedef struct
{
  guint64 generation;
  gboolean empty;
  guint digit, runner_up;
  float probabilities[NUMERAL_N_DIGITS];
  float tensor[INK_TENSOR_SIZE];
  double forward_seconds;
  /*< private >*/
  int ref_count;
} NumeralPrediction;

#define NUMERAL_TYPE_PREDICTION (numeral_prediction_get_type ())
GType numeral_prediction_get_type (void);
NumeralPrediction *numeral_prediction_new (void);
NumeralPrediction *numeral_prediction_ref (NumeralPrediction *prediction);
void numeral_prediction_unref (NumeralPrediction *prediction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralPrediction, numeral_prediction_unref)

G_END_DECLS
