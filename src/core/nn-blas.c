/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-blas.h"

#include <cblas.h>

static void
use_one_thread (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      openblas_set_num_threads (1);
      g_once_init_leave (&done, 1);
    }
}

void
nn_sgemm (gboolean transpose_a,
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
          gsize ldc)
{
  use_one_thread ();
  cblas_sgemm (CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,
               transpose_b ? CblasTrans : CblasNoTrans, (blasint) m, (blasint) n, (blasint) k,
               alpha, a, (blasint) lda, b, (blasint) ldb, beta, c, (blasint) ldc);
}

const char *
nn_blas_core_name (void)
{
  return openblas_get_corename ();
}
