/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-fused-layers.h"
#include "nn-tape.h"

/* Private to nn-tape.c, nn-forward.c and nn-backward.c. */
struct _NnTape
{
  NnArchitecture arch;
  NnShape shapes[NN_MAX_LAYERS + 1];
  gsize max_n;
  gsize n;                    /* samples of the last forward pass */
  const float *x;             /* [n, inputs] of the last forward pass; the caller's */
  float *y[NN_MAX_LAYERS];    /* [max_n, size] outputs; NULL inside of fused layers */
  float *kept[NN_MAX_LAYERS]; /* [max_n, kept size] or NULL */
  float *scratch;             /* [largest scratch size] or NULL; of one layer at a time */
  float *d[2];                /* [max_n, largest size] gradients, in turns; NULL before a backward
                                 pass */
  NnFusedLayers *fused[NN_MAX_LAYERS]; /* those that begin with this layer, or NULL */
  gboolean is_packed;                  /* whether they have the parameters for good */
  float *noted_x[NN_MAX_LAYERS];       /* nn_tape_note_dense(), or NULL; the caller's */
  float *noted_dy[NN_MAX_LAYERS];
  gboolean training;
  guint64 seed, step;
  gsize first_row;
};

/* All that layer @l needs of the network and the tape; no gradient. */
NnLayerPass nn_tape_pass (const NnTape *tape, const NnNetwork *network, guint l);
