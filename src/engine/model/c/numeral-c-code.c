/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-c-code.h"

#include <gio/gio.h>
#include <string.h>

#include "numeral-c-resource.h"
#include "numeral-resource.h"

#define BIT(code) (1u << NUMERAL_C_##code)

/* @needs: the functions that it calls */
static const struct
{
  const char *name;
  NumeralCCodes needs;
} codes[NUMERAL_C_N_CODES] = {
  [NUMERAL_C_HALF] = { "half", 0 },
  [NUMERAL_C_EXP] = { "exp", 0 },
  [NUMERAL_C_TANH_VALUE] = { "tanh-value", BIT (EXP) },
  [NUMERAL_C_DENSE] = { "dense", 0 },
  [NUMERAL_C_WINDOW] = { "window", 0 },
  [NUMERAL_C_CONV2D] = { "conv2d", BIT (WINDOW) },
  [NUMERAL_C_MAXPOOL2D] = { "maxpool2d", BIT (WINDOW) },
  [NUMERAL_C_AVGPOOL2D] = { "avgpool2d", BIT (WINDOW) },
  [NUMERAL_C_INT8] = { "int8", 0 },
  [NUMERAL_C_INT8_DENSE] = { "int8-dense", BIT (INT8) },
  [NUMERAL_C_INT8_CONV2D] = { "int8-conv2d", BIT (INT8) | BIT (WINDOW) },
  [NUMERAL_C_INT8_POOL2D] = { "int8-pool2d", BIT (WINDOW) },
  [NUMERAL_C_INT8_TABLE] = { "int8-table", 0 },
  [NUMERAL_C_RELU] = { "relu", 0 },
  [NUMERAL_C_LEAKY_RELU] = { "leakyrelu", 0 },
  [NUMERAL_C_GELU] = { "gelu", BIT (TANH_VALUE) | BIT (EXP) },
  [NUMERAL_C_SIGMOID] = { "sigmoid", BIT (EXP) },
  [NUMERAL_C_TANH] = { "tanh", BIT (TANH_VALUE) | BIT (EXP) },
  [NUMERAL_C_FINITE] = { "finite", 0 },
  [NUMERAL_C_SOFTMAX] = { "softmax", BIT (EXP) },
  [NUMERAL_C_SHARE] = { "share", BIT (EXP) },
  [NUMERAL_C_ODDS] = { "odds", BIT (EXP) },
  [NUMERAL_C_CENTRE] = { "centre", 0 },
};

NumeralCCodes
numeral_c_codes_of (NumeralCCode code)
{
  return 1u << code | codes[code].needs;
}

NumeralCCodes
numeral_c_codes_of_layers (const NnArchitecture *arch)
{
  static const NumeralCCode of_kind[NN_N_LAYER_KINDS] = {
    [NN_LAYER_DENSE] = NUMERAL_C_DENSE,           [NN_LAYER_CONV2D] = NUMERAL_C_CONV2D,
    [NN_LAYER_MAXPOOL2D] = NUMERAL_C_MAXPOOL2D,   [NN_LAYER_AVGPOOL2D] = NUMERAL_C_AVGPOOL2D,
    [NN_LAYER_FLATTEN] = NUMERAL_C_N_CODES,       [NN_LAYER_RELU] = NUMERAL_C_RELU,
    [NN_LAYER_LEAKY_RELU] = NUMERAL_C_LEAKY_RELU, [NN_LAYER_GELU] = NUMERAL_C_GELU,
    [NN_LAYER_SIGMOID] = NUMERAL_C_SIGMOID,       [NN_LAYER_TANH] = NUMERAL_C_TANH,
    [NN_LAYER_DROPOUT] = NUMERAL_C_N_CODES,
  };
  NumeralCCodes needed = 0;

  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NumeralCCode code = of_kind[arch->layers[l].kind];

      if (code != NUMERAL_C_N_CODES)
        needed |= numeral_c_codes_of (code);
    }
  return needed;
}

static void
write_code (NumeralCText *text, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/numeral/c/%s.c", name);
  g_autoptr (GBytes) bytes = numeral_resource_read (numeral_c_get_resource, path, NULL);

  /* The first line is the licence, which the file has once. */
  g_assert (bytes != NULL);
  numeral_c_text_add (text, strchr (g_bytes_get_data (bytes, NULL), '\n') + 1);
}

void
numeral_c_codes_write (NumeralCCodes needed, NumeralCText *text)
{
  for (guint i = 0; i < NUMERAL_C_N_CODES; i++)
    if (needed & 1u << i)
      write_code (text, codes[i].name);
}
