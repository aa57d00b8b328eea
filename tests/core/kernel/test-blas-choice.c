/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The choice of kernels, with a library that takes every processor for an old one. */

#include <gmodule.h>

#include "nn-blas-private.h"

#define AVX2 (NN_CPU_AVX | NN_CPU_AVX2 | NN_CPU_FMA3)
#define AVX512 (AVX2 | NN_CPU_AVX512)

static const char *library;

typedef struct
{
  const char *path;
  const char *own, *has, *wrong, *user; /* what is in the environment */
  NnCpuFeatures features;
  const char *wanted, *used; /* what is to come of it */
  NnBlasReason reason;
} Case;

static void
set (const char *name, const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
  else
    g_unsetenv (name);
}

static guint
counter (const char *name)
{
  GModule *module = g_module_open (library, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  guint *value, n;

  g_assert_nonnull (module);
  g_assert_true (g_module_symbol (module, name, (gpointer *) &value));
  n = *value;
  g_module_close (module);
  return n;
}

static void
test_case (gconstpointer data)
{
  const Case *want = data;
  g_autoptr (NnBlas) blas = NULL;
  const float a[] = { 1, 2 }, b[] = { 3, 4 };
  float c[] = { 0, 0, 0, 0 };
  const NnProduct product = {
    .m = 2,
    .n = 2,
    .k = 1,
    .alpha = 1,
    .a = a,
    .b = b,
    .c = c,
    .lda = 1,
    .ldb = 2,
    .ldc = 2,
  };
  const NnBlasChoice *choice;
  guint n;

  set ("OLD_BLAS_OWN", want->own);
  set ("OLD_BLAS_HAS", want->has);
  set ("OLD_BLAS_WRONG", want->wrong);
  set ("OPENBLAS_CORETYPE", want->user);
  blas = nn_blas_open (library, want->features);
  choice = nn_blas_get_choice (blas);
  g_assert_cmpstr (choice->own, ==, want->user != NULL ? want->has : want->own);
  g_assert_cmpstr (choice->wanted, ==, want->wanted);
  g_assert_cmpstr (choice->used, ==, want->used);
  g_assert_cmpint (choice->reason, ==, want->reason);
  /* The environment is as it was. */
  g_assert_cmpstr (g_getenv ("OPENBLAS_CORETYPE"), ==, want->user);

  n = want->reason != NN_BLAS_WRONG ? counter ("old_blas_n_products") : 0;
  nn_blas_multiply (blas, &product);
  g_assert_cmpfloat (c[0], ==, 3);
  g_assert_cmpfloat (c[3], ==, 8);
  if (want->reason == NN_BLAS_WRONG)
    return;
  g_assert_cmpuint (counter ("old_blas_n_products"), ==, n + 1);
  g_assert_cmpuint (counter ("old_blas_n_threads"), ==, 1);
}

static void
test_missing (void)
{
  g_autoptr (NnBlas) blas = nn_blas_open ("libopenblas-that-is-missing.so", AVX512);
  const NnBlasChoice *choice = nn_blas_get_choice (blas);

  g_assert_null (choice->own);
  g_assert_null (choice->wanted);
  g_assert_cmpstr (choice->used, ==, "none");
  g_assert_cmpint (choice->reason, ==, NN_BLAS_MISSING);
}

/* OpenBLAS itself: its own choice is right for this processor or is replaced, and the user's
 * setting wins. */
static void
test_openblas (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (NnBlas) blas = NULL;
      const NnBlasChoice *choice;

      set ("OPENBLAS_CORETYPE", i == 1 ? "Prescott" : NULL);
      blas = nn_blas_open (OPENBLAS_LIBRARY, nn_cpu_features ());
      choice = nn_blas_get_choice (blas);
      g_test_message ("%s: %s", nn_blas_reason_name (choice->reason), choice->used);
      g_assert_cmpint (choice->reason == NN_BLAS_USER, ==, i == 1);
      g_assert_cmpstr (choice->used, !=, "none");
      if (i == 0)
        g_assert_null (nn_blas_kernels_wanted (nn_cpu_features (), choice->used));
    }
  g_unsetenv ("OPENBLAS_CORETYPE");
}

/* OpenBLAS's real kernels, chosen too old. It is unloaded and loaded again for those that this
 * processor has. */
static void
test_reload (void)
{
  const char *wanted = nn_blas_kernels_wanted (nn_cpu_features (), "Prescott");
  g_autoptr (NnBlas) blas = NULL;
  const NnBlasChoice *choice;

  if (wanted == NULL)
    {
      g_test_skip ("this processor has no newer kernels");
      return;
    }
  g_setenv ("OLD_BLAS_OPENBLAS", OPENBLAS_LIBRARY, TRUE);
  g_unsetenv ("OPENBLAS_CORETYPE");
  blas = nn_blas_open (library, nn_cpu_features ());
  choice = nn_blas_get_choice (blas);
  g_assert_cmpstr (choice->own, ==, "Prescott");
  g_assert_cmpstr (choice->wanted, ==, wanted);
  g_assert_cmpstr (choice->used, ==, wanted);
  g_assert_cmpint (choice->reason, ==, NN_BLAS_FEATURES);
  g_assert_null (g_getenv ("OPENBLAS_CORETYPE"));
  g_unsetenv ("OLD_BLAS_OPENBLAS");
}

static const Case cases[] = {
  { "unknown-avx512", "Prescott", "SkylakeX", NULL, NULL, AVX512, "SkylakeX", "SkylakeX",
    NN_BLAS_FEATURES },
  { "unknown-avx2", "Prescott", "Haswell", NULL, NULL, AVX2, "Haswell", "Haswell",
    NN_BLAS_FEATURES },
  { "known", "Haswell", "SkylakeX", NULL, NULL, AVX2, NULL, "Haswell", NN_BLAS_OWN },
  { "old", "Prescott", "SkylakeX", NULL, NULL, 0, NULL, "Prescott", NN_BLAS_OWN },
  { "user", "Prescott", "Nehalem", NULL, "Nehalem", AVX512, NULL, "Nehalem", NN_BLAS_USER },
  { "refused", "Prescott", "Haswell", NULL, NULL, AVX512, "SkylakeX", "Prescott",
    NN_BLAS_WANTED_REFUSED },
  { "wanted-wrong", "Prescott", "SkylakeX", "SkylakeX", NULL, AVX512, "SkylakeX", "Prescott",
    NN_BLAS_WANTED_WRONG },
  { "own-wrong", "Prescott", NULL, "Prescott", NULL, 0, NULL, "none", NN_BLAS_WRONG },
  { "user-wrong", "Prescott", "Nehalem", "Nehalem", "Nehalem", AVX512, NULL, "none",
    NN_BLAS_WRONG },
  { "own-wrong-wanted-right", "Prescott", "SkylakeX", "Prescott", NULL, AVX512, "SkylakeX",
    "SkylakeX", NN_BLAS_FEATURES },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  library = argv[1];
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/blas-choice/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/core/blas-choice/missing", test_missing);
  g_test_add_func ("/core/blas-choice/openblas", test_openblas);
  g_test_add_func ("/core/blas-choice/reload", test_reload);
  return g_test_run ();
}
