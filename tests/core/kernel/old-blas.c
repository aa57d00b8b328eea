/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An OpenBLAS as it looks from outside, in a shared library of its own. By the environment when it
 * is loaded: OLD_BLAS_OWN is the processor family that it takes kernels for by itself, OLD_BLAS_HAS
 * the one that it can be asked for, OLD_BLAS_WRONG the one whose kernels forget the last column.
 * OLD_BLAS_OPENBLAS is a real OpenBLAS that does the work, and takes every processor for a Prescott
 * unless it is asked for something else. */
#include <gmodule.h>
#include <string.h>

enum
{
  TRANSPOSE = 112 /* CblasTrans */
};

void cblas_sgemm (int order,
                  int transpose_a,
                  int transpose_b,
                  int m,
                  int n,
                  int k,
                  float alpha,
                  const float *a,
                  int lda,
                  const float *b,
                  int ldb,
                  float beta,
                  float *c,
                  int ldc);
char *openblas_get_corename (void);
void openblas_set_num_threads (int n);

extern guint old_blas_n_products, old_blas_n_threads;

guint old_blas_n_products = 0, old_blas_n_threads = 0;
static char core[32];
static gboolean wrong;
static GModule *openblas;
static __typeof__ (cblas_sgemm) *openblas_sgemm;

static void
open_openblas (const char *library, gboolean asked)
{
  __typeof__ (openblas_get_corename) *get_core_name;
  __typeof__ (openblas_set_num_threads) *set_n_threads;

  if (!asked)
    g_setenv ("OPENBLAS_CORETYPE", "Prescott", TRUE);
  openblas = g_module_open (library, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (!asked)
    g_unsetenv ("OPENBLAS_CORETYPE");
  g_assert_nonnull (openblas);
  g_assert_true (g_module_symbol (openblas, "cblas_sgemm", (gpointer *) &openblas_sgemm));
  g_assert_true (g_module_symbol (openblas, "openblas_get_corename", (gpointer *) &get_core_name));
  g_assert_true (
      g_module_symbol (openblas, "openblas_set_num_threads", (gpointer *) &set_n_threads));
  set_n_threads (1);
  g_strlcpy (core, get_core_name (), sizeof core);
}

static __attribute__ ((constructor)) void
choose (void)
{
  const char *asked = g_getenv ("OPENBLAS_CORETYPE");
  const char *own = g_getenv ("OLD_BLAS_OWN"), *has = g_getenv ("OLD_BLAS_HAS");

  if (g_getenv ("OLD_BLAS_OPENBLAS") != NULL)
    {
      open_openblas (g_getenv ("OLD_BLAS_OPENBLAS"), asked != NULL);
      return;
    }
  if (asked != NULL && has != NULL && g_ascii_strcasecmp (asked, has) == 0)
    own = has;
  g_strlcpy (core, own != NULL ? own : "Prescott", sizeof core);
  wrong = g_strcmp0 (core, g_getenv ("OLD_BLAS_WRONG")) == 0;
}

static __attribute__ ((destructor)) void
close_openblas (void)
{
  g_clear_pointer (&openblas, g_module_close);
}

char *
openblas_get_corename (void)
{
  return core;
}

void
openblas_set_num_threads (int n)
{
  old_blas_n_threads = (guint) n;
}

void
cblas_sgemm (int order,
             int transpose_a,
             int transpose_b,
             int m,
             int n,
             int k,
             float alpha,
             const float *a,
             int lda,
             const float *b,
             int ldb,
             float beta,
             float *c,
             int ldc)
{
  old_blas_n_products++;
  if (openblas != NULL)
    {
      openblas_sgemm (order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c,
                      ldc);
      return;
    }
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n - (wrong && n > 1); j++)
      {
        float sum = 0;

        for (int l = 0; l < k; l++)
          sum += (transpose_a == TRANSPOSE ? a[l * lda + i] : a[i * lda + l]) *
                 (transpose_b == TRANSPOSE ? b[j * ldb + l] : b[l * ldb + j]);
        c[i * ldc + j] = alpha * sum + (beta != 0 ? beta * c[i * ldc + j] : 0);
      }
}
