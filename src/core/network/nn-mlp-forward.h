/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-architecture.h"
#include "nn-panel.h"

/* Private to core: the forward pass of a multilayer perceptron over many samples. It calculates
 * what nn_forward() calculates, and tests hold it to that; it is faster because it skips inputs
 * that are zero. 80 % of the pixels of a digit are zero, and of the hidden units of a trained
 * network with ReLU often more. */

/* A dense layer, by where its parameters lie. */
typedef struct
{
  guint n_in, n_out;
  const float *weight;         /* [n_out, n_in]; not read where the layer reads sparse rows */
  const float *bias;           /* [n_out]; likewise */
  const NnPanelLayout *layout; /* of @panels */
  const float *panels;         /* (nullable): the same parameters in panels, to skip inputs that are
                                  zero; needed where the layer reads sparse rows */
} NnMlpLayer;

/* The layers to run. */
typedef struct
{
  guint n_layers;
  NnActivation activation;
  gboolean activate_last; /* whether an activation follows the last one */
  NnMlpLayer layers[NN_MAX_DENSE];
} NnMlpPass;

/* The memory of one thread. */
typedef struct _NnMlpScratch NnMlpScratch;

/* For passes through these layers with at most @max_n samples. */
NnMlpScratch *nn_mlp_scratch_new (const NnMlpPass *pass, gsize max_n);
void nn_mlp_scratch_free (NnMlpScratch *scratch);

/**
 * nn_mlp_forward:
 * @rows: (nullable): the samples are its rows [first, first + n)
 * @x: [n, n_in] the samples where @rows is %NULL
 *
 * On the calling thread. The samples that are read together change the result by rounding alone.
 *
 * Returns: [n, n_out of the last layer], in @scratch
 */
float *nn_mlp_forward (const NnMlpPass *pass,
                       NnMlpScratch *scratch,
                       const NnSparseRows *rows,
                       gsize first,
                       const float *x,
                       gsize n);
