/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * nn_sgemm:
 *
 * C = alpha op(A) op(B) + beta C, row-major, op(A) being [m, k], op(B) [k, n] and
 * C [m, n]; @lda, @ldb, @ldc are the lengths of stored rows. On the calling
 * thread alone: OpenBLAS's own threads are process-global and slow at these
 * sizes, so parallelism is ours. May be called from several threads at once.
 * The first call loads OpenBLAS; where there is none, a plain loop does it, slowly.
 */
void nn_sgemm (gboolean transpose_a,
               gboolean transpose_b,
               gsize m,
               gsize n,
               gsize k,
               float alpha,
               const float *a,
               gsize lda,
               const float *b,
               gsize ldb,
               float beta,
               float *c,
               gsize ldc);

/* Name of the kernels that OpenBLAS chose for this processor; "none" where there is
 * no OpenBLAS. (transfer none) */
const char *nn_blas_core_name (void);

G_END_DECLS
