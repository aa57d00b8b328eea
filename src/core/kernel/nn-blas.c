/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-blas.h"

#include <cblas.h>
#include <gmodule.h>

/* OpenBLAS is loaded by the first product and not with the program: its tables of kernels for every
 * processor are fourteen thousand symbols to look up, nearly as many as GTK's and those of all that
 * it stands on, and a program that only reads digits multiplies no matrices. */
static struct
{
  __typeof__ (cblas_sgemm) *sgemm;
  __typeof__ (openblas_get_corename) *get_core_name;
  __typeof__ (openblas_set_num_threads) *set_n_threads;
} blas;

static gboolean
load (void)
{
  /* Never closed: there are products until the program ends. */
  GModule *module = g_module_open (OPENBLAS_LIBRARY, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (!module || !g_module_symbol (module, "cblas_sgemm", (gpointer *) &blas.sgemm) ||
      !g_module_symbol (module, "openblas_get_corename", (gpointer *) &blas.get_core_name) ||
      !g_module_symbol (module, "openblas_set_num_threads", (gpointer *) &blas.set_n_threads))
    return FALSE;
  blas.set_n_threads (1);
  return TRUE;
}

/* Whether there is an OpenBLAS to be used. */
static gboolean
has_blas (void)
{
  enum
  {
    MISSING = 1,
    LOADED
  };
  static gsize state = 0;

  if (g_once_init_enter (&state))
    {
      const gboolean loaded = load ();

      if (!loaded)
        g_warning ("OpenBLAS cannot be loaded, learning takes many times as long: %s",
                   g_module_error ());
      g_once_init_leave (&state, loaded ? LOADED : MISSING);
    }
  return state == LOADED;
}

/* What nn_sgemm() does, without OpenBLAS. */
static void
multiply_plainly (gboolean transpose_a,
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
  for (gsize i = 0; i < m; i++)
    for (gsize j = 0; j < n; j++)
      {
        float sum = 0;

        for (gsize l = 0; l < k; l++)
          sum += (transpose_a ? a[l * lda + i] : a[i * lda + l]) *
                 (transpose_b ? b[j * ldb + l] : b[l * ldb + j]);
        /* As in BLAS, what @c held is not looked at where @beta is 0: it may be NaN. */
        c[i * ldc + j] = alpha * sum + (beta != 0 ? beta * c[i * ldc + j] : 0);
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
  if (!has_blas ())
    {
      multiply_plainly (transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
      return;
    }
  blas.sgemm (CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,
              transpose_b ? CblasTrans : CblasNoTrans, (blasint) m, (blasint) n, (blasint) k, alpha,
              a, (blasint) lda, b, (blasint) ldb, beta, c, (blasint) ldc);
}

const char *
nn_blas_core_name (void)
{
  return has_blas () ? blas.get_core_name () : "none";
}
