/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-sparse.h"
#include "nn-update.h"

/* Private to core: a layer laid out for inputs that are mostly zero.
 *
 * The weights are transposed to [in, out], so that one input's weights to all
 * units lie side by side and an input that is zero is a row that is not read.
 * They are cut into panels of 64 units: [panel][in + 1][64], the last row of
 * each being the bias. A panel's sums fit the vector registers, and a worker
 * that owns a panel has its weights and moments in one piece in its own cache.
 * The last panel is narrower, a multiple of 16 units; what is padding stays zero. */
#define NN_PANEL_WIDTH 64
/* Units by which the last panel's width is rounded. */
#define NN_PANEL_GRAIN 16

typedef struct
{
  guint n_in, n_out;
  guint n_panels;
  guint stride; /* n_out rounded up to 16: length of a row of activations */
  gsize size;   /* floats of the whole layer */
} NnPanelLayout;

void nn_panel_layout_init (NnPanelLayout *layout, guint n_in, guint n_out);

/* Width of a panel, and where it begins in the layer's block. */
guint nn_panel_width (const NnPanelLayout *layout, guint panel);
gsize nn_panel_offset (const NnPanelLayout *layout, guint panel);

/* Between the usual layout, weight [out, in] and bias [out], and panels. */
void
nn_panel_pack (const NnPanelLayout *layout, const float *weight, const float *bias, float *panels);
void nn_panel_unpack (const NnPanelLayout *layout, const float *panels, float *weight, float *bias);

/* z[i - first, panel's columns] = x[indices[i]] W^T + b for i in [first, last); z has rows of
 * layout->stride. What is read of x is noted in @columns, where that is not %NULL. */
void nn_panel_forward (const NnPanelLayout *layout,
                       const float *panels,
                       guint panel,
                       const NnSparseRows *x,
                       const guint32 *indices,
                       gsize first,
                       gsize last,
                       NnSparseColumns *columns,
                       float *z);

/* The same for one dense vector given as its entries that are not zero. z: [stride]. */
void nn_panel_forward_vector (const NnPanelLayout *layout,
                              const float *panels,
                              guint panel,
                              const guint32 *columns,
                              const float *values,
                              gsize n,
                              float *z);

/**
 * nn_panel_update:
 * @x: the minibatch by columns, as nn_panel_forward() noted it
 * @dz: [n_rows, stride] gradient at the layer's output
 * @active: [n_active] the columns to update: those that are not zero in all data,
 *   or all where the optimiser moves a weight without a gradient
 *
 * dW = dz^T x and db = sum of dz, row by row in registers, and the optimiser's
 * update at once: the gradient is never stored. @m and @v are laid out as
 * @panels, or %NULL.
 */
void nn_panel_update (const NnPanelLayout *layout,
                      guint panel,
                      NnOptimizer optimizer,
                      const NnUpdate *update,
                      gboolean skip_zero,
                      const NnSparseColumns *x,
                      const float *dz,
                      gsize n_rows,
                      const guint32 *active,
                      gsize n_active,
                      float *panels,
                      float *m,
                      float *v);
