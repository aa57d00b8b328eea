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

/**
 * NnBlasReason:
 * @NN_BLAS_OWN: OpenBLAS chose, and the processor's features allow no more
 * @NN_BLAS_FEATURES: OpenBLAS chose kernels for an older processor; those that the features allow
 *   are used
 * @NN_BLAS_USER: the environment variable OPENBLAS_CORETYPE is set
 * @NN_BLAS_WANTED_REFUSED: as NN_BLAS_FEATURES, but OpenBLAS does not have those kernels
 * @NN_BLAS_WANTED_WRONG: as NN_BLAS_FEATURES, but those kernels calculate wrong
 * @NN_BLAS_WRONG: OpenBLAS calculates wrong with its own choice
 * @NN_BLAS_MISSING: there is no OpenBLAS
 *
 * Why these kernels are used. For the last two, a plain loop is.
 */
typedef enum
{
  NN_BLAS_OWN,
  NN_BLAS_FEATURES,
  NN_BLAS_USER,
  NN_BLAS_WANTED_REFUSED,
  NN_BLAS_WANTED_WRONG,
  NN_BLAS_WRONG,
  NN_BLAS_MISSING,
} NnBlasReason;

/* One word for machines to read. */
const char *nn_blas_reason_name (NnBlasReason reason);

/**
 * NnBlasChoice:
 * @own: (nullable): the processor family that OpenBLAS took kernels for by itself, or as the user
 *   asked; %NULL where there is no OpenBLAS
 * @wanted: (nullable): what was asked for instead; %NULL where nothing was
 * @used: the kernels that are used; "none" for the plain loop
 */
typedef struct
{
  const char *own, *wanted, *used;
  NnBlasReason reason;
} NnBlasChoice;

/* (transfer none): which kernels are used, and why. Loads OpenBLAS. */
const NnBlasChoice *nn_blas_choice (void);

/* (transfer none): the kernels that are used; "none" where there is no OpenBLAS. Loads it. */
const char *nn_blas_core_name (void);

G_END_DECLS
