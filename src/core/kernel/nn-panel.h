/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-sparse.h"
#include "nn-update.h"

/* Private to core: the layout of a dense layer for inputs that are mostly zero.
 *
 * The weights are transposed to [in, out]: the weights of one input to all units are contiguous,
 * and the row of a zero input is skipped. They are cut into panels of 64 units: [panel][in +
 * 1][64], the last row of each being the bias. The sums of a panel fit the vector registers, and
 * the weights and moments of a panel are contiguous in the cache of the worker that owns it. The
 * last panel may be narrower, a multiple of 16 units; padding stays zero. */
#define NN_PANEL_WIDTH 64
/* The width of the last panel is a multiple of this. */
#define NN_PANEL_GRAIN 16

typedef struct
{
  guint n_in, n_out;
  guint n_panels;
  guint stride; /* n_out rounded up to 16: length of a row of activations */
  gsize size;   /* floats of the whole layer */
} NnPanelLayout;

void nn_panel_layout_init (NnPanelLayout *layout, guint n_in, guint n_out);

/* Width of a panel, and its offset in the layer's block. */
guint nn_panel_width (const NnPanelLayout *layout, guint panel);
gsize nn_panel_offset (const NnPanelLayout *layout, guint panel);

/* Convert between the usual layout, weight [out, in] and bias [out], and panels. */
void
nn_panel_pack (const NnPanelLayout *layout, const float *weight, const float *bias, float *panels);
void nn_panel_unpack (const NnPanelLayout *layout, const float *panels, float *weight, float *bias);

/* z[i - first, panel's columns] = x[indices[i]] W^T + b for i in [first, last); z has rows of
 * layout->stride. The entries of x are stored in @columns (nullable). */
void nn_panel_forward (const NnPanelLayout *layout,
                       const float *panels,
                       guint panel,
                       const NnSparseRows *x,
                       const guint32 *indices,
                       gsize first,
                       gsize last,
                       NnSparseColumns *columns,
                       float *z);

/* The inputs of @n samples that are not zero and lie in one block of columns. */
typedef struct
{
  gsize n;
  const guint16 *column;
  const float *value;
  const guint32 *start, *end; /* [n]: those of sample i are [start[i], end[i]) */
  gboolean first_block;       /* whether no block of these samples was added before */
} NnPanelEntries;

/* Adds x W^T of one block of columns to z [n, stride], in the columns of the panel; the first block
 * starts at the bias. Blocks in ascending order add up to the same bits as all columns at once. */
void nn_panel_forward_entries (const NnPanelLayout *layout,
                               const float *panels,
                               guint panel,
                               const NnPanelEntries *x,
                               float *z);

/* z [stride] = x W^T + b for one vector, given by its non-zero entries. */
void nn_panel_forward_vector (const NnPanelLayout *layout,
                              const float *panels,
                              guint panel,
                              const guint32 *columns,
                              const float *values,
                              gsize n,
                              float *z);

/**
 * nn_panel_update:
 * @x: the minibatch by columns, from nn_panel_forward()
 * @dz: [n_rows, stride] gradient at the layer's output
 * @active: [n_active] the columns to update: those that are non-zero somewhere in the data, or
 *   all columns if the optimiser changes weights whose gradient is zero
 *
 * Computes dW = dz^T x and db = sum of dz, row by row in registers, and updates the weights at
 * once: the gradient is never stored. @m and @v have the layout of @panels, or are %NULL.
 */
void nn_panel_update (const NnPanelLayout *layout,
                      guint panel,
                      NnOptimizerKind optimizer,
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
