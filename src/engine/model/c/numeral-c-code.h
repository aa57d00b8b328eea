/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-architecture.h"
#include "numeral-c-text.h"

G_BEGIN_DECLS

/* The functions of code/, in the order in which a file has them: each needs only earlier ones. */
typedef enum
{
  NUMERAL_C_HALF,
  NUMERAL_C_EXP,
  NUMERAL_C_TANH_VALUE,
  NUMERAL_C_DENSE,
  NUMERAL_C_WINDOW,
  NUMERAL_C_CONV2D,
  NUMERAL_C_MAXPOOL2D,
  NUMERAL_C_AVGPOOL2D,
  NUMERAL_C_INT8,
  NUMERAL_C_INT8_DENSE,
  NUMERAL_C_INT8_CONV2D,
  NUMERAL_C_INT8_POOL2D,
  NUMERAL_C_INT8_TABLE,
  NUMERAL_C_RELU,
  NUMERAL_C_LEAKY_RELU,
  NUMERAL_C_GELU,
  NUMERAL_C_SIGMOID,
  NUMERAL_C_TANH,
  NUMERAL_C_FINITE,
  NUMERAL_C_SOFTMAX,
  NUMERAL_C_SHARE,
  NUMERAL_C_ODDS,
  NUMERAL_C_CENTRE,
  NUMERAL_C_N_CODES,
} NumeralCCode;

/* Bit NumeralCCode is set for each function that a file needs. */
typedef guint32 NumeralCCodes;

/* The functions that the layers of a network need, or one function, with those that these call. */
NumeralCCodes numeral_c_codes_of_layers (const NnArchitecture *arch);
NumeralCCodes numeral_c_codes_of (NumeralCCode code);

/* The functions, in order. */
void numeral_c_codes_write (NumeralCCodes codes, NumeralCText *text);

G_END_DECLS
