/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-architecture.h"
#include "nn-conv.h"

G_BEGIN_DECLS

/**
 * NnFusedLayers:
 * @first: @last: the layers
 * @next: (nullable): the fused layers right behind, which get the output in their own form
 * @is_fed: whether the fused layers right before write into @x
 *
 * Layers that a tape runs as one: a convolution with the ReLU or the max pooling behind it, or both
 * in either order. Private to nn-tape.c, nn-forward.c and nn-backward.c.
 */
typedef struct _NnFusedLayers NnFusedLayers;
struct _NnFusedLayers
{
  guint first, last;
  NnConv conv;
  NnConvView view; /* where an output's values are */
  NnFusedLayers *next;
  gboolean is_fed;
  /*< private >*/
  gsize max_n;
  float *x;         /* [max_n, x_size] inputs with their padding */
  float *dx;        /* [max_n, x_size], or NULL before it is first wanted */
  guint32 *winners; /* [max_n, n_winners] */
  float *packed;
  float *gradient; /* packed, or NULL before it is first wanted */
  float *scratch;
};

/**
 * nn_fused_layers_find:
 * @shapes: of @arch
 * @first: a layer
 *
 * Returns: (nullable): the layers from @first on that run as one, without memory; %NULL where
 *   these are none. Free with nn_fused_layers_free().
 */
NnFusedLayers *
nn_fused_layers_find (const NnArchitecture *arch, const NnShape *shapes, guint first);
/* Makes room for @max_n samples. @next: (nullable): fused layers that begin right behind */
void nn_fused_layers_connect (NnFusedLayers *fused, NnFusedLayers *next, gsize max_n);
void nn_fused_layers_free (NnFusedLayers *fused);

/* Takes over the parameters of the convolution. */
void nn_fused_layers_pack (NnFusedLayers *fused, const NnLayerPass *pass);

/* @x: [n, in], not read where the layers are fed; @y: (out): [n, out], not written where there are
 * next ones */
void nn_fused_layers_forward (NnFusedLayers *fused, const float *x, float *y, gsize n);

/**
 * nn_fused_layers_backward:
 * @pass: of the convolution: its gradients, which may be %NULL, are added to
 * @dy: [n, out], not read where there are next layers
 * @dx: (nullable): (out): [n, in]; where the layers are fed it says alone that those before want
 *   the gradient, and is not written
 */
void nn_fused_layers_backward (
    NnFusedLayers *fused, const NnLayerPass *pass, const float *dy, float *dx, gsize n);

G_END_DECLS
