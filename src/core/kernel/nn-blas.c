/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-blas.h"

#include <cblas.h>
#include <gmodule.h>
#include <pthread.h>

#include "nn-blas-private.h"

#define CORE_TYPE "OPENBLAS_CORETYPE"

extern char **environ;

struct _NnBlas
{
  GModule *module; /* %NULL if there is no library, or none with correct results */
  __typeof__ (cblas_sgemm) *sgemm;
  NnBlasChoice choice;
};

/* The value of OPENBLAS_CORETYPE; %NULL if it is not set. */
static const char *
user_core_type (void)
{
  const char *value = g_getenv (CORE_TYPE);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* g_module_open() with @core in the environment. setenv() may move and free an array that
 * another thread is reading. Here other threads see either the old array or the new one, and
 * neither is freed. */
static GModule *
open_module_for (const char *library, const char *core)
{
  static GPtrArray *kept = NULL;
  char **before = environ;
  char **during = g_new0 (char *, g_strv_length (before) + 2), **expected = during;
  GModule *module;
  gsize n = 0;

  for (gsize i = 0; before[i] != NULL; i++)
    if (!g_str_has_prefix (before[i], CORE_TYPE "="))
      during[n++] = before[i];
  during[n] = g_strdup_printf (CORE_TYPE "=%s", core);
  if (kept == NULL)
    kept = g_ptr_array_new ();
  g_ptr_array_add (kept, during);

  __atomic_store_n (&environ, during, __ATOMIC_SEQ_CST);
  module = g_module_open (library, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  /* If another thread has set a variable meanwhile, environ is a third array; keep that one. */
  __atomic_compare_exchange_n (&environ, &expected, before, FALSE, __ATOMIC_SEQ_CST,
                               __ATOMIC_SEQ_CST);
  return module;
}

static void
unload (NnBlas *blas)
{
  g_clear_pointer (&blas->module, g_module_close);
}

/* @core: (nullable): the family to ask for. Returns the family that the library chose; %NULL if
 *   it cannot be used. */
static const char *
load (NnBlas *blas, const char *library, const char *core)
{
  __typeof__ (openblas_get_corename) *get_core_name;
  __typeof__ (openblas_set_num_threads) *set_n_threads;

  blas->module = core != NULL ? open_module_for (library, core) :
                                g_module_open (library, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (blas->module == NULL)
    return NULL;
  if (!g_module_symbol (blas->module, "cblas_sgemm", (gpointer *) &blas->sgemm) ||
      !g_module_symbol (blas->module, "openblas_get_corename", (gpointer *) &get_core_name) ||
      !g_module_symbol (blas->module, "openblas_set_num_threads", (gpointer *) &set_n_threads))
    {
      unload (blas);
      return NULL;
    }
  set_n_threads (1);
  /* The library's string is unmapped with the library. */
  return g_intern_string (get_core_name ());
}

static void
multiply (const NnProduct *p, gpointer data)
{
  const NnBlas *blas = data;

  blas->sgemm (CblasRowMajor, p->transpose_a ? CblasTrans : CblasNoTrans,
               p->transpose_b ? CblasTrans : CblasNoTrans, (blasint) p->m, (blasint) p->n,
               (blasint) p->k, p->alpha, p->a, (blasint) p->lda, p->b, (blasint) p->ldb, p->beta,
               p->c, (blasint) p->ldc);
}

/* Loads the library again with the wanted kernels. Keeps them if the library accepts them and
 * their results are correct; otherwise returns to the library's own choice. */
static void
load_wanted (NnBlas *blas, const char *library)
{
  NnBlasChoice *choice = &blas->choice;
  gboolean taken;

  unload (blas);
  choice->used = load (blas, library, choice->wanted);
  taken = choice->used != NULL && g_ascii_strcasecmp (choice->used, choice->wanted) == 0;
  choice->reason = NN_BLAS_FEATURES;
  if (taken && nn_product_check (multiply, blas))
    return;
  choice->reason = taken ? NN_BLAS_WANTED_WRONG : NN_BLAS_WANTED_REFUSED;
  unload (blas);
  choice->used = load (blas, library, NULL);
}

NnBlas *
nn_blas_open (const char *library, NnCpuFeatures features)
{
  NnBlas *blas = g_new0 (NnBlas, 1);
  NnBlasChoice *choice = &blas->choice;
  const gboolean user = user_core_type () != NULL;

  choice->own = choice->used = load (blas, library, NULL);
  choice->reason = user ? NN_BLAS_USER : NN_BLAS_OWN;
  choice->wanted =
      choice->own != NULL && !user ? nn_blas_kernels_wanted (features, choice->own) : NULL;
  if (choice->wanted != NULL)
    load_wanted (blas, library);

  if (choice->used == NULL)
    choice->reason = NN_BLAS_MISSING;
  else if (choice->reason != NN_BLAS_FEATURES && !nn_product_check (multiply, blas))
    choice->reason = NN_BLAS_WRONG;
  if (choice->reason == NN_BLAS_WRONG)
    unload (blas);
  if (blas->module == NULL)
    choice->used = "none";
  return blas;
}

void
nn_blas_close (NnBlas *blas)
{
  unload (blas);
  g_free (blas);
}

const NnBlasChoice *
nn_blas_get_choice (const NnBlas *blas)
{
  return &blas->choice;
}

void
nn_blas_multiply (const NnBlas *blas, const NnProduct *product)
{
  if (blas->module != NULL)
    multiply (product, (gpointer) blas);
  else
    nn_product_plain (product);
}

static void
report (const NnBlasChoice *choice)
{
  switch (choice->reason)
    {
    case NN_BLAS_MISSING:
      g_warning ("OpenBLAS cannot be loaded, learning takes many times as long: %s",
                 g_module_error ());
      return;
    case NN_BLAS_WRONG:
      g_warning ("OpenBLAS calculates wrong with its kernels for %s and is not used; learning "
                 "takes many times as long",
                 choice->own);
      return;
    case NN_BLAS_FEATURES:
      g_info ("OpenBLAS took this processor for %s; its features allow the kernels for %s, which "
              "are used",
              choice->own, choice->used);
      return;
    case NN_BLAS_WANTED_WRONG:
      g_info ("the kernels of OpenBLAS for %s calculate wrong on this processor; those for %s are "
              "used",
              choice->wanted, choice->used);
      return;
    case NN_BLAS_WANTED_REFUSED:
      g_info ("OpenBLAS took this processor for %s and has no kernels for %s", choice->own,
              choice->wanted);
      return;
    case NN_BLAS_OWN:
    case NN_BLAS_USER:
    default:
      g_debug ("OpenBLAS uses its kernels for %s, %s", choice->used,
               choice->reason == NN_BLAS_USER ? "as " CORE_TYPE " asks" : "its own choice");
      return;
    }
}

/* The first product loads OpenBLAS, not the start of the program: its kernel tables have 14,000
 * symbols to resolve, nearly as many as GTK with all its dependencies, and a program that only
 * reads digits multiplies no matrices. It is never closed, because other threads may multiply
 * until the program ends. */
static NnBlas *opened;

static void
open_once (void)
{
  opened = nn_blas_open (OPENBLAS_LIBRARY, nn_cpu_features ());
  report (&opened->choice);
}

static const NnBlas *
get (void)
{
  /* Not GOnce, which ThreadSanitizer cannot see into. */
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, open_once);
  return opened;
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
  const NnProduct product = {
    transpose_a, transpose_b, m, n, k, alpha, beta, a, b, c, lda, ldb, ldc,
  };

  nn_blas_multiply (get (), &product);
}

const char *
nn_blas_reason_name (NnBlasReason reason)
{
  static const char *const names[] = { "library",        "features", "user",   "features-refused",
                                       "features-wrong", "wrong",    "missing" };

  return names[reason];
}

const NnBlasChoice *
nn_blas_choice (void)
{
  return &get ()->choice;
}

const char *
nn_blas_core_name (void)
{
  return get ()->choice.used;
}
