/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-layer-activation.h"
#include "nn-layer.h"
#include "nn-loss.h"

G_BEGIN_DECLS

#define NN_MAX_LAYERS 64 /* of all kinds */
#define NN_MAX_CLASSES 256
/* 64 Mi parameters, 256 MiB: far above any use, far below an overflow. */
#define NN_MAX_PARAMS ((gsize) 1 << 26)

/* Bounds of a multilayer perceptron. */
#define NN_MAX_HIDDEN 16
#define NN_MAX_DENSE (NN_MAX_HIDDEN + 1)

/**
 * NnRole:
 * @NN_ROLE_CLASSIFIER: the last layer with weights gives a logit for each of 2 to NN_MAX_CLASSES
 *   classes
 * @NN_ROLE_MAP: any outputs, and any layer last: the generator and the discriminator of a GAN
 *
 * How a network's outputs are used, which decides what may be at its end.
 */
typedef enum
{
  NN_ROLE_CLASSIFIER,
  NN_ROLE_MAP,
} NnRole;

/**
 * NnArchitecture:
 * @input: one sample
 * @layers: [n_layers], from input to logits
 * @loss: decides how logits become probabilities
 *
 * All that is needed to lay out a network: an input shape and a list of layers, the
 * last of which gives a logit for each class. Plain data.
 */
typedef struct
{
  NnShape input;
  guint n_layers;
  NnLayerSpec layers[NN_MAX_LAYERS];
  NnLoss loss;
  NnRole role;
} NnArchitecture;

/**
 * NnMlp:
 * @n_layers: number of dense layers, hidden layers + 1
 * @widths: [n_layers + 1], inputs first, classes last
 * @activation: after each hidden layer
 * @dropout: probability of dropping a hidden unit, [0, 1); 0 for no dropout layers
 *
 * A multilayer perceptron: the short form of an architecture in which all hidden
 * layers are dense, each with the same activation and then the same dropout.
 */
typedef struct
{
  guint n_layers;
  guint widths[NN_MAX_DENSE + 1];
  NnActivation activation;
  double dropout;
  NnLoss loss;
} NnMlp;

/* Sizes beyond the bounds are left to nn_architecture_validate(), but for n_layers. NN_ERROR_CONFIG
 * where that is not 1 to NN_MAX_DENSE. */
gboolean nn_architecture_from_mlp (const NnMlp *mlp, NnArchitecture *arch, GError **error);
/* %FALSE where the architecture is no multilayer perceptron; @mlp is (out) (optional). */
gboolean nn_architecture_get_mlp (const NnArchitecture *arch, NnMlp *mlp);

/* Checks every layer, the classes, and the total of parameters, in that order. NN_ERROR_CONFIG,
 * NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE. */
gboolean nn_architecture_validate (const NnArchitecture *arch, GError **error);
/* The same, and what is known for each layer on the way: @shapes: (out): [n_layers + 1], @shapes[i]
 * is what layer i reads; @problem: (out) (optional): the layer that cannot work, or n_layers. */
gboolean nn_architecture_get_shapes (const NnArchitecture *arch,
                                     NnShape shapes[NN_MAX_LAYERS + 1],
                                     guint *problem,
                                     GError **error);

gboolean nn_architecture_equal (const NnArchitecture *a, const NnArchitecture *b);

/* For a valid architecture. */
gsize nn_architecture_n_params (const NnArchitecture *arch);
guint nn_architecture_n_inputs (const NnArchitecture *arch);
guint nn_architecture_n_classes (const NnArchitecture *arch);
/* The number of values that the last layer gives. */
gsize nn_architecture_n_outputs (const NnArchitecture *arch);

/* The activation after the first layer with weights that has one; ReLU where none has. The text
 * form leaves it out. */
NnActivation nn_architecture_get_activation (const NnArchitecture *arch);

/* Adds a dropout layer after the activation of each layer with weights but the last, where there is
 * none yet and room for it. Does nothing where @rate is 0. */
void nn_architecture_add_dropout (NnArchitecture *arch, double rate);

/* Takes the dropout layers out: what a network is once it has learned. */
void nn_architecture_remove_dropout (NnArchitecture *arch);

/**
 * nn_architecture_to_string: nn_architecture_from_string:
 *
 * The text form: input and layers with hyphens between them, such as "784-128-10",
 * "28x28-conv5x5x8-pool2-conv5x5x16-pool3-10" or "784-128-tanh-dropout0.2-64-10".
 *
 * The input is a number of features, or height x width, or channels x height x
 * width. A number is a dense layer. "conv5x5x8" is a convolution by a window of
 * 5 x 5 with 8 channels, "conv3x3x32s2p1" with stride 2 and padding 1. "pool2" and
 * "avgpool2" take the largest and the mean value of a window of 2 x 2 whose stride
 * is its height; "pool3s2" has another stride.
 *
 * Each layer with weights but the last is followed by the network's activation,
 * which the text leaves out: @activation. Another one is written: "relu",
 * "leakyrelu", "gelu", "sigmoid", "tanh", or "linear" for none. "flatten" may be
 * left out before a dense layer.
 *
 * A text that is read gives a valid architecture. Free the text with g_free(). NN_ERROR_CONFIG,
 * NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE.
 */
char *nn_architecture_to_string (const NnArchitecture *arch);
gboolean nn_architecture_from_string (
    const char *text, NnActivation activation, NnLoss loss, NnArchitecture *arch, GError **error);
/* The same for a network of any outputs, NN_ROLE_MAP: "74-256-512-784-sigmoid". */
gboolean nn_architecture_from_string_as_map (const char *text,
                                             NnActivation activation,
                                             NnArchitecture *arch,
                                             GError **error);

G_END_DECLS
