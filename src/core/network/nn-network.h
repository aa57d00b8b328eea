/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-activation.h"
#include "nn-error.h"
#include "nn-loss.h"
#include "nn-random.h"

G_BEGIN_DECLS

#define NN_MAX_HIDDEN 16
#define NN_MAX_LAYERS (NN_MAX_HIDDEN + 1)
#define NN_MAX_WIDTH 65536
#define NN_MAX_CLASSES 256
/* 64 Mi parameters, 256 MiB: far above any use, far below an overflow. */
#define NN_MAX_PARAMS ((gsize) 1 << 26)

/**
 * NnArchitecture:
 * @n_layers: number of weight layers, hidden layers + 1
 * @widths: [n_layers + 1], inputs first, classes last
 *
 * All that is needed to lay out a network. Plain data.
 */
typedef struct
{
  guint n_layers;
  guint widths[NN_MAX_LAYERS + 1];
  NnActivation activation;
  NnLoss loss;
} NnArchitecture;

/* A view into a parameter block: y = x weight^T + bias. */
typedef struct
{
  guint n_in, n_out;
  float *weight; /* [n_out, n_in] */
  float *bias;   /* [n_out] */
} NnLayer;

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

/**
 * NnNetwork:
 * @n_params: length of @params
 * @params: one block: weight 0, bias 0, weight 1, bias 1, ...
 * @layers: [arch.n_layers] views into @params
 *
 * A multilayer perceptron. Reference-counted, with atomic counts. A network that
 * more than one thread can see is never written again.
 */
typedef struct
{
  NnArchitecture arch;
  gsize n_params;
  float *params;
  NnLayer layers[NN_MAX_LAYERS];
  /*< private >*/
  int ref_count;
} NnNetwork;

/* Checks counts, widths and the total of parameters. NN_ERROR_CONFIG, NN_ERROR_TOO_LARGE. */
gboolean nn_architecture_validate (const NnArchitecture *arch, GError **error);
gboolean nn_architecture_equal (const NnArchitecture *a, const NnArchitecture *b);
gsize nn_architecture_n_params (const NnArchitecture *arch);
guint nn_architecture_n_inputs (const NnArchitecture *arch);
guint nn_architecture_n_classes (const NnArchitecture *arch);
/* "784-128-10"; free with g_free(). */
char *nn_architecture_to_string (const NnArchitecture *arch);

/* Lays named views over any block with the length of the parameters: gradients, moments. */
void
nn_architecture_layers (const NnArchitecture *arch, float *block, NnLayer layers[NN_MAX_LAYERS]);

/* All parameters zero. %NULL with @error set where the architecture is not valid. */
NnNetwork *nn_network_new (const NnArchitecture *arch, GError **error);
NnNetwork *nn_network_copy (const NnNetwork *network);
NnNetwork *nn_network_ref (NnNetwork *network);
void nn_network_unref (NnNetwork *network);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNetwork, nn_network_unref)

/* Biases become zero, weights as @init says. */
void nn_network_init (NnNetwork *network, NnInit init, NnRandom *random);

/* NN_ERROR_VALUE where any parameter is NaN or infinite. */
gboolean nn_network_check_finite (const NnNetwork *network, GError **error);

G_END_DECLS
