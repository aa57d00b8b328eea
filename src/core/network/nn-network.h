/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-architecture.h"
#include "nn-random.h"

G_BEGIN_DECLS

/**
 * NnWeights:
 * @layer: the layer of the architecture that these are the parameters of
 * @n_in: values that one output depends on: for a convolution channels x kernel height x width
 * @weight: [n_out, n_in]; for a convolution [out channels, in channels, height, width]
 * @bias: [n_out]
 *
 * A view into a block of parameters, or of anything laid out like it: a gradient, a moment.
 */
typedef struct
{
  guint layer;
  guint n_in, n_out;
  float *weight;
  float *bias;
} NnWeights;

typedef enum
{
  NN_INIT_ZERO,
  NN_INIT_GAUSSIAN, /* N (0, 0.01) */
  NN_INIT_XAVIER,   /* U (+-sqrt (6 / (in + out))), Glorot and Bengio 2010 */
  NN_INIT_HE,       /* N (0, sqrt (2 / in)), He et al. 2015 */
  NN_N_INITS,
} NnInit;

/* "zero", "gaussian", "xavier", "he" */
extern const NnNames nn_init_names;
const char *nn_init_name (NnInit init);
gboolean nn_init_from_name (const char *name, NnInit *out, GError **error);

/* The network in 8 bits, nn-quantized.h. */
typedef struct _NnQuantized NnQuantized;

/**
 * NnNetwork:
 * @shapes: [arch.n_layers + 1]: shapes[i] is what layer i reads
 * @n_params: length of @params
 * @params: one block: weight and bias of the first layer that has them, of the second, ...
 * @weights: [n_weights] views into @params, one for each layer with parameters
 * @quantized: (nullable): the same network in 8 bits, with which nn_predictor_run() and
 *   nn_bulk_logits() compute
 *
 * An architecture with its parameters. Reference-counted, with atomic counts. A network that
 * more than one thread can see is never written again.
 */
typedef struct
{
  NnArchitecture arch;
  NnShape shapes[NN_MAX_LAYERS + 1];
  gsize n_params;
  float *params;
  guint n_weights;
  NnWeights weights[NN_MAX_LAYERS];
  NnQuantized *quantized;
  /*< private >*/
  int ref_count;
} NnNetwork;

/* Lays views over any block with the length of the parameters; returns their number. @block may be
 * %NULL where only the sizes are wanted. */
guint
nn_architecture_weights (const NnArchitecture *arch, float *block, NnWeights views[NN_MAX_LAYERS]);

/* All parameters zero. %NULL with @error set where the architecture is not valid. */
NnNetwork *nn_network_new (const NnArchitecture *arch, GError **error);
/* A copy to be changed: in float32 alone, without @quantized. */
NnNetwork *nn_network_copy (const NnNetwork *network);

/**
 * nn_network_mean:
 * @networks: [n] with the same architecture, n at least 1
 *
 * The mean of their weights. If one was trained from the other, or both from the same network, the
 * mean often reads what each of them learned, and better than either (Wortsman et al. 2022, "Robust
 * fine-tuning of zero-shot models" and "Model soups"); of networks that began with different random
 * weights it reads nothing.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE if the architectures differ
 */
NnNetwork *nn_network_mean (NnNetwork *const *networks, guint n, GError **error);
NnNetwork *nn_network_ref (NnNetwork *network);
void nn_network_unref (NnNetwork *network);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNetwork, nn_network_unref)

/* Biases become zero, weights as @init says. */
void nn_network_init (NnNetwork *network, NnInit init, NnRandom *random);

/* NN_ERROR_VALUE where any parameter is NaN or infinite. */
gboolean nn_network_check_finite (const NnNetwork *network, GError **error);

G_END_DECLS
