/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-architecture.h"

G_BEGIN_DECLS

/* The kind of a word that stands for no layer: "linear", no activation after a layer with
 * weights. */
#define NN_WORD_LINEAR NN_N_LAYER_KINDS

/* Each layer may have a word "linear" before it. */
#define NN_MAX_WORDS (2 * NN_MAX_LAYERS)

/**
 * NnArchitectureWords:
 * @words: [n], from input to logits
 *
 * The text form of an architecture, see nn-architecture.h, word by word: the layers that a person
 * names, before those that the text leaves out are added. The layers need not work on one another.
 */
typedef struct
{
  NnShape input;
  guint n;
  NnLayerSpec words[NN_MAX_WORDS];
} NnArchitectureWords;

/* NN_ERROR_CONFIG if a word is neither a layer nor "linear", or if there are too many of them. */
gboolean
nn_architecture_words_from_string (const char *text, NnArchitectureWords *words, GError **error);
/* Free with g_free(). */
char *nn_architecture_words_to_string (const NnArchitectureWords *words);

/**
 * NnWordSize:
 * @out: one sample after the layer
 * @n_params: its weights and biases
 */
typedef struct
{
  NnShape out;
  gsize n_params;
} NnWordSize;

/* Sets the sizes of the words up to the first that cannot work on the one before it. Returns the
 * number of sizes: @words->n, or less with NN_ERROR_CONFIG, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE. */
guint nn_architecture_words_measure (const NnArchitectureWords *words,
                                     NnActivation activation,
                                     NnWordSize sizes[NN_MAX_WORDS],
                                     GError **error);

/* Adds the layers that the text leaves out. The architecture may be invalid. NN_ERROR_CONFIG if it
 * has too many layers. */
gboolean nn_architecture_from_words (const NnArchitectureWords *words,
                                     NnActivation activation,
                                     NnLoss loss,
                                     NnArchitecture *arch,
                                     GError **error);

G_END_DECLS
