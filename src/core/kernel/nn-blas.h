/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * nn_sgemm:
 *
 * C = alpha op(A) op(B) + beta C, row-major, op(A) being [m, k], op(B) [k, n] and C [m, n];
 * @lda, @ldb, @ldc are the lengths of stored rows. Runs on the calling thread alone: OpenBLAS's
 * own threads are process-global and slow at these sizes, so Numeral has its own (NnPool). May
 * be called from several threads at once. The first call loads OpenBLAS; without it a plain loop
 * is used, which is slow.
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
 * @NN_BLAS_OWN: the kernels that OpenBLAS chose use all features of the processor
 * @NN_BLAS_FEATURES: OpenBLAS chose kernels for an older processor; the best kernels for the
 *   features are used
 * @NN_BLAS_USER: the environment variable OPENBLAS_CORETYPE is set
 * @NN_BLAS_WANTED_REFUSED: as NN_BLAS_FEATURES, but OpenBLAS does not have those kernels
 * @NN_BLAS_WANTED_WRONG: as NN_BLAS_FEATURES, but the results of those kernels are wrong
 * @NN_BLAS_WRONG: the results of OpenBLAS are wrong with its own choice
 * @NN_BLAS_MISSING: there is no OpenBLAS
 *
 * Why these kernels are used. In the last two cases a plain loop is used.
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

/* A machine-readable name. */
const char *nn_blas_reason_name (NnBlasReason reason);

/**
 * NnBlasChoice:
 * @own: (nullable): the processor family that OpenBLAS chose by itself, or that the user set;
 *   %NULL without OpenBLAS
 * @wanted: (nullable): the family that was asked for instead; %NULL if none was
 * @used: the kernels that are used; "none" for the plain loop
 */
typedef struct
{
  const char *own, *wanted, *used;
  NnBlasReason reason;
} NnBlasChoice;

/* (transfer none): which kernels are used, and why. Loads OpenBLAS. */
const NnBlasChoice *nn_blas_choice (void);

/* (transfer none): the kernels that are used; "none" without OpenBLAS. Loads OpenBLAS. */
const char *nn_blas_core_name (void);

G_END_DECLS
