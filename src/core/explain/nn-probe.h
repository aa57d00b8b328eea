/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-contrast.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* Largest number of inputs in one pass: large enough for the rate of a large product, small enough
 * to stop soon. */
#define NN_PROBE_MAX_N 64

/**
 * NnProgress:
 * @proceed: called between passes with the share of the work that is done, 0 to 1, on the calling
 *   thread; returns %FALSE to stop
 * @data: passed to @proceed
 *
 * How a caller follows an explanation and stops it. A function that was stopped returns %FALSE, and
 * its results mean nothing.
 */
typedef struct
{
  gboolean (*proceed) (double share, gpointer data);
  gpointer data;
} NnProgress;

/* Whether to go on; @progress: (nullable) */
gboolean nn_progress_report (const NnProgress *progress, double share);

/**
 * NnExplainInput:
 * @contrast: what is explained
 * @x: [n_inputs] the input
 * @baseline: [n_inputs] what stands for a feature that is absent
 *
 * One question to a network: why F (x), compared with F (baseline)?
 */
typedef struct
{
  NnContrast contrast;
  const float *x, *baseline;
} NnExplainInput;

/**
 * NnProbe:
 *
 * A network with the memory to read and differentiate minibatches of inputs, by nn_forward() and
 * nn_backward(), so that it works for layers of all kinds. Owned by one thread.
 */
typedef struct _NnProbe NnProbe;

/* Takes a reference. */
NnProbe *nn_probe_new (NnNetwork *network);
void nn_probe_free (NnProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnProbe, nn_probe_free)

guint nn_probe_n_inputs (const NnProbe *probe);
guint nn_probe_n_classes (const NnProbe *probe);

/* (transfer none): [NN_PROBE_MAX_N, n_inputs], to be filled before nn_probe_forward(). */
float *nn_probe_rows (NnProbe *probe);

/* Reads the first @n rows. (transfer none): logits [n, n_classes], valid until the next call. */
const float *nn_probe_forward (NnProbe *probe, gsize n);

/* (transfer none): [n, n_inputs] the gradient of F at each row of the last nn_probe_forward(); the
 * rows must not have changed. Valid until the next call. */
const float *nn_probe_gradient (NnProbe *probe, const NnContrast *contrast);

/**
 * nn_probe_tail:
 * @head: (out): weight [n_out, n_in] and bias of the first layer
 *
 * Where the first layer is dense, inputs on a straight line give outputs of it on a straight line,
 * so that for many inputs on it only the other layers are needed.
 *
 * Returns: (transfer none) (nullable): a probe of the layers behind the first; %NULL if that is not
 *   dense or the only one with weights
 */
NnProbe *nn_probe_tail (NnProbe *probe, const NnWeights **head);

/* F of one input. */
double nn_probe_value (NnProbe *probe, const NnContrast *contrast, const float *x);

G_END_DECLS
