/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-quantized.h"
#include "numeral-c-code.h"

G_BEGIN_DECLS

/**
 * NumeralCSizes:
 * @bytes: of the two arrays of values in 8 bits
 * @sums: most outputs of a layer
 * @logits: what the last layer with weights gives, in float32
 *
 * The arrays that a network in 8 bits needs.
 */
typedef struct
{
  gsize bytes[2], sums, logits;
} NumeralCSizes;

/* Their names. */
typedef struct
{
  const char *bytes[2], *sums, *logits;
} NumeralCArrays;

/* Raises @sizes to those of the network. */
void numeral_c_quantized_measure (const NnQuantized *quantized, NumeralCSizes *sizes);

NumeralCCodes numeral_c_quantized_codes (const NnQuantized *quantized);

/* The weights, biases, scalings and tables as constants, whose names begin with @name: the same
 * arithmetic as nn_quantized_forward(), bit for bit. */
void numeral_c_quantized_write_weights (const NnQuantized *quantized,
                                        const char *name,
                                        NumeralCText *text);

/* The statements that compute the logits from the bytes in "image", and leave them in their array.
 */
void numeral_c_quantized_write_steps (const NnQuantized *quantized,
                                      const char *name,
                                      const NumeralCArrays *arrays,
                                      NumeralCText *text);

G_END_DECLS
