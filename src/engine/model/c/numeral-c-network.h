/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "numeral-c-text.h"

G_BEGIN_DECLS

/* Values of the layers of a network go from one of two arrays to the other. */
#define NUMERAL_C_N_ARRAYS 2

/**
 * NumeralCNetwork:
 * @name: begins the names of what belongs to it: "digit" or "novelty"
 *
 * A network in a file of C.
 */
typedef struct
{
  const NnNetwork *network;
  const char *name;
} NumeralCNetwork;

/**
 * NumeralCLayer:
 * @name: of the network
 * @number: of the layer
 *
 * A layer, which is written from its sizes alone.
 */
typedef struct
{
  const char *name;
  guint number;
  const NnLayerSpec *spec;
  NnShape in, out;
} NumeralCLayer;

/* The constant with the sizes of the window of a convolution or a pooling; nothing for others. */
void numeral_c_window_write (const NumeralCLayer *layer, NumeralCText *text);

/* The statement of a layer without weights, which works on float32 in place. */
void numeral_c_layer_write (const NumeralCLayer *layer, const char *array, NumeralCText *text);

/* Raises @sizes to the values that the arrays of the network must hold. */
void numeral_c_network_measure (const NnNetwork *network, gsize sizes[NUMERAL_C_N_ARRAYS]);

/* The weights as constants: of a dense layer [in, out], of a convolution [out channels, channels,
 * kernel height, width]. @half: IEEE 754 binary16, rounded to nearest. */
void
numeral_c_network_write_weights (const NumeralCNetwork *part, gboolean half, NumeralCText *text);

/**
 * numeral_c_network_write_layers:
 * @arrays: their names
 *
 * The statements that compute the logits from the input, which is in the first array.
 *
 * Returns: the index of the array that then holds the logits
 */
guint numeral_c_network_write_layers (const NumeralCNetwork *part,
                                      const char *const arrays[NUMERAL_C_N_ARRAYS],
                                      NumeralCText *text);

G_END_DECLS
