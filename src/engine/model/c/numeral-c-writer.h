/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "nn-write.h"

G_BEGIN_DECLS

/**
 * NumeralCModel:
 * @novelty: (nullable): tells what is not a digit; class 0 is a digit
 * @threshold: of the novelty, above which an image is no digit
 * @scale: the values of an input that is not an image are divided by it
 * @card: (element-type utf8 utf8): is written into a comment, sorted by key
 * @half: whether weights are stored as IEEE 754 binary16
 * @centre: whether the file gets numeral_centre()
 *
 * The contents of a file of C.
 */
typedef struct
{
  const NnNetwork *network, *novelty;
  double threshold, scale;
  GHashTable *card;
  gboolean half, centre;
} NumeralCModel;

/**
 * numeral_c_write:
 *
 * Writes one file of C99 that needs no library and allocates nothing. Its comment says how it is
 * used: numeral_read() gives the answer and the probabilities for 28x28 pixels, or for as many
 * numbers as the network reads if those are not 784. Layers have two arrays in turn, on the stack
 * if they are small, otherwise static. A network in 8 bits that reads an image is computed in 8
 * bits, bit for bit as the program does. The same model gives the same bytes.
 *
 * NN_ERROR_SHAPE if the networks read different inputs or @centre is wanted for what is no image;
 * errors of @write
 */
gboolean
numeral_c_write (const NumeralCModel *model, NnWriteFunc write, gpointer data, GError **error);

G_END_DECLS
