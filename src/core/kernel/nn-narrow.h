/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-simd.h"

/* Private to core: the three products of a layer with few units, such as the ten classes of
 * digits.
 *
 * BLAS packs its operands and takes a lock that all threads share. In a step of a small network
 * this would cost more than the arithmetic. All three products sum in the order of the rows or
 * columns, and write only their result.
 *
 * w: [n_out, n_in] and its gradient, rows of @ldw. a and da: [n_rows, n_in],
 * rows of @lda. z and dz: [n_rows, NN_NARROW], zero beyond n_out. */
#define NN_NARROW 16 /* maximum number of units of a narrow layer */

/* z += a W^T */
void nn_narrow_forward (gsize n_rows,
                        guint n_in,
                        guint n_out,
                        const float *a,
                        gsize lda,
                        const float *w,
                        gsize ldw,
                        float *z);

/* da = dz W */
void nn_narrow_backward (gsize n_rows,
                         guint n_in,
                         guint n_out,
                         const float *dz,
                         const float *w,
                         gsize ldw,
                         float *da,
                         gsize lda);

/* dW = dz^T a */
void nn_narrow_gradient (gsize n_rows,
                         guint n_in,
                         guint n_out,
                         const float *dz,
                         const float *a,
                         gsize lda,
                         float *dw,
                         gsize ldw);
