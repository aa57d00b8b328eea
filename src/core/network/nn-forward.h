/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

/* Scratch activations of a forward pass of up to @max_n samples. */
typedef struct
{
  gsize max_n;
  float *a[2]; /* [max_n, widest] in turns */
} NnScratch;

void nn_scratch_init (NnScratch *scratch, const NnArchitecture *arch, gsize max_n);
void nn_scratch_clear (NnScratch *scratch);

/**
 * nn_forward:
 * @x: [n, n_inputs]
 *
 * The plain dense forward pass of @n <= max_n samples, on the calling thread.
 *
 * Returns: logits [n, n_classes], in @scratch
 */
float *nn_forward (const NnNetwork *network, NnScratch *scratch, const float *x, gsize n);

G_END_DECLS
